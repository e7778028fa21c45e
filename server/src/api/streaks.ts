import type { Contract } from '@laurel/contract';
import type { PlayerStreak, Streak } from '@laurel/contract/types';
import { dateOfDay, dayOfDate } from '../calendar/civil.ts';
import { clip, currentRun, longestRun, type Run, runDays } from '../domain/index.ts';
import { getRecords } from '../store/player-records.ts';
import { type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { statedCondition } from './conditions.ts';
import type { DefinitionType } from './definition-type.ts';
import { invalidField, notFound } from './problem.ts';
import { type Reader, readerOf } from './reader.ts';
import { bestText } from './text.ts';

/** What is particular to streaks. */
export const streakType: DefinitionType<'streaks'> = {
  kind: 'streaks',
  idKind: 'streak',
  build: (body, managed) => ({ ...body, ...managed }),
  conditions: ({ condition, activity }, rulebook) => statedCondition(rulebook, '/condition', condition, activity),
  references: ({ activity }) => [{ pointer: '/activity', kind: 'activities', id: activity }],
};

/** The runs of some streaks of a player, by streak. */
export function runsOf(
  call: CallContext,
  userId: string,
  streakIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Run[]>> {
  return getRecords(call.platform.table, call.scope, userId, 'streak', streakIds);
}

/** How a player is doing in a streak, on a given day number. */
export function standingIn(
  runs: readonly Run[],
  today: number,
): Pick<PlayerStreak, 'current' | 'longest' | 'lastDay' | 'countedToday'> {
  const last = runs.at(-1);
  return {
    current: runDays(currentRun(runs, today)),
    longest: runDays(longestRun(runs)),
    lastDay: last === undefined ? null : dateOfDay(last[1]),
    countedToday: clip(runs, today, today).length > 0,
  };
}

function presentStreak(streak: Streak, runs: readonly Run[], { languages, today }: Reader): PlayerStreak {
  const { dayNumber } = today(streak.zone);
  return {
    id: streak.id,
    name: bestText(streak.name, languages),
    cadence: streak.cadence,
    ...standingIn(runs, dayNumber),
  };
}

function publishedStreak({ definitions }: Reader, id: string): Streak {
  const streak = definitions.streaks.find((one) => one.id === id && one.status === 'published');
  if (streak === undefined) throw notFound();
  return streak;
}

/** The longest interval of a calendar: ten years, with their leap days. */
const CALENDAR_DAYS = 3653;

export const appStreaks: Handlers<Contract['app']['streaks']> = {
  async list(call) {
    const reader = await readerOf(call);
    const published = reader.definitions.streaks.filter((streak) => streak.status === 'published');
    const filters = { user: reader.user.id };
    const list = listingOf(published, reachOf(call, filters), (streak) => streak.id);
    const ids = list.items.map((streak) => streak.id);
    const runs = await runsOf(call, reader.user.id, ids);
    return { body: pageOf(call, filters, list, (streak) => presentStreak(streak, runs.get(streak.id) ?? [], reader)) };
  },

  async get(call) {
    const reader = await readerOf(call);
    const streak = publishedStreak(reader, call.params.id);
    const runs = await runsOf(call, reader.user.id, [streak.id]);
    return { body: presentStreak(streak, runs.get(streak.id) ?? [], reader) };
  },

  async calendar(call) {
    const reader = await readerOf(call);
    const streak = publishedStreak(reader, call.params.id);
    const { from, to } = call.query;
    const [first, last] = [dayOfDate(from), dayOfDate(to)];
    if (last < first) throw invalidField('/query/to', 'The interval ends before it begins.');
    if (last - first >= CALENDAR_DAYS) throw invalidField('/query/to', 'The interval is longer than ten years.');
    const runs = await runsOf(call, reader.user.id, [streak.id]);
    const shown = clip(runs.get(streak.id) ?? [], first, last).map((run) => ({
      from: dateOfDay(run[0]),
      to: dateOfDay(run[1]),
      days: runDays(run),
    }));
    return { body: { streak: streak.id, from, to, runs: shown } };
  },
};
