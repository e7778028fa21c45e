import { resolveZone } from '../event.ts';
import type { Entry } from '../fold/entry.ts';
import { type Turn, tell } from '../fold/turn.ts';
import type { PeriodOf } from '../mission/schedule.ts';
import { lookup, withEntry } from '../record.ts';
import { hotPages, runsIn } from './pages.ts';
import { periodOfDay } from './period.ts';
import { type StreakRules, type StreakState, withFreezes } from './state.ts';
import { type DayAt, daysBy, type StreakBook, streakAt } from './version.ts';

/** A period that an event made count. */
export interface StreakChange {
  readonly streak: string;
  readonly day: string;
  readonly period: number;
  /** The periods of its run that count, and those of the longest. */
  readonly run: number;
  readonly longest: number;
}

/** The days of an entry's player: its own by its stamps, and others, such as those of publications, by the calendar. */
export function daysOf(entry: Entry, periodOf: PeriodOf): DayAt {
  const byCalendar = daysBy(periodOf, entry.userZone);
  return (zone, instant) => {
    const stamp = instant === entry.occurredAt ? lookup(entry.stamps, resolveZone(zone, entry.userZone)) : undefined;
    return stamp?.dayNumber ?? byCalendar(zone, instant);
  };
}

/** The days of a turn's player. */
export function daysIn({ entry, ruleset }: Pick<Turn, 'entry' | 'ruleset'>): DayAt {
  return daysOf(entry, ruleset.periodOf);
}

/** The period of a streak in which the turn's entry happens, and its day. */
export function placeOf(
  turn: Pick<Turn, 'entry' | 'ruleset'>,
  { cadence, zone }: StreakRules,
): { readonly period: number; readonly day: number } {
  const day = daysIn(turn)(zone, turn.entry.occurredAt);
  return { period: periodOfDay(cadence, day), day };
}

/** The player's streak as it stands when the turn's entry comes, and the version by which that moves it. */
export function streakNow(turn: Turn, book: StreakBook): { readonly state: StreakState; readonly rules: StreakRules } {
  return streakAt(book, lookup(turn.state.streaks, book.id), turn.entry.occurredAt, daysIn(turn));
}

/** The key of a page among the player's records. */
export function streakPageId(streak: string, page: number): string {
  return `${streak}:${page}`;
}

/**
 * Puts a streak in place of what the turn has of it: tells its pages, and what its runs have come to. Answers with the
 * length of the longest run that grew; 0 where none did.
 */
export function changeStreak(turn: Turn, rules: StreakRules, changed: StreakState): number {
  const before = lookup(turn.state.streaks, rules.id);
  const { state: earned, grown } = withEarned(before, rules, changed);
  const known = new Map(before?.pages.map((page) => [page.page, page]));
  for (const page of earned.pages) {
    if (JSON.stringify(known.get(page.page)) === JSON.stringify(page)) continue;
    tell(turn, { kind: 'streak', id: streakPageId(rules.id, page.page), record: page });
  }
  const kept = { ...earned, pages: hotPages(earned.pages) };
  turn.state = { ...turn.state, streaks: withEntry(turn.state.streaks, rules.id, kept) };
  for (const { length } of rules.milestones ?? []) {
    for (const run of grown.filter((one) => celebratedTo(one, changed) < length && length <= one.has))
      celebrate(turn, rules, run, length);
  }
  return Math.max(0, ...grown.map(({ has }) => has));
}

/** A streak with the freezes that its runs earn by what they have become, and those runs. */
export function withEarned(
  before: Pick<StreakState, 'pages'> | undefined,
  rules: StreakRules,
  changed: StreakState,
): { readonly state: StreakState; readonly grown: readonly GrownRun[] } {
  const grown = grownRuns(before, changed);
  return { state: withFreezes(changed, rules, earnedBy(rules, grown)), grown };
}

/** Up to which length a run has been celebrated: what it had, or more, where it was counted again since. */
function celebratedTo({ from, to, own }: GrownRun, { celebrated }: StreakState): number {
  if (celebrated === undefined || celebrated[0] < from || celebrated[0] > to) return own;
  return Math.max(own, celebrated[1]);
}

/** A run that has become longer. */
interface GrownRun {
  readonly from: number;
  readonly to: number;
  /** The length that it had when it was shorter; 0 where it is new. */
  readonly own: number;
  /** The lengths of the runs that have become this one: several, where what parted them was made up for. */
  readonly had: readonly number[];
  readonly has: number;
}

function grownRuns(before: Pick<StreakState, 'pages'> | undefined, after: StreakState): readonly GrownRun[] {
  const earlier = runsIn(before?.pages ?? []);
  return runsIn(after.pages)
    .map(({ from, to, count }) => {
      const within = earlier.filter((run) => from <= run.from && run.to <= to);
      const own = earlier.find((run) => run.from === from)?.count ?? 0;
      return { from, to, own, had: within.map((run) => run.count), has: count };
    })
    .filter(({ own, has }) => has > own);
}

/** How many freezes runs earn by their new length, besides what they have earned before, also while they were apart. */
function earnedBy({ freezes }: StreakRules, grown: readonly GrownRun[]): number {
  const every = freezes?.earnedEvery;
  if (every === undefined) return 0;
  const earned = (length: number) => Math.floor(length / every);
  return grown.reduce((sum, { had, has }) => sum + earned(has) - had.reduce((all, one) => all + earned(one), 0), 0);
}

/** Lets a run come to a length that its streak celebrates. */
export function celebrate(turn: Turn, { id }: StreakRules, { from }: Pick<GrownRun, 'from'>, length: number): void {
  turn.marks.push(`streakMilestone ${id} ${from} ${length}`);
  turn.queue.push({ kind: 'streakMilestone', streak: id, length, from, key: `${id}@${from}` });
}
