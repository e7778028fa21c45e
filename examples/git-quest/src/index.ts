export { defineGame, ids } from './game.ts';
export { type Commit, countCommits, readHistory } from './history.ts';
export { playerOf } from './player.ts';
export { type Outcome, type PlayHistory, playHistory } from './quest.ts';
export { type PlayerResult, type Run, readResults, readRuns } from './results.ts';
export { readSample } from './sample.ts';
export { type EventSender, type OnProgress, type Sent, type SkippedCommit, sendHistory } from './send.ts';
