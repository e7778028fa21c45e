import * as z from 'zod';
import { Price, Prices } from '../catalog/schema.ts';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Condition } from '../shared/condition.ts';
import { Id } from '../shared/ids.ts';
import { PositiveAmount } from '../shared/numbers.ts';
import { openEnum } from '../shared/open-enum.ts';
import { Rewards } from '../shared/rewards.ts';
import { Text } from '../shared/text.ts';
import { CivilDate, DefinitionZone } from '../shared/time.ts';

const StreakCadence = z
  .enum(['day', 'week'])
  .meta({ id: 'StreakCadence', description: 'In what a streak is counted: days, or ISO weeks.' });

const StreakGoal = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('events'), target: z.int().min(1).max(1_000_000) }),
    z.strictObject({ kind: z.literal('value'), target: PositiveAmount }),
    z.strictObject({ kind: z.literal('days'), target: z.int().min(1).max(7) }),
  ])
  .meta({
    id: 'StreakGoal',
    description:
      'What makes a period count: so many events, so much as the sum of their values, or, for weeks, events on so many of the seven days.',
    example: { kind: 'events', target: 1 },
  });

const StreakFreezes = z
  .strictObject({
    most: z.int().min(1).max(100).meta({ description: 'So many can be held at a time.', example: 2 }),
    initial: z.int().min(0).max(100).default(0).meta({ description: 'What a player has from the start.', example: 0 }),
    automatic: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether a missed period takes one by itself.', example: true }),
    earnedEvery: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .meta({ description: 'A run earns one each time it has grown by so many periods.', example: 7 }),
    lateBy: z
      .int()
      .min(0)
      .max(30)
      .default(1)
      .meta({ description: 'By hand, one can still be used for a period so many before the present one.', example: 1 }),
    price: Prices.optional().meta({
      description: 'What one costs: players may buy them, and may not where it is missing.',
    }),
  })
  .refine(({ initial, most }) => initial <= most, { path: ['initial'], error: 'no more than can be held' })
  .meta({ id: 'StreakFreezes', description: 'How missed periods can be made up for. Without it, they cannot.' });

const StreakHoliday = z
  .strictObject({ from: CivilDate, to: CivilDate })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'a holiday ends after it begins' })
  .meta({
    id: 'StreakHoliday',
    description: 'Days that neither count nor break a run, both ends included.',
    example: { from: '2026-12-24', to: '2026-12-26' },
  });

/** A length of a run that is celebrated. */
const StreakMilestone = z
  .strictObject({
    length: z.int().min(1).max(100_000).meta({ description: 'So many periods that count.', example: 7 }),
    rewards: Rewards.default([]).meta({
      description: 'What it gives by itself; reward rules may wait for it besides.',
    }),
  })
  .meta({
    id: 'StreakMilestone',
    description: 'A length of a run that is celebrated, and rewarded once in each run.',
    example: { length: 7, rewards: [{ kind: 'currency', currency: 'xp', amount: 50 }] },
  });

const fields = {
  ...authoredFields,
  cadence: StreakCadence,
  zone: DefinitionZone,
  activity: Id.meta({ description: 'Its events make a period count.' }),
  condition: Condition.optional().meta({ description: 'Only events for which this holds make a period count.' }),
  goal: StreakGoal.optional().meta({ description: 'What makes a period count; one event where it is missing.' }),
  milestones: z
    .array(StreakMilestone)
    .max(50)
    .refine((all) => new Set(all.map(({ length }) => length)).size === all.length, 'name a length once')
    .optional()
    .meta({ description: 'Lengths of a run that are celebrated, once in each run.' }),
  freezes: StreakFreezes.optional(),
  holidays: z
    .array(StreakHoliday)
    .max(100)
    .optional()
    .meta({ description: 'A week is paused where four of its days are, at least.' }),
  pauses: z
    .strictObject({
      mostDays: z.int().min(1).max(366).meta({ description: 'The longest pause, in days.', example: 14 }),
    })
    .meta({ id: 'StreakPauses', description: 'How players may pause.' })
    .optional()
    .meta({ description: 'Players may pause; they may not where it is missing.' }),
  repair: z
    .strictObject({
      within: z.int().min(1).max(30).meta({ description: 'For so many periods after the missed one.', example: 3 }),
      price: Prices.optional().meta({ description: 'What it costs; nothing where it is missing.' }),
    })
    .meta({ id: 'StreakRepair', description: 'How players may repair a broken run.' })
    .optional()
    .meta({ description: 'Players may repair a broken run; they may not where it is missing.' }),
};

