import type { Streak } from '@laurel/contract/types';
import type { Conditioned } from '../condition.ts';
import type { Run } from '../player.ts';
import type { PromisedReward } from '../reward/reward.ts';
import type { StreakPage } from './pages.ts';
import { dayNumberOf, periodsCovered } from './period.ts';

/** A streak as its rules are compiled. */
export type StreakRules = Conditioned<Streak> & {
  /** What milestones give, by length. */
  readonly promised: ReadonlyMap<number, readonly PromisedReward[]>;
};

/** What of a streak says how its periods go by. */
export type StreakTerms = Pick<Streak, 'cadence' | 'freezes' | 'holidays'>;

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
  /** The period whose end broke the latest run, where time has passed over it since `now`; absent where it did not. */
  readonly missed?: number;
  /** The version by which it goes on; absent in what was kept before it was kept. */
  readonly version?: number;
  /**
   * Where the latest run was counted again: the period with which it begins by now, and the length up to which it had
   * been celebrated. What a run has given it does not give twice.
   */
  readonly celebrated?: readonly [from: number, length: number];
}

/** How many freezes can be held. */
export function mostFreezes({ freezes }: Pick<Streak, 'freezes'>): number {
  return freezes?.most ?? 0;
}

/** A streak before its first event. */
export function newStreak(rules: StreakTerms, now: number, at: string): StreakState {
  return { now, at, freezes: rules.freezes?.initial ?? 0, pauses: [], tally: {}, pages: [] };
}

/** The state with so many freezes more, as far as they can be held. */
export function withFreezes(state: StreakState, rules: StreakTerms, count: number): StreakState {
  const held = Math.min(state.freezes + count, Math.max(state.freezes, mostFreezes(rules)));
  return held === state.freezes ? state : { ...state, freezes: held };
}

function holidaysOf({ cadence, holidays }: StreakTerms): readonly Run[] {
  return (holidays ?? []).flatMap(({ from, to }) => {
    const covered = periodsCovered(cadence, [dayNumberOf(from), dayNumberOf(to)]);
    return covered === null ? [] : [covered];
  });
}

/** The stretches of periods that are paused, by the player or by a holiday. */
export function pausesOf({ pauses }: Pick<StreakState, 'pauses'>, rules: StreakTerms): readonly Run[] {
  return [...pauses, ...holidaysOf(rules)];
}

/** Whether a period is paused. */
export function isPaused(state: StreakState, rules: StreakTerms, period: number): boolean {
  return pausesOf(state, rules).some(([from, to]) => from <= period && period <= to);
}
