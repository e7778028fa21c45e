import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { givenReward, RewardSource, rewardKinds } from '../shared/rewards.ts';
import { Instant } from '../shared/time.ts';

/** Where a reward is. */
export const RewardState = z.enum(['granted', 'claimable', 'claimed', 'expired']).meta({
  id: 'RewardState',
  description: 'Given at once; to be claimed; claimed; or not claimed in time, and gone.',
});
export type RewardState = z.infer<typeof RewardState>;

/** A reward of a player. */
export const PlayerReward = givenReward({
  id: Id.meta({ example: 'rwd_5c1b1d0c7a8e4f2b9d3a6e7f' }),
  source: RewardSource,
  state: RewardState,
  grantedAt: Instant.meta({ description: 'When what earned it occurred.' }),
  expiresAt: Instant.nullable().meta({ description: 'Until when it can be claimed; null where it was given at once.' }),
  claimedAt: Instant.nullable().meta({ description: 'When it was claimed; null where it was not.' }),
}).meta({ id: 'PlayerReward', description: 'Something that a player was given, or may claim.' });
export type PlayerReward = z.infer<typeof PlayerReward>;

/** Rewards, page by page. */
export const PlayerRewardPage = page('PlayerRewardPage', PlayerReward);

/** Which rewards of a player. */
export const PlayerRewardQuery = PageQuery.extend({
  state: RewardState.optional().meta({ description: 'Only those in this state.' }),
  kind: z.enum(rewardKinds).optional().meta({ description: 'Only those of this kind.' }),
});
