import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Progress } from '../progress/schema.ts';
import { UserCondition } from '../segments/schema.ts';
import { Condition } from '../shared/condition.ts';
import { Id } from '../shared/ids.ts';
import { Amount, MAX_AMOUNT } from '../shared/numbers.ts';
import { openEnum } from '../shared/open-enum.ts';
import { Rewards, ShownReward } from '../shared/rewards.ts';
import { Schedule } from '../shared/schedule.ts';
import { Tag } from '../shared/tags.ts';

/** When a mission can be played. */
export const MissionSchedule = Schedule;
export type MissionSchedule = Schedule;

/** A level on a level track. */
export const MissionLevel = z
  .strictObject({ track: Id.meta({ example: 'rank' }), level: z.int().min(1).max(10_000) })
  .meta({ id: 'MissionLevel', description: 'A level on a level track.', example: { track: 'rank', level: 5 } });
export type MissionLevel = z.infer<typeof MissionLevel>;

/** A target that is worked out when a progress starts. */
export const TargetExpression = z.string().trim().min(1).max(2000).meta({
  id: 'TargetExpression',
  description:
    'A whole number from 1 on, in CEL, over the same facts as a condition, as they are when the progress starts; where it comes to none, nothing starts.',
  example: '5 + player.levels["rank"]',
});
export type TargetExpression = z.infer<typeof TargetExpression>;

/** How much of something has to be done. */
export const StepTarget = z
  .union([z.int().min(1).max(MAX_AMOUNT), z.strictObject({ expression: TargetExpression })])
  .meta({
    id: 'StepTarget',
    description: 'How much: a number, or an expression that is frozen when the progress starts.',
    example: 5,
  });
export type StepTarget = z.infer<typeof StepTarget>;

/** What an event adds to a step, as a formula. */
export const AddsExpression = z.string().trim().min(1).max(2000).meta({
  id: 'AddsExpression',
  description:
    'A whole number, in CEL, over the same facts as a condition. 0, less, and what cannot be worked out (a number beyond 64 bits too) add nothing; more than 1,000,000,000,000 adds that.',
  example: 'event.value / 60',
});
export type AddsExpression = z.infer<typeof AddsExpression>;

/** What an event adds to a step. */
export const StepAdds = z.union([z.enum(['one', 'value']), z.strictObject({ expression: AddsExpression })]).meta({
  id: 'StepAdds',
  description:
    'What an event adds: one, its `value`, or what an expression comes to. Where a mission, a badge or a level moves the step, `value` adds one, and an expression speaks of the event behind it.',
  example: 'one',
});
export type StepAdds = z.infer<typeof StepAdds>;

/** What a step can match; exactly one is named. */
const matched = {
  activity: Id.optional().meta({ description: 'Events of this activity move it.' }),
  tag: Tag.optional().meta({ description: 'Events of all activities with this tag move it.' }),
  mission: Id.optional().meta({ description: 'The completion of this mission moves it.' }),
  badge: Id.optional().meta({ description: 'The award of this badge moves it.' }),
  level: MissionLevel.optional().meta({ description: 'Reaching this level, or a higher one, moves it.' }),
};

function namesOne(named: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  return names.filter((name) => named[name] !== undefined).length === 1;
}

/** What has to be done: something that is counted or summed up to a target. */
export const MissionStep = z
  .strictObject({
    ...matched,
    adds: StepAdds.default('one'),
    target: StepTarget,
    condition: Condition.optional().meta({ description: 'Only what happens while this holds moves it.' }),
  })
  .refine((step) => namesOne(step, Object.keys(matched)), 'name one of activity, tag, mission, badge and level')
  .meta({
    id: 'MissionStep',
    description:
      'What has to be done, and how much of it. One of `activity`, `tag`, `mission`, `badge` and `level` is named.',
    example: { activity: 'lesson.completed', adds: 'one', target: 5 },
  });
export type MissionStep = z.infer<typeof MissionStep>;

/** The most steps of a mission. */
export const MAX_STEPS = 20;

/** How steps make a mission complete. */
export const MissionCombine = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all') }),
    z.strictObject({ kind: z.literal('any'), count: z.int().min(1).max(MAX_STEPS) }),
    z.strictObject({ kind: z.literal('sequence') }),
  ])
  .meta({
    id: 'MissionCombine',
    description:
      'All steps in any order, any so many of them, or all one after the other: a step waits for those before it.',
    example: { kind: 'any', count: 2 },
  });
