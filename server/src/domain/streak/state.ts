import type { Streak } from '@laurel/contract/types';
import type { Conditioned } from '../condition.ts';
import type { Run } from '../player.ts';
import { chainAfter, mark, type StreakPage, unmarked } from './pages.ts';
import { dayNumberOf, daysSkipped, periodsCovered } from './period.ts';

/** A streak as its rules are compiled. */
export type StreakRules = Conditioned<Streak>;

/** How far a period is that does not count yet. */
export interface Tally {
  readonly amount: number;
  /** The days of it that have an event, where days are counted. */
  readonly days: readonly number[];
}

/** All of a player's streak that later entries can depend on. */
export interface StreakState {
  /** The latest period in which the player was seen: those before it are over. */
  readonly now: number;
  /** When the player was seen in it first, UTC. */
  readonly at: string;
  /** How many freezes are held. */
  readonly freezes: number;
  /** Periods that are to be paused or are, the past ones aside. */
  readonly pauses: readonly Run[];
  /** By period, for those that do not count yet. */
  readonly tally: Readonly<Record<string, Tally>>;
  /** The latest pages of the history. */
  readonly pages: readonly StreakPage[];
}

/** How many freezes can be held. */
export function mostFreezes({ freezes }: Pick<Streak, 'freezes'>): number {
  return freezes?.most ?? 0;
}

/** A streak before its first event. */
export function newStreak(rules: StreakRules, now: number, at: string): StreakState {
  return { now, at, freezes: rules.freezes?.initial ?? 0, pauses: [], tally: {}, pages: [] };
}

/** The state with so many freezes more, as far as they can be held. */
export function withFreezes(state: StreakState, rules: StreakRules, count: number): StreakState {
  const held = Math.min(state.freezes + count, Math.max(state.freezes, mostFreezes(rules)));
  return held === state.freezes ? state : { ...state, freezes: held };
}

/**
 * The streak when the player is seen in a period: those before it are over. What was missed takes a freeze, if the
 * streak uses them by itself and one is held; else the run is broken. Going there in steps comes to the same.
 */
export function seenIn(state: StreakState, rules: StreakRules, period: number, at: string): StreakState {
  if (period <= state.now) return state;
  const over: Run = [state.now, period - 1];
  const paused = pausedIn(state, rules, over).reduce((all, free) => mark(all, [...free, 'paused']), state.pages);
  const skipped = daysSkipped(rules.cadence, period - state.now, Date.parse(at) - Date.parse(state.at));
  const { pages, freezes } = holdTogether(paused, rules, state.freezes, over, skipped);
  return {
    now: period,
    at,
    freezes,
    pages,
    pauses: state.pauses.filter(([, to]) => to >= period),
    tally: Object.fromEntries(Object.entries(state.tally).filter(([one]) => Number(one) >= period - STILL_OPEN)),
  };
}

/** A player who travels west may come back to a period that was over: so many before the latest. */
const STILL_OPEN = 2;

/** The stretches of an interval that are paused and have no mark yet. */
function pausedIn({ pauses, pages }: StreakState, rules: StreakRules, [from, to]: Run): readonly Run[] {
  return [...pauses, ...holidaysOf(rules)].flatMap(([first, last]) => {
    const cut: Run = [Math.max(first, from), Math.min(last, to)];
    return cut[0] > cut[1] ? [] : unmarked(pages, cut);
  });
}

function holidaysOf({ cadence, holidays }: StreakRules): readonly Run[] {
  return (holidays ?? []).flatMap(({ from, to }) => {
    const covered = periodsCovered(cadence, [dayNumberOf(from), dayNumberOf(to)]);
    return covered === null ? [] : [covered];
  });
}

/** Whether a period is paused, by the player or by a holiday. */
export function isPaused(state: StreakState, rules: StreakRules, period: number): boolean {
  return [...state.pauses, ...holidaysOf(rules)].some(([from, to]) => from <= period && period <= to);
}

/** The pages after periods are over: what the run misses is bridged, as far as there is something to do it with. */
function holdTogether(
  pages: readonly StreakPage[],
  rules: StreakRules,
  freezes: number,
  [from, to]: Run,
  skipped: number,
): { readonly pages: readonly StreakPage[]; readonly freezes: number } {
  const { run } = chainAfter(pages);
  if (run === null || run.held >= to || run.held + 1 < from) return { pages, freezes };
  const missed = run.held + 1;
  if (skipped > 0)
    return holdTogether(mark(pages, [missed, missed, 'travelled']), rules, freezes, [from, to], skipped - 1);
  if (freezes === 0 || rules.freezes?.automatic === false) return { pages, freezes };
  return holdTogether(mark(pages, [missed, missed, 'frozen']), rules, freezes - 1, [from, to], 0);
}
