import type { Run } from '../player.ts';
import { chainAfter, isCut, mark, markAt, type StreakPage, type StreakRun, unmarked } from './pages.ts';
import { lastLived, timeFor } from './period.ts';
import { pausesOf, type StreakState, type StreakTerms } from './state.ts';

/** What the end of a period took of a streak, by itself: a freeze, or the run. */
export type StreakLoss =
  | { readonly kind: 'frozen'; readonly period: number; readonly run: number; readonly freezesLeft: number }
  | { readonly kind: 'broken'; readonly period: number; readonly run: number };

/** A streak after time went by, and what that took. */
interface Passed {
  readonly state: StreakState;
  readonly losses: readonly StreakLoss[];
}

/** A player who travels west may come back to a period that was over: so many before the latest. */
const STILL_OPEN = 2;

/** The run that goes on as far as is known; nothing where there is none, or it is known to be broken, or was ended. */
export function runGoingOn({ pages, now, missed }: StreakState): StreakRun | null {
  const { run } = chainAfter(pages);
  if (run === null || run.held + 1 < now || run.held + 1 === missed) return null;
  return isCut(pages, run.held + 1) ? null : run;
}

/**
 * The streak with all periods over up to one: what the run missed takes a freeze, if the streak uses them by itself and
 * one is held; else the run is broken. It always goes from when the player was seen, so that it comes to the same in
 * however many steps.
 */
function through(state: StreakState, rules: StreakTerms, last: number): Passed {
  if (last < state.now) return { state, losses: [] };
  let held: StreakState = { ...state, pages: withPauses(state, rules, [state.now, last]) };
  const losses: StreakLoss[] = [];
  for (;;) {
    const run = runGoingOn(held);
    if (run === null || run.held >= last) return { state: held, losses };
    const period = run.held + 1;
    if (held.freezes === 0 || rules.freezes?.automatic === false) {
      losses.push({ kind: 'broken', period, run: run.count });
      return { state: { ...held, missed: period }, losses };
    }
    const freezesLeft = held.freezes - 1;
    losses.push({ kind: 'frozen', period, run: run.count, freezesLeft });
    held = { ...held, freezes: freezesLeft, pages: mark(held.pages, [period, period, 'frozen']) };
  }
}

function withPauses(state: StreakState, rules: StreakTerms, [from, to]: Run): readonly StreakPage[] {
  const free = pausesOf(state, rules).flatMap(([first, last]) => {
    const cut: Run = [Math.max(first, from), Math.min(last, to)];
    return cut[0] > cut[1] ? [] : unmarked(state.pages, cut);
  });
  return free.reduce((all, one) => mark(all, [...one, 'paused']), state.pages);
}

/**
 * What time alone does to a streak by an instant in a period, though nobody was seen: what ended since takes its freeze
 * or breaks the run. The streak itself comes back where nothing was taken. When the player is seen next it is worked out
 * again, from when they were seen last, and comes to the same.
 */
export function passedBy(state: StreakState, rules: StreakTerms, period: number, at: string): Passed {
  if (period <= state.now || runGoingOn(state) === null) return { state, losses: [] };
  const passed = through(state, rules, Math.min(period - 1, livedBy(state, rules, at)));
  return passed.losses.length === 0 ? { state, losses: [] } : passed;
}

function livedBy({ now, at: since }: StreakState, { cadence }: StreakTerms, at: string): number {
  return lastLived(cadence, now, Date.parse(at) - Date.parse(since));
}

/**
 * The streak when the player is seen in a period: those before it are over. Of what was missed, the days that a
 * traveller never had hold the run together by themselves. Going there in steps comes to the same.
 */
export function seenIn(state: StreakState, rules: StreakTerms, period: number, at: string): StreakState {
  if (period <= state.now) return state;
  const { missed: _, ...passed } = through(state, rules, Math.min(period - 1, livedBy(state, rules, at))).state;
  const paused = withPauses(passed, rules, [state.now, period - 1]);
  return {
    ...passed,
    now: period,
    at,
    pages: isBroken(passed, rules, state, at) ? paused : travelled(paused, state.now, period - 1),
    pauses: state.pauses.filter(([, to]) => to >= period),
    tally: Object.fromEntries(Object.entries(state.tally).filter(([one]) => Number(one) >= period - STILL_OPEN)),
  };
}

/** Whether the run has ended before what a traveller never had. */
function isBroken({ pages }: StreakState, rules: StreakTerms, before: StreakState, at: string): boolean {
  const { run } = chainAfter(pages);
  return run === null || run.held < livedBy(before, rules, at);
}

/** The pages with what is missed up to a period marked as never had. */
function travelled(pages: readonly StreakPage[], from: number, last: number): readonly StreakPage[] {
  const { run } = chainAfter(pages);
  if (run === null || run.held >= last || run.held + 1 < from || isCut(pages, run.held + 1)) return pages;
  return travelled(mark(pages, [run.held + 1, run.held + 1, 'travelled']), from, last);
}

/** What a streak loses next, if the player does nothing. */
export interface NextLoss {
  /** It is lost with the end of this period. */
  readonly period: number;
  /** But not before this instant: a traveller has the time that a period takes. */
  readonly notBefore: string;
}

/** The next period that takes a freeze or the run, if nothing counts until its end; null where no run goes on. */
export function nextLoss(state: StreakState, rules: StreakTerms): NextLoss | null {
  const run = runGoingOn(state);
  if (run === null) return null;
  const pauses = pausesOf(state, rules);
  let period = run.held + 1;
  for (;;) {
    const pause = pauses.find(([from, to]) => from <= period && period <= to);
    if (pause === undefined && markAt(state.pages, period) === undefined) break;
    period = (pause?.[1] ?? period) + 1;
  }
  const time = timeFor(rules.cadence, period - state.now);
  return { period, notBefore: new Date(Date.parse(state.at) + time).toISOString() };
}