/** A rule that only weeks can have. */
function fitsCadence({ cadence, goal }: { cadence: 'day' | 'week'; goal?: { kind: string } | undefined }): boolean {
  return cadence === 'week' || goal?.kind !== 'days';
}
const unfit = { path: ['goal', 'kind'], error: 'days are counted of weeks alone' };

/** What to create a streak from. */
export const StreakCreate = z
  .strictObject({ ...newFields, ...fields })
  .refine(fitsCadence, unfit)
  .meta({
    id: 'StreakCreate',
    description: 'A new streak.',
    example: { id: 'daily', name: { en: 'Every day' }, cadence: 'day', zone: 'user', activity: 'lesson.completed' },
  });
export type StreakCreate = z.infer<typeof StreakCreate>;

/** What a streak can be changed to. */
export const StreakUpdate = z
  .strictObject({ ...changeFields, ...fields })
  .refine(fitsCadence, unfit)
  .meta({ id: 'StreakUpdate', description: 'What a streak becomes.' });
export type StreakUpdate = z.infer<typeof StreakUpdate>;

/** A habit that is counted in days or weeks without a gap. */
export const Streak = z
  .object({ ...definitionFields, ...fields })
  .meta({ id: 'Streak', description: 'A habit that is counted in days or weeks without a gap.' });
export type Streak = z.infer<typeof Streak>;

const PlayerStreakMilestone = z
  .object({
    length: z.int().meta({ description: 'The length of a run that is celebrated.', example: 7 }),
    reached: z.boolean().meta({ description: 'Whether any run has come to it.', example: false }),
  })
  .meta({
    id: 'PlayerStreakMilestone',
    description: 'A length of a run that is celebrated, and whether I have had one.',
    example: { length: 7, reached: false },
  });

/** How long a player's run is. */
export const PlayerStreak = z
  .object({
    id: Id,
    version: z.int().meta({
      description:
        'The version by which I go on: my run keeps the one that it started on, until it breaks; without a run it is the newest.',
      example: 1,
    }),
    name: z.string().meta({ example: 'Every day' }),
    description: z.string().optional().meta({ example: 'A lesson each day keeps it alive.' }),
    cadence: StreakCadence,
    milestones: z
      .array(PlayerStreakMilestone)
      .meta({ description: 'The shortest first.', example: [{ length: 7, reached: false }] }),
    current: z.int().meta({
      example: 6,
      description:
        'Periods that count of the run that is still alive; it lives through the present one, so that there is time until its end.',
    }),
    longest: z.int().meta({ description: 'Periods that count of the longest run ever.', example: 14 }),
    lastDay: CivilDate.nullable().meta({ description: 'The latest day that counted; the last one of a week.' }),
    countedToday: z.boolean().meta({ description: 'Whether the present day or week counts already.' }),
    amount: z.int().meta({ description: 'How far the present day or week is towards the target.', example: 0 }),
    target: z.int().meta({ description: 'What makes a day or week count.', example: 1 }),
    freezes: z.int().meta({ description: 'How many freezes are held.', example: 1 }),
    paused: z.boolean().meta({ description: 'Whether the present day or week is paused.', example: false }),
    freezePrice: z.array(Price).nullable().meta({
      description: 'What a freeze costs; null where none is for sale.',
      example: null,
    }),
    repairPrice: z.array(Price).nullable().meta({
      description: 'What a repair costs; null where it costs nothing, or there is none.',
      example: null,
    }),
    repairUntil: CivilDate.nullable().meta({
      description: 'Until when the run that broke last can be repaired; null where there is nothing to repair.',
      example: null,
    }),
  })
  .meta({ id: 'PlayerStreak', description: 'A streak and how I am doing in it.' });
