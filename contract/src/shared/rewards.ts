import * as z from 'zod';
import { Duration } from './duration.ts';
import { Id } from './ids.ts';
import { PositiveAmount } from './numbers.ts';
import { Instant, PeriodKey } from './time.ts';

/** An amount as a formula: CEL of the type `int`; what it may say is checked where it is saved. */
export const AmountExpression = z.string().trim().min(1).max(2000).meta({
  id: 'AmountExpression',
  description:
    'A whole number, in CEL, over the same facts as a condition. 0, less, and what cannot be worked out give nothing; more than 1,000,000,000,000 gives that.',
  example: 'event.value * 2',
});
export type AmountExpression = z.infer<typeof AmountExpression>;

/** How much is given: a number, or a formula that the event decides. */
export const RewardAmount = z
  .union([PositiveAmount, z.strictObject({ expression: AmountExpression })])
  .meta({ id: 'RewardAmount', description: 'How much: a number, or an expression over the event.', example: 50 });
export type RewardAmount = z.infer<typeof RewardAmount>;

/** Until when something can be claimed. */
export const ClaimTerms = z
  .union([
    z.strictObject({ within: Duration.meta({ description: 'For so long from when it was earned.' }) }),
    z.strictObject({ until: Instant.meta({ description: 'Until this moment.' }) }),
  ])
  .meta({
    id: 'ClaimTerms',
    description: 'The player has to claim it, within a time or until a moment; after that it is gone.',
    example: { within: 'P7D' },
  });
export type ClaimTerms = z.infer<typeof ClaimTerms>;

const claim = ClaimTerms.optional().meta({ description: 'It is given at once where this is missing.' });
const count = z.int().min(1).max(1000);

/** Something that is promised. */
export const Reward = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('currency'), currency: Id, amount: RewardAmount, claim }),
    z.strictObject({ kind: z.literal('badge'), badge: Id, claim }),
    z.strictObject({ kind: z.literal('experience'), track: Id, amount: RewardAmount, claim }),
    z.strictObject({ kind: z.literal('streakFreeze'), streak: Id, count: count.default(1), claim }),
    z.strictObject({ kind: z.literal('item'), item: Id, quantity: count.default(1), claim }),
  ])
  .meta({
    id: 'Reward',
    description:
      'Something that is given: an amount of a currency, a badge, experience on a level track, freezes of a streak, or an item of the catalogue.',
    example: { kind: 'currency', currency: 'xp', amount: 50 },
  });
export type Reward = z.infer<typeof Reward>;

/** The rewards of one mission or rule. */
export const Rewards = z.array(Reward).max(10);
export type Rewards = z.infer<typeof Rewards>;

/** A fixed amount of a currency, as it is given by hand. */
export const CurrencyReward = z
  .strictObject({ kind: z.literal('currency'), currency: Id, amount: PositiveAmount })
  .meta({
    id: 'CurrencyReward',
    description: 'An amount of a currency that is given.',
    example: { kind: 'currency', currency: 'xp', amount: 50 },
  });
export type CurrencyReward = z.infer<typeof CurrencyReward>;

/** What a reward is given for. */
export const RewardSource = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('rule'), rule: Id.meta({ example: 'xp-per-lesson' }) }),
    z.object({ kind: z.literal('mission'), mission: Id, period: PeriodKey }),
    z.object({ kind: z.literal('level'), track: Id, level: z.int() }),
    z.object({ kind: z.literal('streak'), streak: Id, length: z.int() }),
  ])
  .meta({
    id: 'RewardSource',
    description:
      'What was rewarded: by a rule, a completed mission, a level that was reached, or a milestone of a streak.',
  });
export type RewardSource = z.infer<typeof RewardSource>;

/** The kinds of rewards. */
export const rewardKinds = ['currency', 'badge', 'experience', 'streakFreeze', 'item'] as const;

const quantity = z.int().min(1).meta({ example: 1 });

/** Something that was given, with its amount worked out, and whatever else is told of it. */
export function givenReward<T extends z.ZodRawShape>(more: T) {
  return z.discriminatedUnion('kind', [
    z.object({ ...more, kind: z.literal('currency'), currency: Id, amount: PositiveAmount }),
    z.object({ ...more, kind: z.literal('badge'), badge: Id }),
    z.object({ ...more, kind: z.literal('experience'), track: Id, amount: PositiveAmount }),
    z.object({ ...more, kind: z.literal('streakFreeze'), streak: Id, count: quantity }),
    z.object({ ...more, kind: z.literal('item'), item: Id, quantity }),
  ]);
}
