import * as z from 'zod';
import { Id } from './ids.ts';
import { PositiveAmount } from './numbers.ts';

/** Something that is given: an amount of a currency. */
export const Reward = z.strictObject({ kind: z.literal('currency'), currency: Id, amount: PositiveAmount }).meta({
  id: 'Reward',
  description: 'An amount of a currency that is given.',
  example: { kind: 'currency', currency: 'xp', amount: 50 },
});
export type Reward = z.infer<typeof Reward>;

/** The rewards of one mission or rule. */
export const Rewards = z.array(Reward).max(10);
export type Rewards = z.infer<typeof Rewards>;
