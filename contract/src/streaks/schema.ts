import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Condition } from '../shared/condition.ts';
import { Id } from '../shared/ids.ts';
import { CivilDate, DefinitionZone } from '../shared/time.ts';

const fields = {
  ...authoredFields,
  cadence: z.literal('day'),
  zone: DefinitionZone,
  activity: Id.meta({ description: 'One event of it makes the day count.' }),
  condition: Condition.optional().meta({ description: 'Only events for which this holds make the day count.' }),
};

/** What to create a streak from. */
export const StreakCreate = z.strictObject({ ...newFields, ...fields }).meta({
  id: 'StreakCreate',
  description: 'A new streak.',
  example: { id: 'daily', name: { en: 'Every day' }, cadence: 'day', zone: 'user', activity: 'lesson.completed' },
});
export type StreakCreate = z.infer<typeof StreakCreate>;

/** What a streak can be changed to. */
export const StreakUpdate = z
  .strictObject({ ...changeFields, ...fields })
  .meta({ id: 'StreakUpdate', description: 'What a streak becomes.' });
export type StreakUpdate = z.infer<typeof StreakUpdate>;

/** A habit that is counted in days without a gap. */
export const Streak = z
  .object({ ...definitionFields, ...fields })
  .meta({ id: 'Streak', description: 'A habit that is counted in days without a gap.' });
export type Streak = z.infer<typeof Streak>;

/** How long a player's run is. */
export const PlayerStreak = z
  .object({
    id: Id,
    name: z.string().meta({ example: 'Every day' }),
    cadence: z.literal('day'),
    current: z.int().meta({
      example: 6,
      description: 'Days of the run that is still alive; it lives through today, so that there is time until midnight.',
    }),
    longest: z.int().meta({ description: 'Days of the longest run ever.', example: 14 }),
    lastDay: CivilDate.nullable().meta({ description: 'The latest day that counted.' }),
    countedToday: z.boolean(),
  })
  .meta({ id: 'PlayerStreak', description: 'A streak and how I am doing in it.' });
export type PlayerStreak = z.infer<typeof PlayerStreak>;

/** One stretch of days without a gap. */
export const StreakRun = z.object({ from: CivilDate, to: CivilDate, days: z.int() }).meta({
  id: 'StreakRun',
  description: 'Days without a gap, both ends included.',
  example: { from: '2026-11-19', to: '2026-11-24', days: 6 },
});
export type StreakRun = z.infer<typeof StreakRun>;

/** Which days counted. */
export const StreakCalendar = z.object({ streak: Id, from: CivilDate, to: CivilDate, runs: z.array(StreakRun) }).meta({
  id: 'StreakCalendar',
  description: 'The runs that touch the interval, cut to it, the earliest first.',
  example: {
    streak: 'daily',
    from: '2026-11-01',
    to: '2026-11-30',
    runs: [{ from: '2026-11-19', to: '2026-11-24', days: 6 }],
  },
});
export type StreakCalendar = z.infer<typeof StreakCalendar>;
