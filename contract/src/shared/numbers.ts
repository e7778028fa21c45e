import * as z from 'zod';

/** The largest amount that one step may carry; sums stay below 2^53, where integers are exact. */
export const MAX_AMOUNT = 1_000_000_000_000;

/** An amount in the minor units of its currency: an integer, never a fraction. */
export const Amount = z.int().meta({ id: 'Amount', description: 'An integer amount in minor units.', example: 50 });

/** A positive amount, as a reward or a price states it. */
export const PositiveAmount = z
  .int()
  .min(1)
  .max(MAX_AMOUNT)
  .meta({ id: 'PositiveAmount', description: 'An integer of 1 or more, in minor units.', example: 50 });

/** A version: 1 for the first, one more for each change. */
export const Version = z
  .int()
  .min(1)
  .meta({ id: 'Version', description: 'Counts up from 1 with each change.', example: 1 });
