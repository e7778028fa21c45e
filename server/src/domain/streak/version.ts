import type { PeriodOf } from '../mission/schedule.ts';
import { lookup } from '../record.ts';
import { type Book, movingBy, newestBy } from '../versions.ts';
import { passedBy, runGoingOn, type StreakLoss, seenIn } from './hold.ts';
import { cutBefore } from './pages.ts';
import { dayNumberOf, periodOfDay } from './period.ts';
import { newStreak, type StreakRules, type StreakState } from './state.ts';

/** A streak that is at work, with every version of it by which players may go on. */
export type StreakBook = Book<StreakRules>;

/** Tells the number of the day that an instant falls on, in a zone of a definition. */
export type DayAt = (zone: string, instant: string) => number;

/** Tells the days of instants by a calendar, of a player whose own zone is given. */
export function daysBy(periodOf: PeriodOf, userZone: string): DayAt {
  return (zone, instant) => {
    const day = periodOf({ kind: 'recurring', every: 'day', zone }, instant, userZone);
    if (day === null) throw new RangeError(`${instant} is on no day of ${zone}`);
    return dayNumberOf(day.key);
  };
}

/** The period of a streak that an instant falls in. */
export function periodAt({ cadence, zone }: StreakRules, instant: string, dayAt: DayAt): number {
  return periodOfDay(cadence, dayAt(zone, instant));
}

/**
 * The version by which a player's streak went on last. Where that is not known, the last that is: a version is tried on
 * the past, or the entry came before it and is to count after it.
 */
export function keptRules(book: StreakBook, state: Pick<StreakState, 'version' | 'at'>): StreakRules {
  if (state.version === undefined) return newestBy(book, state.at);
  return book.versions.find(({ version }) => version === state.version) ?? book.current;
}

/** What time alone takes of a streak, and by which version. */
export interface PlacedLoss {
  readonly loss: StreakLoss;
  readonly rules: StreakRules;
}

/** A player's streak at an instant, with all that time and newer versions did to it. */
export interface StreakStanding {
  readonly state: StreakState;
  /** By which it goes on, or went on while there was a run. */
  readonly rules: StreakRules;
  readonly losses: readonly PlacedLoss[];
}

/**
 * Ends the run that is going on, as of the moment at which a version was published that resets it: what counts by then
 * is its own; the period that does not count yet begins anew. The player did not break it, and loses nothing else.
 */
function resetAt(state: StreakState, { version }: StreakRules, period: number): StreakState {
  const fresh: StreakState = { ...state, tally: {}, version };
  const run = runGoingOn(state);
  if (run === null) return fresh;
  const begins = run.to >= period ? run.to + 1 : Math.min(run.held + 1, period);
  return { ...fresh, pages: cutBefore(state.pages, begins) };
}

/** A streak as it comes out of all resets by an instant, each of which takes it as it was when it was published. */
export function resetsBy(
  before: StreakStanding,
  resets: readonly StreakRules[],
  dayAt: DayAt,
  goesOnBy: (reset: StreakRules) => StreakRules = (reset) => reset,
): StreakStanding {
  let { state, rules, losses } = before;
  for (const reset of resets) {
    const at = reset.publishedAt;
    if (at === null) continue;
    const by = rules;
    const period = periodAt(by, at, dayAt);
    const passed = passedBy(state, by, period, at);
    losses = [...losses, ...passed.losses.map((loss) => ({ loss, rules: by }))];
    rules = goesOnBy(reset);
    state = { ...resetAt(seenIn(passed.state, by, period, at), reset, period), version: rules.version };
  }
  return { state, rules, losses };
}

/**
 * A player's streak at an instant: periods end by the version that the run is on, and a version that resets it does so
 * as of its publication. It makes no difference who looks, or how often.
 */
export function standingAt(book: StreakBook, before: StreakState, at: string, dayAt: DayAt): StreakStanding {
  const rules = keptRules(book, before);
  const resets = movingBy(book, rules.version, at).filter(({ running }) => running === 'reset');
  const moved = resetsBy({ state: before, rules, losses: [] }, resets, dayAt);
  const passed = passedBy(moved.state, moved.rules, periodAt(moved.rules, at, dayAt), at);
  const losses = passed.losses.map((loss) => ({ loss, rules: moved.rules }));
  return { state: passed.state, rules: moved.rules, losses: [...moved.losses, ...losses] };
}

/** Whether a player is under way by a version: in a run, or towards the goal of the present period. */
function isUnderWay(state: StreakState, period: number): boolean {
  return runGoingOn(state) !== null || lookup(state.tally, String(period)) !== undefined;
}

/**
 * A player's streak for whoever moves it at an instant, or looks at it: a run goes on by the version that it started on.
 * Where none goes on, and nothing was done in the present period yet, the newest version has the word.
 */
export function streakAt(
  book: StreakBook,
  before: StreakState | undefined,
  at: string,
  dayAt: DayAt,
): { readonly state: StreakState; readonly rules: StreakRules } {
  const newest = newestBy(book, at);
  if (before === undefined) {
    const state = newStreak(newest, periodAt(newest, at, dayAt), at);
    return { state: { ...state, version: newest.version }, rules: newest };
  }
  const { state, rules: kept } = standingAt(book, before, at, dayAt);
  const period = periodAt(kept, at, dayAt);
  const seen = seenIn(state, kept, period, at);
  const rules = isUnderWay(seen, period) ? kept : newest;
  const present = rules === kept ? seen : seenIn(seen, rules, periodAt(rules, at, dayAt), at);
  return { state: { ...present, version: Math.max(before.version ?? 0, rules.version) }, rules };
}