export type PlayerStreak = z.infer<typeof PlayerStreak>;

/** One stretch of days without a gap. */
export const StreakRun = z
  .object({
    from: CivilDate,
    to: CivilDate,
    days: z.int().meta({ description: 'How many of its periods counted: days, or weeks.' }),
  })
  .meta({
    id: 'StreakRun',
    description: 'Days or weeks without a missed one, both ends included.',
    example: { from: '2026-11-19', to: '2026-11-24', days: 6 },
  });
export type StreakRun = z.infer<typeof StreakRun>;

/** What became of neighbouring days or weeks. */
export const StreakSpan = z
  .object({
    from: CivilDate,
    to: CivilDate,
    state: openEnum(['counted', 'frozen', 'paused', 'repaired', 'travelled']).meta({
      description:
        'They counted; freezes were used for them; they are paused; a repair made up for them; or a traveller never had them. Others may be added.',
      example: 'counted',
    }),
  })
  .meta({
    id: 'StreakSpan',
    description:
      'What became of neighbouring days or weeks, both ends included. What is in no span was missed, or is yet to come.',
    example: { from: '2026-11-19', to: '2026-11-21', state: 'counted' },
  });
export type StreakSpan = z.infer<typeof StreakSpan>;

/** Which days counted. */
export const StreakCalendar = z
  .object({ streak: Id, from: CivilDate, to: CivilDate, runs: z.array(StreakRun), spans: z.array(StreakSpan) })
  .meta({
    id: 'StreakCalendar',
    description:
      'The runs and what became of each day or week that touches the interval, cut to it, the earliest first.',
    example: {
      streak: 'daily',
      from: '2026-11-01',
      to: '2026-11-30',
      runs: [{ from: '2026-11-19', to: '2026-11-24', days: 5 }],
      spans: [
        { from: '2026-11-19', to: '2026-11-21', state: 'counted' },
        { from: '2026-11-22', to: '2026-11-22', state: 'frozen' },
        { from: '2026-11-23', to: '2026-11-24', state: 'counted' },
      ],
    },
  });
export type StreakCalendar = z.infer<typeof StreakCalendar>;

/** For which day a freeze is used. */
export const StreakFreezeUse = z
  .strictObject({ day: CivilDate.meta({ description: "A day of the period, in the streak's zone." }) })
  .meta({
    id: 'StreakFreezeUse',
    description: 'For which day or week a freeze is used.',
    example: { day: '2026-11-24' },
  });
export type StreakFreezeUse = z.infer<typeof StreakFreezeUse>;

/** When a streak pauses. */
export const StreakPause = z.strictObject({ from: CivilDate, to: CivilDate }).meta({
  id: 'StreakPause',
  description: "Days of the streak's zone that are to neither count nor break the run, both ends included.",
  example: { from: '2026-12-24', to: '2026-12-31' },
});
export type StreakPause = z.infer<typeof StreakPause>;

/** How many freezes are bought. */
export const FreezePurchase = z
  .strictObject({ count: z.int().min(1).max(100).meta({ description: 'No more than can be held.', example: 1 }) })
  .meta({ id: 'FreezePurchase', description: 'How many freezes are bought.', example: { count: 1 } });
export type FreezePurchase = z.infer<typeof FreezePurchase>;

/** Freezes that are given by hand. */
export const FreezeGrant = z
  .strictObject({
    count: z.int().min(1).max(100),
    note: Text.meta({ description: 'Why, for the record.', example: 'The app was down' }),
  })
  .meta({
    id: 'FreezeGrant',
    description: 'Freezes that are given by hand.',
    example: { count: 1, note: 'The app was down' },
  });
export type FreezeGrant = z.infer<typeof FreezeGrant>;
