import { Cron } from 'croner';
import * as z from 'zod';
import { Cadence, CivilDate, DefinitionZone, Instant } from './time.ts';

/** A field of a cron expression: `*`, numbers, names, ranges, steps and lists of them; none of the dialects' extras. */
const FIELD = /^(?:(?:\*|[0-9A-Za-z]{1,9}(?:-[0-9A-Za-z]{1,9})?)(?:\/\d{1,2})?(?:,(?=.)|$))+$/;
const LETTERS = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)$/i;

/** Whether a text is a cron expression of five fields that comes due at all: `0 0 30 2 *` never does. */
function isCron(text: string): boolean {
  const fields = text.split(' ');
  const words = text.match(/[A-Za-z]+/g) ?? [];
  if (fields.length !== 5 || !fields.every((field) => FIELD.test(field)) || !words.every((word) => LETTERS.test(word)))
    return false;
  try {
    const cron = new Cron(text, { timezone: 'UTC', mode: '5-part', paused: true });
    return cron.nextRun('2000-01-01T00:00:00') !== null;
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * A cron expression of five fields: minute, hour, day of the month, month, day of the week. Where both days are
 * restricted, either one will do, as cron has always had it.
 */
export const CronExpression = z
  .string()
  .max(120)
  .refine(isCron, 'use five fields of cron that come due, such as 0 9 * * MON-FRI')
  .meta({
    id: 'CronExpression',
    description:
      'Minute, hour, day of the month, month, day of the week. A local time that clocks skip comes due at the moment when they skip it; one that they show twice, the first time alone.',
    example: '0 9 * * MON-FRI',
  });

/** An end of a range: a moment, or a date in the schedule's zone. */
const RangeEnd = z.union([Instant, CivilDate]);

const range = z
  .strictObject({
    kind: z.literal('range'),
    from: RangeEnd.optional().meta({
      description: 'The first moment, or the first date; always open before `to` without it.',
    }),
    to: RangeEnd.optional().meta({
      description: 'The moment when it is over, or the last date; never over without it.',
    }),
    zone: DefinitionZone.default('UTC').meta({ description: 'Where dates are meant.' }),
  })
  .refine(({ from, to }) => from !== undefined || to !== undefined, 'a range has a beginning, an end, or both')
  .refine(isForward, { path: ['to'], error: 'a range ends after it begins' });

/** Compared where both ends are of one sort; a date and a moment in no certain zone are not comparable. */
function isForward({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean {
  if (from === undefined || to === undefined || from.includes('T') !== to.includes('T')) return true;
  return from.includes('T') ? Date.parse(from) < Date.parse(to) : from <= to;
}

/** When something is open: always, in one range, or in periods that repeat in a zone or by cron. */
export const Schedule = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('permanent') }),
    range,
    z.strictObject({ kind: z.literal('recurring'), every: Cadence, zone: DefinitionZone }),
    z.strictObject({ kind: z.literal('cron'), cron: CronExpression, zone: DefinitionZone }),
  ])
  .meta({
    id: 'Schedule',
    description:
      'Always open, open in one range, or open in periods that follow one another: days, weeks or months of a zone, or from one time of a cron expression to the next.',
    example: { kind: 'recurring', every: 'week', zone: 'user' },
  });
export type Schedule = z.infer<typeof Schedule>;
