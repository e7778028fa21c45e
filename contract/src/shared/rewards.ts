import * as z from 'zod';
import { Duration } from './duration.ts';
import { Id } from './ids.ts';
import { PositiveAmount } from './numbers.ts';
import { openEnum } from './open-enum.ts';
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
    description:
      'The player has to claim it, within a time or until a moment; after that it is gone. A player has at most 100 open claims: what comes while there are as many is given at once.',
    example: { within: 'P7D' },
  });
export type ClaimTerms = z.infer<typeof ClaimTerms>;

const claim = ClaimTerms.optional().meta({ description: 'It is given at once where this is missing.' });
const count = z.int().min(1).max(1000);
const items = z.int().min(1).max(20);

/** Something that is promised. */
export const Reward = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('currency'), currency: Id, amount: RewardAmount, claim }),
    z.strictObject({ kind: z.literal('badge'), badge: Id, claim }),
    z.strictObject({ kind: z.literal('experience'), track: Id, amount: RewardAmount, claim }),
    z.strictObject({ kind: z.literal('streakFreeze'), streak: Id, count: count.default(1), claim }),
    z.strictObject({ kind: z.literal('item'), item: Id, quantity: items.default(1), claim }),
  ])
  .meta({
    id: 'Reward',
    description:
      'Something that is given: an amount of a currency, a badge, experience on a level track, freezes of a streak, or an item of the catalogue. Each item is a redemption that is fulfilled and cost nothing, with a code of its own where it comes with codes. It counts as one that the player has; its limit per player and its audience are about buying, and keep no reward back. Where it is sold out or not offered it is withheld (`sold_out`, `not_offered`). It stays given when what earned it is voided.',
    example: { kind: 'currency', currency: 'xp', amount: 50 },
  });
export type Reward = z.infer<typeof Reward>;

const shownAmount = PositiveAmount.nullable().meta({
  description: 'Null where it is worked out when it is given.',
  example: 50,
});

/** Something that is promised, as a player sees it: what an operator's formula says is theirs to know. */
export const ShownReward = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('currency'), currency: Id, amount: shownAmount, claim }),
    z.object({ kind: z.literal('badge'), badge: Id, claim }),
    z.object({ kind: z.literal('experience'), track: Id, amount: shownAmount, claim }),
    z.object({ kind: z.literal('streakFreeze'), streak: Id, count, claim }),
    z.object({ kind: z.literal('item'), item: Id, quantity: count, claim }),
  ])
  .meta({
    id: 'ShownReward',
    description: 'Something that is promised, as a player sees it.',
    example: { kind: 'currency', currency: 'xp', amount: 50 },
  });
export type ShownReward = z.infer<typeof ShownReward>;

/** The rewards of one mission or rule. */
export const Rewards = z.array(Reward).max(10);
export type Rewards = z.infer<typeof Rewards>;

/** Something that is given at once and as it is said: by hand, or as a prize. */
export const PlainReward = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('currency'), currency: Id, amount: PositiveAmount }),
    z.strictObject({ kind: z.literal('badge'), badge: Id }),
    z.strictObject({ kind: z.literal('experience'), track: Id, amount: PositiveAmount }),
    z.strictObject({ kind: z.literal('streakFreeze'), streak: Id, count: count.default(1) }),
    z.strictObject({ kind: z.literal('item'), item: Id, quantity: items.default(1) }),
  ])
  .meta({
    id: 'PlainReward',
    description: 'Something that is given at once, as it is said.',
    example: { kind: 'currency', currency: 'xp', amount: 50 },
  });
export type PlainReward = z.infer<typeof PlainReward>;

/** What gives prizes by rank. */
export const PrizeSource = openEnum(['leaderboard', 'league']).meta({
  description: 'What it was the prize of. Others may be added.',
  example: 'leaderboard',
});

/** What a reward is given for. */
export const RewardSource = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('rule'), rule: Id.meta({ example: 'xp-per-lesson' }) }),
    z.object({ kind: z.literal('mission'), mission: Id, period: PeriodKey }),
    z.object({ kind: z.literal('level'), track: Id, level: z.int() }),
    z.object({
      kind: z.literal('prize'),
      of: PrizeSource,
      id: Id,
      period: PeriodKey,
      rank: z.int().min(1),
    }),
    z.object({ kind: z.literal('grant'), note: z.string().meta({ example: 'Sorry for the outage' }) }),
    z.object({ kind: z.literal('streak'), streak: Id, length: z.int() }),
  ])
  .meta({
    id: 'RewardSource',
    description:
      'What was rewarded: by a rule, a completed mission, a level that was reached, a milestone of a streak, a place on a board or in a league; or that it was given by hand.',
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
