import type { Leaderboard, LeaderboardWindow, ScoreSource } from '@laurel/contract/types';
import { addAmounts } from '../amount.ts';
import { ALL_TIME, periodKey } from '../calendar.ts';
import { type Condition, type Conditioned, type Facts, type Verdict, verdictOf } from '../condition.ts';
import { type PlayerEvent, stampIn } from '../event.ts';
import { isOver } from '../fold/retire.ts';
import { isLeagueBoard, leagueOfBoard } from '../league/board.ts';
import { earlier, later } from '../order.ts';
import type { ScoreRecord } from '../player.ts';
import type { Refusal } from '../refusal.ts';
import { allSeen, type TraceEntry } from '../trace.ts';

/** What a ruleset makes of a leaderboard. */
export type ScoringBoard = Conditioned<Leaderboard> & {
  /** Whether a player is of its audience; null where it is for everybody. */
  readonly admits: Condition | null;
  /** The period by cron that an instant falls in; null for windows of other kinds. */
  readonly cronPeriod: CronPeriod | null;
};

/** The key of the period that an instant falls in, by a cron expression; null before the first. */
export type CronPeriod = (instant: string) => string | null;

/** Makes a function of a cron expression: the core knows no zones. */
export type CompileCron = (window: Extract<LeaderboardWindow, { kind: 'cron' }>) => CronPeriod;

/** A score that an event moved, and by how much. */
export interface ScoreChange extends ScoreRecord {
  readonly added: number;
  /** On a board of teams: the team that it counts for. The score is then what this player has given to it. */
  readonly team?: string;
}

/** Tells a board's change once, however many things moved it in a turn. */
export function tellChange(told: ScoreChange[], change: ScoreChange): void {
  const place = told.findIndex(
    ({ leaderboard, period }) => leaderboard === change.leaderboard && period === change.period,
  );
  const before = told[place];
  if (before === undefined) told.push(change);
  else told[place] = { ...change, added: before.added + change.added };
}

/**
 * Whether no later entry can fall in a period of a board any more, by when a score in it was reached, where another
 * period of the board has begun.
 */
export function isPast(period: string, reachedAt: string, now: string): boolean {
  // A board's zone is fixed, so its periods by cron, which are told apart by their instants, never come back.
  return period.includes('T') || isOver(period, reachedAt, now);
}

/** What an event did to a player's score on one leaderboard. */
export type ScoreMove =
  | {
      readonly kind: 'scored';
      /** Null where the score stays. */
      readonly change: ScoreChange | null;
      readonly trace: TraceEntry;
    }
  | Refusal;

/** Something that can move scores, while an event is decided. */
export type Scoring =
  | { readonly kind: 'event'; readonly activity: string; readonly value: number }
  | { readonly kind: 'earned'; readonly currency: string; readonly amount: number }
  | { readonly kind: 'streak'; readonly streak: string; readonly days: number };

/** The points that a board sees in something that happened; null where it is nothing to it. */
export function pointsOf(source: ScoreSource, scoring: Scoring): number | null {
  switch (source.kind) {
    case 'earned':
      return scoring.kind === 'earned' && scoring.currency === source.currency ? scoring.amount : null;
    case 'streak':
      return scoring.kind === 'streak' && scoring.streak === source.streak ? scoring.days : null;
    case 'count':
      return scoring.kind === 'event' && scoring.activity === source.activity ? 1 : null;
    default:
      return scoring.kind === 'event' && scoring.activity === source.activity ? scoring.value : null;
  }
}

/** The key of the period of a leaderboard that the event falls in; null where it is outside of the window. */
export function windowPeriod(
  { window, cronPeriod }: Pick<ScoringBoard, 'window' | 'cronPeriod'>,
  event: PlayerEvent,
): string | null {
  switch (window.kind) {
    case 'allTime':
      return ALL_TIME;
    case 'range':
      return window.from <= event.occurredAt && event.occurredAt < window.to ? ALL_TIME : null;
    case 'recurring':
      return periodKey(window.every, stampIn(event, window.zone));
    case 'cron':
      return cronPeriod === null ? null : cronPeriod(event.occurredAt);
  }
}

