import type { Streak } from '@laurel/contract/types';
import type { PlayerEvent } from '../event.ts';
import { lookup, withEntry, withoutKeys } from '../record.ts';
import { mark, markAt } from './pages.ts';
import { isPaused, type StreakRules, type StreakState, type Tally, withFreezes } from './state.ts';

/** What an event came to for its period. */
export type Counted = 'day_counted' | 'day_already_counted' | 'streak_moved' | 'period_paused';

/** Counts an event for its period: the period counts once its goal is reached. */
export function countEvent(
  state: StreakState,
  rules: StreakRules,
  { value }: Pick<PlayerEvent, 'value'>,
  { period, day }: { readonly period: number; readonly day: number },
): { readonly state: StreakState; readonly why: Counted } {
  const marked = markAt(state.pages, period);
  if (marked === 'counted') return { state, why: 'day_already_counted' };
  if (marked === 'paused' || isPaused(state, rules, period)) return { state, why: 'period_paused' };
  const key = String(period);
  const tally = addTo(lookup(state.tally, key) ?? { amount: 0, days: [] }, rules, value, day);
  if (tally.amount < targetOf(rules)) {
    return { state: { ...state, tally: withEntry(state.tally, key, tally) }, why: 'streak_moved' };
  }
  const counted: StreakState = {
    ...state,
    pages: mark(state.pages, [period, period, 'counted']),
    tally: withoutKeys(state.tally, [key]),
  };
  // What was frozen too soon, or before a traveller came back to it, needs its freeze no more.
  return { state: marked === 'frozen' ? withFreezes(counted, rules, 1) : counted, why: 'day_counted' };
}

/** What a period has to come to. */
export function targetOf({ goal }: Pick<Streak, 'goal'>): number {
  return goal?.target ?? 1;
}

function addTo({ amount, days }: Tally, { goal }: StreakRules, value: number, day: number): Tally {
  switch (goal?.kind) {
    case 'days': {
      const all = days.includes(day) ? days : [...days, day];
      return { amount: all.length, days: all };
    }
    case 'value':
      return { amount: Math.min(amount + value, Number.MAX_SAFE_INTEGER), days };
    default:
      return { amount: amount + 1, days };
  }
}
