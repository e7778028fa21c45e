import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Condition } from '../shared/condition.ts';
import { Duration } from '../shared/duration.ts';
import { Id } from '../shared/ids.ts';
import { PositiveAmount } from '../shared/numbers.ts';
import { Rewards } from '../shared/rewards.ts';
import { Tag } from '../shared/tags.ts';
import { DefinitionZone, Instant } from '../shared/time.ts';

const number = z.int().min(1).max(1_000_000);

/** What a rule waits for. */
export const RewardTrigger = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('event'),
        activity: Id.optional().meta({ description: 'Only events of this activity; all where it is missing.' }),
        tag: Tag.optional().meta({ description: 'Only events of activities with this tag.' }),
      })
      .refine(({ activity, tag }) => activity === undefined || tag === undefined, {
        error: 'name an activity or a tag, not both',
        path: ['tag'],
      }),
    z.strictObject({
      kind: z.literal('missionCompleted'),
      mission: Id.optional().meta({ description: 'Only this mission; all where it is missing.' }),
    }),
    z.strictObject({
      kind: z.literal('streakMilestone'),
      streak: Id.optional().meta({ description: 'Only this streak; all where it is missing.' }),
      length: number.optional().meta({ description: 'Only the milestone of this length.' }),
    }),
    z.strictObject({
      kind: z.literal('levelReached'),
      track: Id.optional().meta({ description: 'Only this level track; all where it is missing.' }),
      level: number.optional().meta({ description: 'Only this level.' }),
    }),
    z.strictObject({
      kind: z.literal('badgeAwarded'),
      badge: Id.optional().meta({ description: 'Only this badge; all where it is missing.' }),
      tier: number.optional().meta({ description: 'Only this tier; 1 is the lowest.' }),
    }),
    z.strictObject({
      kind: z.literal('leaderboardClosed'),
      leaderboard: Id.optional().meta({ description: 'Only this leaderboard; all where it is missing.' }),
      topRank: number.optional().meta({ description: 'Only players who ended at this rank or above.' }),
      topPercent: z
        .int()
        .min(1)
        .max(100)
        .optional()
        .meta({ description: 'Only the top so many of a hundred players, one at least, and their equals.' }),
    }),
  ])
  .meta({
    id: 'RewardTrigger',
    description: 'What a reward rule waits for.',
    example: { kind: 'event', activity: 'lesson.completed' },
  });
export type RewardTrigger = z.infer<typeof RewardTrigger>;

/** How a rule stands to others that match the same. */
export const RewardMode = z
  .union([
    z.enum(['always', 'fallback']),
    z.strictObject({
      exclusive: Id.meta({ description: 'The name of the group.', example: 'daily-bonus' }),
      priority: z
        .int()
        .min(-1_000_000)
        .max(1_000_000)
        .default(0)
        .meta({ description: 'Of those in the group that match, the highest pays.', example: 0 }),
    }),
  ])
  .meta({
    id: 'RewardMode',
    description:
      '`always` pays whenever it matches; `fallback` only where no other rule matched; of the rules of one `exclusive` group that match, only the one of the highest priority pays (the first by id, among equals). What a cap, a cooldown or a budget keeps from paying matched all the same.',
    example: 'always',
  });
export type RewardMode = z.infer<typeof RewardMode>;

