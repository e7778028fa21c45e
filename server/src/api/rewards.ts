import type { Reward } from '@laurel/contract/types';
import type { Reference } from './definition-type.ts';

/** The currencies that rewards name. */
export function rewardReferences(rewards: readonly Reward[]): Reference[] {
  return rewards.map(({ currency }, index) => ({
    pointer: `/rewards/${index}/currency`,
    kind: 'currencies',
    id: currency,
  }));
}