interface Standing {
  readonly score: number;
  /** When the score was reached, in event time: what decides between equals. */
  readonly reachedAt: string;
}

/**
 * The score after some more points. Sums are reached with the latest event in them, the best with the first event that
 * had it, the latest with its own: whatever the order in which events come, the outcome is the same, but for `latest`
 * of two events of one moment, where the one that is decided later stands.
 */
function scored(source: ScoreSource, before: Standing | undefined, points: number, at: string): Standing | null {
  const own = { score: points, reachedAt: at };
  switch (source.kind) {
    case 'sum':
    case 'count':
    case 'earned': {
      const score = addAmounts(before?.score ?? 0, points);
      return score === null ? null : { score, reachedAt: later(before?.reachedAt ?? at, at) };
    }
    case 'latest':
      return before === undefined || at >= before.reachedAt ? own : before;
    case 'max':
    case 'streak':
      return best(before, own, 1);
    case 'min':
      return best(before, own, -1);
  }
}

function best(before: Standing | undefined, own: Standing, sign: 1 | -1): Standing {
  if (before === undefined) return own;
  const better = sign * (own.score - before.score);
  if (better !== 0) return better > 0 ? own : before;
  return { ...before, reachedAt: earlier(before.reachedAt, own.reachedAt) };
}

/** Sums of nothing are nothing; a lowest or latest value of 0 is a score. */
function addsNothing({ kind }: ScoreSource, points: number): boolean {
  return points === 0 && (kind === 'sum' || kind === 'earned');
}

/** Whether an event counts for a board: its audience, then its condition. */
function admission(board: ScoringBoard, facts: Facts): Verdict {
  const audience: Verdict = board.admits === null ? { holds: true } : board.admits(facts);
  if (!audience.holds) return audience;
  const verdict = verdictOf(board, facts);
  const seen = allSeen(audience.seen, verdict.seen);
  return seen === undefined ? verdict : { ...verdict, seen };
}

/** What the board is to those who defined it. */
function namedAs(id: string): Pick<TraceEntry, 'kind' | 'id'> {
  return isLeagueBoard(id) ? { kind: 'league', id: leagueOfBoard(id) } : { kind: 'leaderboard', id };
}

/**
 * What so many points, from `pointsOf`, do to a player's score.
 * @param before the score as it is in the period of the event
 * @param period the event's, from `windowPeriod`
 */
export function moveScore(
  board: ScoringBoard,
  before: Pick<ScoreRecord, 'score' | 'reachedAt'> | undefined,
  period: string,
  points: number,
  facts: Facts,
): ScoreMove {
  const named = namedAs(board.id);
  const adds = !addsNothing(board.source, points);
  const verdict: Verdict = adds ? admission(board, facts) : { holds: true };
  const rule = { ...named, version: board.version, seen: verdict.seen } as const;
  const still = (why: TraceEntry['why'], values: TraceEntry['values']): ScoreMove => ({
    kind: 'scored',
    change: null,
    trace: { ...rule, fired: false, why, values: { ...values, period } },
  });
  if (!adds) return still('adds_nothing', {});
  if (!verdict.holds) return still(verdict.why, {});
  const after = scored(board.source, before, points, facts.event.occurredAt);
  if (after === null) {
    const detail = `${points} more on ${named.id} would take the score beyond ${Number.MAX_SAFE_INTEGER}`;
    return { kind: 'refused', code: 'amount_overflow', detail };
  }
  if (before !== undefined && after.score === before.score && after.reachedAt === before.reachedAt) {
    return still('not_better', { points, score: before.score });
  }
  const added = after.score - (before?.score ?? 0);
  const { score, reachedAt } = after;
  return {
    kind: 'scored',
    change: {
      leaderboard: board.id,
      period,
      added,
      score,
      reachedAt,
      ...(board.direction === 'low' ? { lowFirst: true } : {}),
    },
    trace: { ...rule, fired: true, why: 'score_moved', values: { period, added, score } },
  };
}
