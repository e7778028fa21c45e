import * as z from 'zod';

/** The longest time that a definition can name, in seconds: ten years and some days. */
export const MAX_SECONDS = 320_000_000;

const ISO = /^P(?=.)(?:\d{1,3}W|(?:\d{1,4}D)?(?:T(?=\d)(?:\d{1,5}H)?(?:\d{1,7}M)?(?:\d{1,9}S)?)?)$/;

/** How long something takes: seconds, or ISO 8601 of weeks, or of days (24 hours each), hours, minutes and seconds. */
export const Duration = z
  .union([z.int().min(1).max(MAX_SECONDS), z.string().regex(ISO, 'use seconds, or ISO 8601 such as P7D or PT1H30M')])
  .meta({
    id: 'Duration',
    description:
      'A length of time: a number of seconds, or ISO 8601 (`P7D`, `P2W`, `PT1H30M`). A day is 24 hours; months and years, which have no fixed length, are not taken.',
    example: 'P7D',
  });
export type Duration = z.infer<typeof Duration>;
