import * as z from 'zod';

/** A moment: RFC 3339, any offset in, always UTC with `Z` out. */
export const Instant = z.iso
  .datetime({ offset: true, error: 'use an RFC 3339 time such as 2026-11-24T09:30:00Z' })
  .max(40)
  .meta({
    id: 'Instant',
    description: 'A moment, RFC 3339; answers are always in UTC.',
    example: '2026-11-24T09:30:00.000Z',
  });

/** A civil date, `YYYY-MM-DD`, in the zone that the definition names. */
export const CivilDate = z.iso
  .date()
  .meta({ id: 'CivilDate', description: 'A calendar date, `YYYY-MM-DD`.', example: '2026-11-24' });

/** Whether this runtime's time-zone database knows the zone. */
function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** An IANA time zone, such as `Europe/Rome`; fixed offsets are refused, since they know no daylight saving. */
export const Zone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+/-]*$/)
  .refine(isZone, 'use an IANA time zone such as Europe/Rome')
  .meta({ id: 'Zone', description: 'An IANA time zone.', example: 'Europe/Rome' });

/** The zone that a definition counts days in: one for everybody, or each player's own. */
export const DefinitionZone = z
  .union([z.literal('user'), Zone])
  .meta({ id: 'DefinitionZone', description: "An IANA time zone, or `user` for each player's own.", example: 'UTC' });

/** A stretch of the calendar that repeats. Weeks are ISO 8601 weeks. */
export const Cadence = z
  .enum(['day', 'week', 'month'])
  .meta({ id: 'Cadence', description: 'How often a period repeats; weeks are ISO weeks.' });

/** The name of a period: `2026-11-24`, `2026-W48`, `2026-11`, when it began by cron, or `all` where there is just one. */
export const PeriodKey = z
  .string()
  .regex(
    /^(?:all|\d{4}-\d{2}|\d{4}-\d{2}-\d{2}|\d{4}-W\d{2}|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z)(?:\.[1-9]\d{0,6})?$/,
    'use 2026-11-24, 2026-W48, 2026-11, 2026-11-24T09:00Z or all',
  )
  .meta({
    id: 'PeriodKey',
    description:
      'A period: `2026-11-24`, `2026-W48`, `2026-11`; `2026-11-24T09:00Z` for one that began then by cron; or `all`. A mission that is completed again in its period adds `.2`, `.3` and so on.',
    example: '2026-W48',
  });
