import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Progress } from '../progress/schema.ts';
import { Condition } from '../shared/condition.ts';
import { Id } from '../shared/ids.ts';
import { MAX_AMOUNT } from '../shared/numbers.ts';
import { Rewards } from '../shared/rewards.ts';
import { Cadence, DefinitionZone } from '../shared/time.ts';

/** When a mission can be played: once for ever, or once in each period. */
export const MissionSchedule = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('permanent') }),
    z.strictObject({ kind: z.literal('recurring'), every: Cadence, zone: DefinitionZone }),
  ])
  .meta({
    id: 'MissionSchedule',
    description: 'Once for ever, or once in each period of a zone.',
    example: { kind: 'recurring', every: 'week', zone: 'user' },
  });
export type MissionSchedule = z.infer<typeof MissionSchedule>;

/** What has to be done: events of an activity, counted or summed up to a target. */
export const MissionStep = z
  .strictObject({
    activity: Id.meta({ description: 'Which events move it.' }),
    adds: z.enum(['one', 'value']).default('one').meta({ description: 'What an event adds: one, or its `value`.' }),
    target: z.int().min(1).max(MAX_AMOUNT),
    condition: Condition.optional().meta({ description: 'Only events for which this holds move it.' }),
  })
  .meta({
    id: 'MissionStep',
    description: 'What has to be done, and how much of it.',
    example: { activity: 'lesson.completed', adds: 'one', target: 5 },
  });
export type MissionStep = z.infer<typeof MissionStep>;

const fields = {
  ...authoredFields,
  schedule: MissionSchedule,
  steps: z.array(MissionStep).length(1),
  rewards: Rewards.default([]),
};

/** What to create a mission from. */
export const MissionCreate = z.strictObject({ ...newFields, ...fields }).meta({
  id: 'MissionCreate',
  description: 'A new mission.',
  example: {
    id: 'weekly-five',
    name: { en: 'Five a week' },
    schedule: { kind: 'recurring', every: 'week', zone: 'user' },
    steps: [{ activity: 'lesson.completed', adds: 'one', target: 5 }],
    rewards: [{ kind: 'currency', currency: 'xp', amount: 50 }],
  },
});
export type MissionCreate = z.infer<typeof MissionCreate>;

/** What a mission can be changed to. */
export const MissionUpdate = z
  .strictObject({ ...changeFields, ...fields })
  .meta({ id: 'MissionUpdate', description: 'What a mission becomes.' });
export type MissionUpdate = z.infer<typeof MissionUpdate>;

/** A goal that players reach. */
export const Mission = z
  .object({ ...definitionFields, ...fields, rewards: Rewards })
  .meta({ id: 'Mission', description: 'A goal that players reach, once or once in each period.' });
export type Mission = z.infer<typeof Mission>;

/** A mission as a player sees it, with their progress in the current period. */
export const PlayerMission = z
  .object({
    id: Id,
    name: z.string().meta({ example: 'Five a week' }),
    description: z.string().optional().meta({ example: 'Complete five lessons before Sunday ends.' }),
    schedule: MissionSchedule,
    steps: z.array(MissionStep),
    rewards: Rewards,
    progress: Progress.nullable().meta({ description: 'In the current period; null before the first matching event.' }),
  })
  .meta({ id: 'PlayerMission', description: 'A mission and my progress in it.' });
export type PlayerMission = z.infer<typeof PlayerMission>;
