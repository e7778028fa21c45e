import { civilStamp, dateOfDay, dayOfDate } from '../calendar/civil.ts';
import { periodBounds } from '../calendar/period.ts';
import {
  daysOfPeriod,
  type Share,
  sharesOfDay,
  sharesOfFunnel,
  sharesOfProgress,
  sharesOfStreaks,
  type Topic,
} from '../domain/index.ts';
import { count, isActiveDay, type PlayerPart } from '../store/analytics.ts';
import { getDefinition } from '../store/definition-items.ts';
import { type HistoryLine, readStretch } from '../store/history.ts';
import { getProgress, getSheet } from '../store/players.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { getUser } from '../store/users.ts';

/** Whose part is counted, and in which zone days are told. */
export interface Counting {
  readonly table: Table;
  readonly scope: Scope;
  readonly zone: string;
  readonly userId: string;
}

/** Whether anything that happened, rather than was done by hand, is among lines of a history. */
function isActiveIn(lines: readonly HistoryLine[]): boolean {
  return lines.some(({ entry }) => entry.act === null);
}

/** The lines of a day that count, as they stand in the table now. */
async function linesOfDay({ table, scope, zone, userId }: Counting, day: string): Promise<HistoryLine[]> {
  const lines = await readStretch(table, scope, userId, periodBounds(day, zone));
  return lines.filter(({ voided }) => voided === null);
}

/**
 * Counts a day of a player as it stands in the table now, and whether they were active in its week and month. These go
 * first: as long as the day is not counted, whoever tries again comes here again. So the day is counted as what they
 * were counted by, and where it turns meanwhile, from a day with events to one without or back, all begins anew.
 */
async function countDay(counting: Counting, day: string): Promise<void> {
  const { table, scope, zone, userId } = counting;
  let counted = await isActiveDay(table, scope, userId, [day]);
  for (let isTold = false; !isTold; ) {
    const active = isActiveIn(await linesOfDay(counting, day));
    if (active !== counted) await countStretches(counting, day, active);
    counted = active;
    isTold = await count(table, scope, { userId, part: ['DAY', day] }, async () => {
      const lines = await linesOfDay(counting, day);
      if (isActiveIn(lines) !== active) return undefined;
      return sharesOfDay(day, lines, (instant) => civilStamp(instant, zone).day);
    });
  }
}

/** Counts whether a player was active in the week and the month of a day, of which it is known whether they were. */
async function countStretches({ table, scope, userId }: Counting, day: string, active: boolean): Promise<void> {
  const { week, month } = civilStamp(`${day}T12:00:00.000Z`, 'UTC');
  const stretches = [
    ['weeks', week, daysAround(day, (other) => other.week === week)],
    ['months', month, daysAround(day, (other) => other.month === month)],
  ] as const satisfies readonly (readonly [Topic, string, readonly string[]])[];
  for (const [topic, place, days] of stretches) {
    const others = days.filter((other) => other !== day);
    await count(table, scope, { userId, part: [topic.toUpperCase(), place] }, async (): Promise<Share[]> => {
      const isActive = active || (await isActiveDay(table, scope, userId, others));
      return isActive ? [{ topic, place, counter: 'active', amount: 1 }] : [];
    });
  }
}

/** The days around one that are in the same stretch of the calendar. */
function daysAround(day: string, within: (stamp: ReturnType<typeof civilStamp>) => boolean): string[] {
  const middle = dayOfDate(day);
  const around = Array.from({ length: 63 }, (_, index) => dateOfDay(middle - 31 + index));
  return around.filter((other) => within(civilStamp(`${other}T12:00:00.000Z`, 'UTC')));
}

/** Counts one progress of a player as it stands now. */
async function countProgress(counting: Counting, id: string): Promise<void> {
  const { table, scope, zone, userId } = counting;
  await count(table, scope, { userId, part: ['PROGRESS', id] }, async () => {
    const record = await getProgress(table, scope, userId, id);
    if (record === undefined) return [];
    const dayOf = (instant: string) => civilStamp(instant, zone).day;
    return [...sharesOfProgress(record, dayOf), ...sharesOfFunnel(record, dayOf)];
  });
}

/** Counts the streaks of a player as they stand now. */
async function countStreaks({ table, scope, userId }: Counting): Promise<void> {
  await count(table, scope, { userId, part: ['STREAKS'] }, async () => {
    const { state } = await getSheet(table, scope, userId);
    const definitions = await Promise.all(
      Object.keys(state.streaks).map((id) => getDefinition(table, scope, 'streaks', id)),
    );
    const cadences = new Map(definitions.flatMap((one) => (one === undefined ? [] : [[one.id, one.cadence] as const])));
    return sharesOfStreaks(state.streaks, (streak, period) => {
      const cadence = cadences.get(streak);
      return cadence === undefined ? null : dateOfDay(daysOfPeriod(cadence, period)[1]);
    });
  });
}

/** Counts that a user came to be. */
async function countUser({ table, scope, zone, userId }: Counting): Promise<void> {
  await count(table, scope, { userId, part: ['USER'] }, async (): Promise<Share[]> => {
    const user = await getUser(table, scope, userId);
    if (user === undefined) return [];
    return [{ topic: 'days', place: civilStamp(user.createdAt, zone).day, counter: 'created', amount: 1 }];
  });
}

/** What is to be counted of one player. */
export interface Touched {
  readonly days: ReadonlySet<string>;
  readonly progress: ReadonlySet<string>;
  readonly streaks: boolean;
  readonly user: boolean;
}

/** What parts of one player are counted as, with days told in a zone. */
export function touchedBy(parts: readonly PlayerPart[], zone: string): Touched {
  return {
    days: new Set(parts.flatMap((part) => (part.kind === 'entry' ? [civilStamp(part.at, zone).day] : []))),
    progress: new Set(parts.flatMap((part) => (part.kind === 'progress' ? [part.id] : []))),
    streaks: parts.some(({ kind }) => kind === 'sheet'),
    user: parts.some(({ kind }) => kind === 'user'),
  };
}

/**
 * Whether a player is counted: what an erased one has added stays as it is, though nothing is left that it could be
 * counted from; and who has withdrawn from analytics is counted no more.
 */
async function isCounted({ table, scope, userId }: Counting): Promise<boolean> {
  const user = await getUser(table, scope, userId);
  return user !== undefined && user.consents.analytics?.granted !== false;
}

/** Counts what was touched of a player as it stands in the table now. */
export async function countPlayer(counting: Counting, { days, progress, streaks, user }: Touched): Promise<void> {
  if (!(await isCounted(counting))) return;
  for (const day of days) await countDay(counting, day);
  for (const id of progress) await countProgress(counting, id);
  if (streaks) await countStreaks(counting);
  if (user) await countUser(counting);
}