export type MissionCombine = z.infer<typeof MissionCombine>;

/** Who can play a mission. */
export const MissionAudience = z
  .union([z.strictObject({ segment: Id.meta({ example: 'vips' }) }), z.strictObject({ condition: UserCondition })])
  .meta({
    id: 'MissionAudience',
    description: 'Who can start: the users of a segment, or those of whom a condition holds. What is running goes on.',
    example: { segment: 'vips' },
  });
export type MissionAudience = z.infer<typeof MissionAudience>;

const required = {
  mission: Id.optional().meta({ description: 'Completed once, in any period.' }),
  badge: Id.optional().meta({ description: 'Awarded, and not revoked.', example: 'explorer' }),
  level: MissionLevel.optional().meta({ description: 'Reached.' }),
};

/** What a player needs before a mission starts. */
export const MissionPrerequisite = z
  .strictObject(required)
  .refine((one) => namesOne(one, Object.keys(required)), 'name one of mission, badge and level')
  .meta({
    id: 'MissionPrerequisite',
    description: 'A mission, a badge or a level that a player must have before an event can start this mission.',
    example: { mission: 'first-steps' },
  });
export type MissionPrerequisite = z.infer<typeof MissionPrerequisite>;

/** How a progress starts. */
export const MissionAssignment = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('automatic') }),
    z.strictObject({ kind: z.literal('event'), activity: Id, condition: Condition.optional() }),
    z.strictObject({ kind: z.literal('optIn') }),
    z.strictObject({ kind: z.literal('direct') }),
  ])
  .meta({
    id: 'MissionAssignment',
    description:
      'With the first event that counts; with an event of a certain activity; when the player joins; or when an operator or a backend assigns it.',
    example: { kind: 'optIn' },
  });
export type MissionAssignment = z.infer<typeof MissionAssignment>;

/** How often a mission can be completed in one period. */
export const MissionRepeat = z
  .strictObject({
    times: z
      .int()
      .min(2)
      .max(1_000_000)
      .optional()
      .meta({ description: 'How often in all; without end where it is missing.' }),
  })
  .meta({
    id: 'MissionRepeat',
    description: 'It can be completed again, each time by a progress of its own: `all`, `all.2`, `all.3`.',
    example: { times: 3 },
  });
export type MissionRepeat = z.infer<typeof MissionRepeat>;

/** Who reaches a mission's targets. */
export const MissionFor = z.enum(['player', 'team']).meta({
  id: 'MissionFor',
  description:
    'Each player by themselves, or all who are in a team together: what a member does counts for the team that they were in when it occurred.',
  example: 'player',
});
export type MissionFor = z.infer<typeof MissionFor>;

const fields = {
  ...authoredFields,
  for: MissionFor.optional().meta({
    description:
      'Who reaches its targets: `player` where it is missing. It stays as it was published. A mission for teams has fixed targets, no sequence, no prerequisites and no repetition, starts by itself, and keeps one schedule in one zone and the progress that is running.',
  }),
  schedule: MissionSchedule,
  steps: z.array(MissionStep).min(1).max(MAX_STEPS),
  combine: MissionCombine.optional().meta({
    description: 'How steps make it complete; all of them where it is missing.',
  }),
  audience: MissionAudience.optional().meta({ description: 'Who can start it; everybody where it is missing.' }),
  prerequisites: z
    .array(MissionPrerequisite)
    .max(20)
    .optional()
    .meta({ description: 'All that a player must have first.' }),
  assignment: MissionAssignment.optional().meta({ description: 'How it starts; `automatic` where it is missing.' }),
  repeat: MissionRepeat.optional().meta({
    description: 'Whether it can be completed again in its period; once where it is missing.',
  }),
  rewards: Rewards.default([]),
};

/** Whether so many steps can be completed as it takes. */
function isReachable({
  steps,
  combine,
}: {
  readonly steps: readonly unknown[];
  readonly combine?: MissionCombine | undefined;
}): boolean {
  return combine?.kind !== 'any' || combine.count <= steps.length;
}
const unreachable = { path: ['combine'], error: 'there are not so many steps' };

