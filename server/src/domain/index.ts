/** The pure core of the game. It imports types of the contract and nothing else; it reads no clock and does no I/O. */
export { ALL_TIME, type CivilStamp, periodKey, type Stamps } from './calendar.ts';
export type { CompileCondition, Condition, Facts, Verdict } from './condition.ts';
export { type Decision, type DomainEffects, decide } from './decide.ts';
export type { PlayerEvent } from './event.ts';
export { type Place, prizesOf, prizesRemain } from './leaderboard/prizes.ts';
export {
  compareLines,
  rank,
  rankEntries,
  type ScoreLine,
  type Standing,
  standingsOf,
  TOP,
} from './leaderboard/rank.ts';
export type { ScoreChange } from './leaderboard/score.ts';
export { isLeagueBoard, leagueBoardId, leagueOfBoard } from './league/board.ts';
export { cohortOf, type Outcome, outcomeOf, roundsUpTo, tierAfter, tierOnReturn } from './league/cohort.ts';
export { type Movement, type Posted, type Posting, post } from './ledger/post.ts';
export { needsOf } from './needs.ts';
export {
  type Needs,
  newPlayer,
  type PlayerState,
  type ProgressRecord,
  progressId,
  type Run,
  type ScoreRecord,
  scoreId,
  type WalletState,
  walletOf,
} from './player.ts';
export type { Refusal } from './refusal.ts';
export { compileRuleset, type Definitions, type Ruleset, zonesOf } from './ruleset.ts';
export { addDay, clip, currentRun, longestRun, runAt, runDays } from './streak/runs.ts';
export type { RuleKind, TraceCode, TraceEntry } from './trace.ts';
