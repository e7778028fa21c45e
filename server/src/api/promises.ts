import type { Reward } from '@laurel/contract/types';
import { utcInstant } from '../calendar/civil.ts';
import { kindNames } from '../store/definition-items.ts';
import type { Rulebook } from '../store/definitions.ts';
import { type StatedCondition, statedExpression } from './conditions.ts';
import type { Reference } from './definition-type.ts';

/** What a reward names: the field, the kind of definition and the id. */
function namedBy(reward: Reward): readonly [field: string, kind: string, id: string] {
  switch (reward.kind) {
    case 'currency':
      return ['currency', 'currencies', reward.currency];
    case 'badge':
      return ['badge', 'badges', reward.badge];
    case 'experience':
      return ['track', 'levelTracks', reward.track];
    case 'streakFreeze':
      return ['streak', 'streaks', reward.streak];
    case 'item':
      return ['item', 'catalogItems', reward.item];
  }
}

/** The definitions that rewards name. */
export function rewardReferences(rewards: readonly Reward[]): Reference[] {
  return rewards.flatMap((reward, index) => {
    const [field, name, id] = namedBy(reward);
    const kind = kindNames.find((known) => known === name);
    return kind === undefined ? [] : [{ pointer: `/rewards/${index}/${field}`, kind, id }];
  });
}

/** The formulas of rewards, over events of an activity, or of any where none is named. */
export function statedAmounts(
  rulebook: Rulebook,
  rewards: readonly Reward[],
  activity: string | undefined,
): StatedCondition[] {
  return rewards.flatMap((reward, index) => {
    if (!('amount' in reward) || typeof reward.amount === 'number') return [];
    const pointer = `/rewards/${index}/amount/expression`;
    return statedExpression(rulebook, pointer, reward.amount.expression, activity, 'amount');
  });
}

/** Rewards with their moments in UTC. */
export function rewardsInUtc(rewards: readonly Reward[]): Reward[] {
  return rewards.map((reward) => {
    const { claim } = reward;
    return claim !== undefined && 'until' in claim ? { ...reward, claim: { until: utcInstant(claim.until) } } : reward;
  });
}
