import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Condition } from '../shared/condition.ts';
import { Id } from '../shared/ids.ts';
import { Rewards } from '../shared/rewards.ts';

/** What a rule waits for. */
export const RewardTrigger = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('event'),
      activity: Id.optional().meta({ description: 'Only events of this activity; all where it is missing.' }),
    }),
    z.strictObject({
      kind: z.literal('missionCompleted'),
      mission: Id.optional().meta({ description: 'Only this mission; all where it is missing.' }),
    }),
  ])
  .meta({
    id: 'RewardTrigger',
    description: 'What a reward rule waits for.',
    example: { kind: 'event', activity: 'lesson.completed' },
  });
export type RewardTrigger = z.infer<typeof RewardTrigger>;

const fields = {
  ...authoredFields,
  trigger: RewardTrigger,
  mode: z
    .enum(['always', 'fallback'])
    .default('always')
    .meta({ description: '`fallback` pays only where no `always` rule did.' }),
  condition: Condition.optional().meta({ description: 'It pays only where this holds.' }),
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
  .object({ ...definitionFields, ...fields, mode: z.enum(['always', 'fallback']) })
  .meta({ id: 'RewardRule', description: 'When something is given, and what.' });
export type RewardRule = z.infer<typeof RewardRule>;
