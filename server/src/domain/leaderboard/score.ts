import type { Leaderboard, LeaderboardWindow } from '@laurel/contract/types';
import { addAmounts } from '../amount.ts';
import { ALL_TIME, periodKey } from '../calendar.ts';
import { type Conditioned, type Facts, verdictOf } from '../condition.ts';
import { type PlayerEvent, stampIn } from '../event.ts';
import { later } from '../order.ts';
import { type PlayerState, type ScoreRecord, scoreId } from '../player.ts';
import { lookup } from '../record.ts';
import type { Refusal } from '../refusal.ts';
import type { TraceEntry } from '../trace.ts';

/** A score that an event moved, and by how much. */
export interface ScoreChange extends ScoreRecord {
  readonly added: number;
}

/** What an event did to a player's score on one leaderboard. */
export type ScoreMove =
  | {
      readonly kind: 'scored';
      /** Null where nothing was added. */
      readonly change: ScoreChange | null;
      readonly trace: TraceEntry;
    }
  | Refusal;

/** The key of the period of a leaderboard that the event falls in. */
export function windowPeriod(window: LeaderboardWindow, event: PlayerEvent): string {
  if (window.kind === 'allTime') return ALL_TIME;
  return periodKey(window.every, stampIn(event, window.zone));
}

/** Adds an event to the player's score. A sum and the latest of some instants: the order of events makes no difference. */
export function moveScore(board: Conditioned<Leaderboard>, scores: PlayerState['scores'], facts: Facts): ScoreMove {
  const { event } = facts;
  const period = windowPeriod(board.window, event);
  const added = board.source.kind === 'count' ? 1 : event.value;
  const rule = { kind: 'leaderboard', id: board.id, version: board.version } as const;
  if (added === 0) {
    return { kind: 'scored', change: null, trace: { ...rule, fired: false, why: 'adds_nothing', values: { period } } };
  }
  const verdict = verdictOf(board, facts);
  if (!verdict.holds) {
    const values = { ...verdict.values, period };
    return { kind: 'scored', change: null, trace: { ...rule, fired: false, why: verdict.why, values } };
  }
  const before = lookup(scores, scoreId(board.id, period));
  const score = addAmounts(before?.score ?? 0, added);
  if (score === null) {
    const detail = `${added} more on ${board.id} would take the score beyond ${Number.MAX_SAFE_INTEGER}`;
    return { kind: 'refused', code: 'amount_overflow', detail };
  }
  const reachedAt = later(before?.reachedAt ?? event.occurredAt, event.occurredAt);
  return {
    kind: 'scored',
    change: { leaderboard: board.id, period, added, score, reachedAt },
    trace: { ...rule, fired: true, why: 'score_moved', values: { period, added, score } },
  };
}
