import type { Occurrence } from '../fold/occurrence.ts';
import { type Turn, tell } from '../fold/turn.ts';
import { type ScoreRecord, scoreId } from '../player.ts';
import { lookup, withEntry, withoutKeys } from '../record.ts';
import { boardsOf } from './index-boards.ts';
import { isPast, moveScore, pointsOf, type Scoring, type ScoringBoard, tellChange, windowPeriod } from './score.ts';
import { leaveSharesOf, scoreForTeam } from './team-score.ts';

/** Moves the player's scores on the boards that wait for what happens. */
export function reactBoards(turn: Turn, occurrence: Occurrence): void {
  for (const scoring of scoringsOf(turn, occurrence)) {
    for (const board of boardsOf(turn.ruleset.leaderboards, scoring)) {
      score(turn, board, scoring);
      if (turn.refusal !== null) return;
    }
  }
}

/** What boards can count of an occurrence. Streaks have taken the event before boards do. */
function scoringsOf({ entry, streaks }: Turn, occurrence: Occurrence): Scoring[] {
  if (occurrence.kind === 'credited') {
    const { currency, amount, earned } = occurrence;
    return earned ? [{ kind: 'earned', currency, amount }] : [];
  }
  if (occurrence.kind !== 'event') return [];
  return [
    { kind: 'event', activity: occurrence.activity, value: entry.value },
    ...streaks.map(({ streak, run }): Scoring => ({ kind: 'streak', streak, days: run })),
  ];
}

function score(turn: Turn, board: ScoringBoard, scoring: Scoring): void {
  const points = pointsOf(board.source, scoring);
  const period = windowPeriod(board, turn.entry);
  if (period === null) {
    leaveRange(turn, board);
    return;
  }
  if (points === null) return;
  if (board.scope === 'teams') scoreForTeam(turn, board, period, points);
  else scoreForPlayer(turn, board, period, points);
}

function scoreForPlayer(turn: Turn, board: ScoringBoard, period: string, points: number): void {
  const id = scoreId(board.id, period);
  const move = moveScore(board, lookup(turn.state.scores, id), period, points, turn.facts);
  if (move.kind === 'refused') {
    turn.refusal = move;
    return;
  }
  turn.trace.push(move.trace);
  if (move.change === null) return;
  const { added: _, ...record } = move.change;
  const scores = withoutKeys(turn.state.scores, retiredIds(turn, record));
  turn.state = { ...turn.state, scores: withEntry(scores, id, record) };
  tell(turn, { kind: 'score', id, record });
  tellChange(turn.scores, move.change);
}

/** The score of a range that is over leaves the hot state: nothing later can move it. */
function leaveRange(turn: Turn, { id, window, scope }: ScoringBoard): void {
  if (window.kind !== 'range' || turn.entry.occurredAt < window.to) return;
  if (scope === 'teams') {
    leaveSharesOf(turn, id);
    return;
  }
  const key = scoreId(id, 'all');
  if (lookup(turn.state.scores, key) === undefined) return;
  turn.state = { ...turn.state, scores: withoutKeys(turn.state.scores, [key]) };
}

/** Scores on the same board in periods that no later event can fall in, where a new period has begun. */
function retiredIds({ state, entry }: Turn, { leaderboard, period }: ScoreRecord): string[] {
  if (lookup(state.scores, scoreId(leaderboard, period)) !== undefined) return [];
  return Object.entries(state.scores).flatMap(([id, record]) => {
    if (record.leaderboard !== leaderboard) return [];
    return isPast(record.period, record.reachedAt, entry.occurredAt) ? [id] : [];
  });
}
