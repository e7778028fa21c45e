import { stampIn } from '../event.ts';
import type { Entry } from '../fold/entry.ts';
import { type Turn, tell } from '../fold/turn.ts';
import { lookup, withEntry } from '../record.ts';
import { seenIn } from './hold.ts';
import { hotPages, runsIn } from './pages.ts';
import { periodOfDay } from './period.ts';
import { newStreak, type StreakRules, type StreakState, withFreezes } from './state.ts';

/** A period that an event made count. */
export interface StreakChange {
  readonly streak: string;
  readonly day: string;
  readonly period: number;
  /** The periods of its run that count, and those of the longest. */
  readonly run: number;
  readonly longest: number;
}

/** The period of a streak in which an entry happens, and its day. */
export function placeOf(entry: Entry, rules: StreakRules): { readonly period: number; readonly day: number } {
  const { dayNumber } = stampIn(entry, rules.zone);
  return { period: periodOfDay(rules.cadence, dayNumber), day: dayNumber };
}

/** The player's streak as it stands when the turn's entry comes. */
export function streakNow(turn: Turn, rules: StreakRules): StreakState {
  const { period } = placeOf(turn.entry, rules);
  const at = turn.entry.occurredAt;
  const before = lookup(turn.state.streaks, rules.id) ?? newStreak(rules, period, at);
  return seenIn(before, rules, period, at);
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
  const grown = grownRuns(before, changed);
  const earned = withFreezes(changed, rules, earnedBy(rules, grown));
  const known = new Map(before?.pages.map((page) => [page.page, page]));
  for (const page of earned.pages) {
    if (JSON.stringify(known.get(page.page)) === JSON.stringify(page)) continue;
    tell(turn, { kind: 'streak', id: streakPageId(rules.id, page.page), record: page });
  }
  const kept = { ...earned, pages: hotPages(earned.pages) };
  turn.state = { ...turn.state, streaks: withEntry(turn.state.streaks, rules.id, kept) };
  for (const { length } of rules.milestones ?? []) {
    for (const run of grown.filter(({ own, has }) => own < length && length <= has))
      celebrate(turn, rules, run, length);
  }
  return Math.max(0, ...grown.map(({ has }) => has));
}

/** A run that has become longer. */
interface GrownRun {
  readonly from: number;
  /** The length that it had when it was shorter; 0 where it is new. */
  readonly own: number;
  /** The lengths of the runs that have become this one: several, where what parted them was made up for. */
  readonly had: readonly number[];
  readonly has: number;
}

function grownRuns(before: StreakState | undefined, after: StreakState): readonly GrownRun[] {
  const earlier = runsIn(before?.pages ?? []);
  return runsIn(after.pages)
    .map(({ from, to, count }) => {
      const within = earlier.filter((run) => from <= run.from && run.to <= to);
      const own = earlier.find((run) => run.from === from)?.count ?? 0;
      return { from, own, had: within.map((run) => run.count), has: count };
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

function celebrate(turn: Turn, { id }: StreakRules, { from }: GrownRun, length: number): void {
  turn.marks.push(`streakMilestone ${id} ${from} ${length}`);
  turn.queue.push({ kind: 'streakMilestone', streak: id, length, from, key: `${id}@${from}` });
}
