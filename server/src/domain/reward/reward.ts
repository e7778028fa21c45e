import type { Activity, ClaimTerms, Reward, RewardAmount } from '@laurel/contract/types';
import type { Facts } from '../condition.ts';
import { after, millisecondsOf } from '../duration.ts';

/** An amount by a formula: a whole number, or why there is none. */
export type AmountFormula = (facts: Facts) => { readonly amount: number } | { readonly refusal: string };

/** Makes a formula of a text, for the events of an activity; of any activity where none is given. */
export type CompileAmount = (text: string, activity: Activity | undefined) => AmountFormula;

/** A reward with its amount worked out. */
export type FixedReward =
  | { readonly kind: 'currency'; readonly currency: string; readonly amount: number }
  | { readonly kind: 'badge'; readonly badge: string }
  | { readonly kind: 'experience'; readonly track: string; readonly amount: number }
  | { readonly kind: 'streakFreeze'; readonly streak: string; readonly count: number }
  | { readonly kind: 'item'; readonly item: string; readonly quantity: number };

/** A reward as a definition promises it, with its formula compiled. */
export interface PromisedReward {
  readonly reward: Reward;
  /** Null where the amount is a number, or there is none. */
  readonly formula: AmountFormula | null;
}

/** What a promise comes to for one player and moment. */
export interface DueReward {
  readonly reward: FixedReward;
  /** Until when it is to be claimed; null where it is given at once. */
  readonly expiresAt: string | null;
}

/** The largest amount of one reward. */
const MOST = 1_000_000_000_000;

/** Compiles what a definition promises. */
export function promisedRewards(
  rewards: readonly Reward[],
  formulaOf: (text: string) => AmountFormula,
): readonly PromisedReward[] {
  return rewards.map((reward) => {
    const amount = 'amount' in reward ? reward.amount : 0;
    return { reward, formula: typeof amount === 'number' ? null : formulaOf(amount.expression) };
  });
}

/**
 * What is due of a promise at a moment; null where its formula comes to nothing. What was to be claimed until a moment
 * that is past is null as well: nobody could claim it.
 */
export function dueReward({ reward, formula }: PromisedReward, facts: Facts): DueReward | null {
  const fixed = fixedReward(reward, formula, facts);
  if (fixed === null) return null;
  const { occurredAt } = facts.event;
  const expiresAt = reward.claim === undefined ? null : expiryOf(reward.claim, occurredAt);
  return expiresAt !== null && expiresAt <= occurredAt ? null : { reward: fixed, expiresAt };
}

function fixedReward(reward: Reward, formula: AmountFormula | null, facts: Facts): FixedReward | null {
  switch (reward.kind) {
    case 'currency': {
      const amount = amountOf(reward.amount, formula, facts);
      return amount === null ? null : { kind: reward.kind, currency: reward.currency, amount };
    }
    case 'experience': {
      const amount = amountOf(reward.amount, formula, facts);
      return amount === null ? null : { kind: reward.kind, track: reward.track, amount };
    }
    case 'badge':
      return { kind: reward.kind, badge: reward.badge };
    case 'streakFreeze':
      return { kind: reward.kind, streak: reward.streak, count: reward.count };
    case 'item':
      return { kind: reward.kind, item: reward.item, quantity: reward.quantity };
  }
}

function amountOf(stated: RewardAmount, formula: AmountFormula | null, facts: Facts): number | null {
  if (typeof stated === 'number') return stated;
  const result = formula?.(facts);
  if (result === undefined || 'refusal' in result || result.amount <= 0) return null;
  return Math.min(result.amount, MOST);
}

function expiryOf(terms: ClaimTerms, occurredAt: string): string {
  if ('within' in terms) return after(occurredAt, millisecondsOf(terms.within));
  return new Date(terms.until).toISOString();
}
