import type { Leaderboard, LeaderboardWindow, League } from '@laurel/contract/types';
import { closePeriod } from '../api/closing.ts';
import { settleWeek } from '../api/league-weeks.ts';
import type { Period } from '../calendar/schedule.ts';
import { periodAt, periodNamed } from '../calendar/windows.ts';
import type { Write } from '../store/commit.ts';
import { type DueItem, dropDue, getDue, putDue } from '../store/schedule.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import type { Outcome, Turn, TurnHandler } from './turn.ts';

export const LEADERBOARD_CLOSE = 'leaderboard.close';
export const LEAGUE_SETTLE = 'league.settle';

/** What of a board or a league says when its periods are closed. */
export interface Closable {
  readonly kind: typeof LEADERBOARD_CLOSE | typeof LEAGUE_SETTLE;
  readonly id: string;
  readonly status: Leaderboard['status'];
  readonly window: LeaderboardWindow;
  readonly graceMinutes: number;
}

/** What of a board and of a league says so. */
export type ClosableBoard = Pick<Leaderboard, 'id' | 'status' | 'window' | 'graceMinutes'>;
export type ClosableLeague = Pick<League, 'id' | 'status' | 'zone' | 'graceMinutes'>;

/** A board as it is closed. */
export function closableBoard({ id, status, window, graceMinutes }: ClosableBoard): Closable {
  return { kind: LEADERBOARD_CLOSE, id, status, window, graceMinutes };
}

/** A league as its weeks are settled. */
export function closableLeague({ id, status, zone, graceMinutes }: ClosableLeague): Closable {
  return { kind: LEAGUE_SETTLE, id, status, window: { kind: 'recurring', every: 'week', zone }, graceMinutes };
}

function shifted(instant: string, minutes: number): string {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}

/** When a period is closed: after its end, and the grace for late events; never before `from`. */
function itemOf({ kind, id, graceMinutes }: Closable, period: Period | null, from: string): DueItem | undefined {
  if (period?.to == null) return undefined;
  const due = shifted(period.to, graceMinutes);
  return { kind, subject: id, at: due < from ? from : due, details: { period: period.key } };
}

/** The first period that is not over, with its grace, at an instant. A range that is yet to begin has only one. */
function firstOpen({ window, graceMinutes }: Closable, now: string): Period | null {
  const past = shifted(now, -graceMinutes);
  if (window.kind !== 'range') return periodAt(window, past) ?? periodAt(window, now);
  return past < window.to ? periodNamed(window, 'all') : null;
}

/**
 * The writes that schedule when a board's or league's next period is closed; they belong to what changes it. A period
 * that waits to be closed keeps its turn, by the grace that is said now.
 */
export async function scheduleClosing(table: Table, scope: Scope, closable: Closable, now: string): Promise<Write[]> {
  const name = { kind: closable.kind, subject: closable.id };
  // A draft changes nothing of what is at work.
  if (closable.status === 'draft') return [];
  if (closable.status === 'archived') return dropDue(table, scope, name);
  const waiting = (await getDue(table, scope, name))?.details?.period;
  const period = waiting === undefined ? null : periodNamed(closable.window, waiting);
  const item = itemOf(closable, period ?? firstOpen(closable, now), now);
  return item === undefined ? dropDue(table, scope, name) : putDue(table, scope, item);
}

const skipped: Outcome = { outcome: 'skipped' };

/** What follows a period: the closing of the next one. */
function follower(closable: Closable, { to }: Period, at: string): DueItem[] {
  const next = to === null || closable.window.kind === 'range' ? null : periodAt(closable.window, to);
  const item = itemOf(closable, next, new Date(Date.parse(at) + 1).toISOString());
  return item === undefined ? [] : [item];
}

/**
 * Closes the period of a turn. It takes many transactions, each in place of the one before, so it happens before the
 * turn ends: being run again, here or elsewhere, goes on from where it stands and comes to the same.
 */
async function closeDue(
  turn: Turn,
  closable: Closable | undefined,
  close: (period: string) => Promise<{ readonly isDone: boolean; readonly players: number }>,
): Promise<Outcome> {
  const { item } = turn;
  const key = item.details?.period;
  if (closable?.status !== 'published' || key === undefined) return skipped;
  const period = periodNamed(closable.window, key);
  if (period === null) return skipped;
  const { isDone, players } = await close(key);
  // A long one goes on with the next turn.
  if (!isDone) return { outcome: 'closing', details: { period: key }, next: shifted(item.at, 1) };
  return {
    outcome: 'closed',
    details: { period: key, players: String(players) },
    also: follower(closable, period, item.at),
  };
}

const closeBoard: TurnHandler = async (turn) => {
  const { platform, scope, item } = turn;
  const { definitions } = await platform.rulebooks(scope);
  const board = definitions.leaderboards.find(({ id }) => id === item.subject);
  return closeDue(turn, board && closableBoard(board), async (period) => {
    if (board === undefined) throw new Error('a board that is not there is closed');
    const { stage, players } = await closePeriod({ platform, scope, now: item.at }, board, period);
    return { isDone: stage === 'closed', players };
  });
};

const settleLeague: TurnHandler = async (turn) => {
  const { platform, scope, item } = turn;
  const { definitions } = await platform.rulebooks(scope);
  const league = definitions.leagues.find(({ id }) => id === item.subject);
  return closeDue(turn, league && closableLeague(league), async (period) => {
    if (league === undefined) throw new Error('a league that is not there is settled');
    const { stage, players } = await settleWeek({ platform, scope, now: item.at }, league, period);
    return { isDone: stage === 'settled', players };
  });
};

/** The closings of boards and the settlements of leagues. */
export const closingTurns: ReadonlyMap<string, TurnHandler> = new Map([
  [LEADERBOARD_CLOSE, closeBoard],
  [LEAGUE_SETTLE, settleLeague],
]);
