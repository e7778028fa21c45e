import type { StreakCalendar, StreakSpan } from '@laurel/contract/streaks/schema';
import type { PlayerStreak, Streak, StreakRun } from '@laurel/contract/types';
import { dateOfDay } from '../calendar/civil.ts';
import {
  chainAfter,
  daysBy,
  daysOfPeriod,
  isPaused,
  isStreakCut,
  lastGap,
  lookup,
  markAt,
  PAGE,
  type PlayerState,
  periodAt,
  periodOfDay,
  runsIn,
  type StreakPage,
  type StreakState,
  streakAt,
  streakPageId,
  streakPageOf,
  targetOf,
} from '../domain/index.ts';
import { getRecords } from '../store/player-records.ts';
import type { CallContext } from './call.ts';
import { notFound } from './problem.ts';
import type { Reader } from './reader.ts';
import { bestText } from './text.ts';

/** A streak of a player as it stands now, with what time and newer versions did to it since the last entry. */
export interface StandingStreak {
  readonly state: StreakState;
  /** The version by which the player goes on. */
  readonly rules: Streak;
  /** The present period. */
  readonly period: number;
}

/** A player's streak as it stands now. What a version counts again stands as it was until their next entry. */
export function standingNow(
  call: Pick<CallContext, 'now'>,
  state: PlayerState,
  streak: Streak,
  reader: Pick<Reader, 'rulebook' | 'zone'>,
): StandingStreak {
  const { streaksById, periodOf } = reader.rulebook.ruleset;
  const book = streaksById.get(streak.id);
  if (book === undefined) throw notFound();
  const dayAt = daysBy(periodOf, reader.zone);
  const standing = streakAt(book, lookup(state.streaks, streak.id), call.now, dayAt);
  return { ...standing, period: periodAt(standing.rules, call.now, dayAt) };
}

/** How a player is doing in a streak. */
export function presentStreak(
  call: Pick<CallContext, 'now'>,
  state: PlayerState,
  published: Streak,
  reader: Reader,
): PlayerStreak {
  const { state: now, rules: streak, period } = standingNow(call, state, published, reader);
  const { run, longest } = chainAfter(now.pages);
  const mark = markAt(now.pages, period);
  const target = targetOf(streak);
  const gap = streak.repair === undefined ? null : lastGap(now, period);
  const until = gap === null || streak.repair === undefined ? null : gap[0] + streak.repair.within;
  const goesOn = run !== null && run.held >= period - 1 && !isStreakCut(now.pages, run.held + 1);
  return {
    id: streak.id,
    version: streak.version,
    name: bestText(streak.name, reader.languages),
    ...(streak.description === undefined ? {} : { description: bestText(streak.description, reader.languages) }),
    cadence: streak.cadence,
    milestones: (streak.milestones ?? [])
      .map(({ length }) => ({ length, reached: length <= longest }))
      .toSorted((a, b) => a.length - b.length),
    current: goesOn ? run.count : 0,
    longest,
    lastDay: run === null ? null : dateOfDay(daysOfPeriod(streak.cadence, run.to)[1]),
    countedToday: mark === 'counted',
    amount: mark === 'counted' ? target : (lookup(now.tally, String(period))?.amount ?? 0),
    target,
    freezes: now.freezes,
    paused: isPaused(now, streak, period),
    freezePrice: streak.freezes?.price ?? null,
    repairPrice: streak.repair?.price ?? null,
    repairUntil: until === null || until < period ? null : dateOfDay(daysOfPeriod(streak.cadence, until)[1]),
  };
}

/** The runs and marks between two days, both included. */
export async function streakCalendar(
  call: CallContext,
  userId: string,
  streak: Streak,
  [first, last]: readonly [number, number],
  present: { readonly state: PlayerState; readonly reader: Reader },
): Promise<Pick<StreakCalendar, 'runs' | 'spans'>> {
  const cut = [periodOfDay(streak.cadence, first), periodOfDay(streak.cadence, last)] as const;
  const pages = await pagesOf(call, userId, streak, cut, present);
  const dates = ([from, to]: readonly [number, number]) => ({
    from: dateOfDay(Math.max(first, daysOfPeriod(streak.cadence, from)[0])),
    to: dateOfDay(Math.min(last, daysOfPeriod(streak.cadence, to)[1])),
  });
  const spans = pages
    .flatMap(({ spans: all }) => all)
    .flatMap(([from, to, state]) => {
      const within = [Math.max(from, cut[0]), Math.min(to, cut[1])] as const;
      return within[0] > within[1] ? [] : [{ within, state }];
    });
  const counted = spans.filter(({ state }) => state === 'counted');
  const runs = runsIn(pages).flatMap((run): StreakRun[] => {
    const inside = counted.map(({ within }) => within).filter(([from]) => run.from <= from && from <= run.to);
    const [start] = inside;
    const end = inside.at(-1);
    if (start === undefined || end === undefined) return [];
    return [{ ...dates([start[0], end[1]]), days: inside.reduce((sum, [from, to]) => sum + to - from + 1, 0) }];
  });
  return { runs, spans: joined(spans).map(({ within, state }): StreakSpan => ({ ...dates(within), state })) };
}

interface Cut {
  readonly within: readonly [number, number];
  readonly state: StreakSpan['state'];
}

/** Spans that a turn of the page has parted, as one again. */
function joined(spans: readonly Cut[]): readonly Cut[] {
  const all: Cut[] = [];
  for (const span of spans) {
    const before = all.at(-1);
    const joins = before?.state === span.state && before.within[1] === span.within[0] - 1;
    if (joins) all[all.length - 1] = { ...before, within: [before.within[0], span.within[1]] };
    else all.push(span);
  }
  return all;
}

/** The pages that an interval of periods touches: the stored ones, and the latest as they stand now. */
async function pagesOf(
  call: CallContext,
  userId: string,
  streak: Streak,
  [first, last]: readonly [number, number],
  { state, reader }: { readonly state: PlayerState; readonly reader: Reader },
): Promise<readonly StreakPage[]> {
  const numbers = Array.from(
    { length: Math.floor((last - first) / PAGE) + 2 },
    (_, index) => streakPageOf(first) + index,
  );
  const ids = numbers.map((page) => streakPageId(streak.id, page));
  const stored = await getRecords(call.platform.table, call.scope, userId, 'streak', ids);
  const hot = new Map(standingNow(call, state, streak, reader).state.pages.map((page) => [page.page, page]));
  return numbers.flatMap((page) => hot.get(page) ?? stored.get(streakPageId(streak.id, page)) ?? []);
}