/** When a rule is at work, by the time of what it pays for. */
export const RewardTimeframe = z
  .strictObject({
    from: Instant.optional().meta({ description: 'The first moment at which it pays.' }),
    to: Instant.optional().meta({ description: 'The first moment at which it does not pay any more.' }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || Date.parse(from) < Date.parse(to), {
    error: 'it ends before it begins',
    path: ['to'],
  })
  .meta({
    id: 'RewardTimeframe',
    description: 'When the rule is at work; by when things happened, not by when they were told.',
    example: { from: '2026-12-01T00:00:00Z', to: '2027-01-01T00:00:00Z' },
  });
export type RewardTimeframe = z.infer<typeof RewardTimeframe>;

/** How often a rule pays at most. */
export const RewardCaps = z
  .strictObject({
    perPlayer: number.optional().meta({ description: 'How often it pays one player, ever.' }),
    perDay: number.optional().meta({ description: 'How often it pays one player on a day.' }),
    perWeek: number.optional().meta({ description: 'How often it pays one player in an ISO week.' }),
    perMonth: number.optional().meta({ description: 'How often it pays one player in a month.' }),
    zone: DefinitionZone.default('user').meta({ description: 'Where days, weeks and months are counted.' }),
    total: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'How often it pays all players together, ever.', example: 500 }),
  })
  .meta({
    id: 'RewardCaps',
    description:
      "How often the rule pays at most. A player's payments are counted by when things happened; those of all players together as they come in.",
    example: { perDay: 1, zone: 'user' },
  });
export type RewardCaps = z.infer<typeof RewardCaps>;

/** How likely a rule pays. */
export const RewardChance = z
  .strictObject({
    probability: z.number().min(0.000001).max(0.999999).meta({ example: 0.1 }),
    seed: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Part of what is drawn from: players who choose the ids of their events cannot guess it.' }),
  })
  .meta({
    id: 'RewardChance',
    description:
      'Whether it matches is drawn, once for ever: from the first 48 bits of the SHA-256 of the JSON array of the rule’s id, its version, what it would pay for (`explain` shows it) and the seed, as a fraction of 2^48. It matches where that is below `probability`.',
    example: { probability: 0.1, seed: 'autumn' },
  });
export type RewardChance = z.infer<typeof RewardChance>;

/** What a rule may give to all players together. */
export const RewardBudget = z
  .array(
    z
      .strictObject({ currency: Id, amount: PositiveAmount })
      .meta({ id: 'BudgetAmount', description: 'How much of a currency a budget holds.' }),
  )
  .min(1)
  .max(10)
  .refine((amounts) => new Set(amounts.map(({ currency }) => currency)).size === amounts.length, 'name a currency once')
  .meta({
    id: 'RewardBudget',
    description:
      'What the rule gives all players together, ever, at most: never more, and it gives whole rewards or nothing. What is taken back later does not come back to it.',
    example: [{ currency: 'xp', amount: 1000 }],
  });
export type RewardBudget = z.infer<typeof RewardBudget>;

const fields = {
  ...authoredFields,
  trigger: RewardTrigger,
  mode: RewardMode.default('always'),
  timeframe: RewardTimeframe.optional(),
  condition: Condition.optional().meta({ description: 'It pays only where this holds.' }),
  chance: RewardChance.optional(),
  caps: RewardCaps.optional(),
  cooldown: Duration.optional().meta({
    description: 'How long it pays a player nothing after it paid them, by when things happened.',
    example: 'PT1H',
  }),
  budget: RewardBudget.optional(),
  rewards: Rewards.min(1),
};

/** What to create a reward rule from. */
export const RewardRuleCreate = z.strictObject({ ...newFields, ...fields }).meta({
  id: 'RewardRuleCreate',
  description: 'A new reward rule.',
  example: {
    id: 'xp-per-lesson',
    name: { en: 'Ten XP a lesson' },
    trigger: { kind: 'event', activity: 'lesson.completed' },
    rewards: [{ kind: 'currency', currency: 'xp', amount: 10 }],
  },
});
export type RewardRuleCreate = z.infer<typeof RewardRuleCreate>;

/** What a reward rule can be changed to. */
export const RewardRuleUpdate = z
  .strictObject({ ...changeFields, ...fields })
  .meta({ id: 'RewardRuleUpdate', description: 'What a reward rule becomes.' });
export type RewardRuleUpdate = z.infer<typeof RewardRuleUpdate>;

/** When something is given, and what. */
export const RewardRule = z
  .object({ ...definitionFields, ...fields, mode: RewardMode })
  .meta({ id: 'RewardRule', description: 'When something is given, and what.' });
export type RewardRule = z.infer<typeof RewardRule>;