/** What to create a mission from. */
export const MissionCreate = z
  .strictObject({ ...newFields, ...fields })
  .refine(isReachable, unreachable)
  .meta({
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
  .refine(isReachable, unreachable)
  .meta({ id: 'MissionUpdate', description: 'What a mission becomes.' });
export type MissionUpdate = z.infer<typeof MissionUpdate>;

/** A goal that players reach. */
export const Mission = z
  .object({ ...definitionFields, ...fields, rewards: Rewards })
  .meta({ id: 'Mission', description: 'A goal that players reach, once or once in each period.' });
export type Mission = z.infer<typeof Mission>;

/** A step as a player sees it: what an operator's condition says is theirs to know. */
export const PlayerMissionStep = z
  .object({
    ...matched,
    adds: openEnum(['one', 'value', 'expression']).meta({
      description: 'What an event adds: one, its value, or what an expression says. Others may be added.',
      example: 'one',
    }),
    target: z
      .int()
      .nullable()
      .meta({ description: 'Null where it is worked out when the progress starts.', example: 5 }),
  })
  .meta({
    id: 'PlayerMissionStep',
    description: 'What has to be done, and how much of it.',
    example: { activity: 'lesson.completed', adds: 'one', target: 5 },
  });
export type PlayerMissionStep = z.infer<typeof PlayerMissionStep>;

/** The part of a player in what their team does for a mission. */
export const TeamShare = z
  .object({
    team: Id.meta({ description: 'The team that I am in.', example: 'red-pandas' }),
    steps: z.array(Amount).meta({
      description: 'What I gave to each step while I was in it, in the current period.',
      example: [3],
    }),
  })
  .meta({ id: 'TeamShare', description: 'My part in what my team does for a mission.' });
export type TeamShare = z.infer<typeof TeamShare>;

/** A mission as a player sees it, with their progress in the current period. */
export const PlayerMission = z
  .object({
    id: Id,
    for: MissionFor,
    name: z.string().meta({ example: 'Five a week' }),
    description: z.string().optional().meta({ example: 'Complete five lessons before Sunday ends.' }),
    schedule: MissionSchedule,
    steps: z.array(PlayerMissionStep),
    combine: MissionCombine,
    assignment: openEnum(['automatic', 'event', 'optIn', 'direct']).meta({
      description: 'How it starts. Others may be added.',
      example: 'optIn',
    }),
    prerequisites: z.array(MissionPrerequisite),
    locked: z.boolean().meta({ description: 'Whether I lack some of the prerequisites.', example: false }),
    repeat: MissionRepeat.nullable().meta({
      description: 'Null where it can be completed once in a period.',
      example: null,
    }),
    rewards: z.array(ShownReward),
    progress: Progress.nullable().meta({
      description:
        "What is running, in whatever period, else the latest in the current one; null before it starts. The mission is shown in the version that it keeps. Of a mission for teams, my team's, which goes on beyond its targets.",
    }),
    share: TeamShare.nullable().meta({
      description: 'My part in it, where the mission is for teams and I am in one; null otherwise.',
      example: null,
    }),
  })
  .meta({
    id: 'PlayerMission',
    description: 'A mission and my progress in it.',
    example: {
      id: 'weekly-five',
      for: 'player',
      name: 'Five a week',
      description: 'Complete five lessons before Sunday ends.',
      schedule: { kind: 'recurring', every: 'week', zone: 'user' },
      steps: [{ activity: 'lesson.completed', adds: 'one', target: 5 }],
      combine: { kind: 'all' },
      assignment: 'automatic',
      prerequisites: [],
      locked: false,
      repeat: null,
      rewards: [{ kind: 'currency', currency: 'xp', amount: 50 }],
      progress: {
        id: 'weekly-five:2026-W48',
        mission: 'weekly-five',
        missionVersion: 1,
        period: '2026-W48',
        state: 'active',
        amount: 2,
        target: 5,
        steps: [{ amount: 2, target: 5, completedAt: null }],
        startedAt: '2026-11-23T08:12:00.000Z',
        completedAt: null,
        cancelledAt: null,
      },
      share: null,
    },
  });
export type PlayerMission = z.infer<typeof PlayerMission>;
