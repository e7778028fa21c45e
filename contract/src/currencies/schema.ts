import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { MAX_AMOUNT, PositiveAmount } from '../shared/numbers.ts';
import { Cadence, DefinitionZone } from '../shared/time.ts';

/** How what is earned of a currency expires. */
export const CurrencyExpiry = z
  .strictObject({
    afterDays: z.int().min(1).max(731).meta({
      description: 'For how many whole days, in UTC, an amount is good after the day on which it came in.',
      example: 365,
    }),
  })
  .meta({
    id: 'CurrencyExpiry',
    description: 'How amounts expire; the first to expire are spent first. What comes in on one day expires together.',
  });

/** How much of a currency a player can earn in a period. */
export const EarningCap = z
  .strictObject({ per: Cadence, amount: PositiveAmount })
  .meta({ id: 'EarningCap', description: 'The most that a player earns in a period.' });

/** All caps of a currency. */
export const EarningCaps = z
  .strictObject({
    zone: DefinitionZone.default('UTC'),
    limits: z
      .array(EarningCap)
      .min(1)
      .max(3)
      .refine((limits) => new Set(limits.map(({ per }) => per)).size === limits.length, 'one limit a cadence'),
  })
  .meta({
    id: 'EarningCaps',
    description:
      'The most that a player earns by rules and missions; what is beyond is not given, and the effects say so. What is given by hand or transferred is not counted.',
    example: { zone: 'user', limits: [{ per: 'day', amount: 500 }] },
  });

const Bound = z.int().min(0).max(MAX_AMOUNT);

const fields = {
  ...authoredFields,
  precision: z
    .int()
    .min(0)
    .max(6)
    .default(0)
    .meta({ description: 'Decimal places when shown; amounts stay integers in minor units.' }),
  minimum: Bound.optional().meta({
    description: 'What a player cannot spend: no debit takes less than this to be left. 0 where it is missing.',
    example: 0,
  }),
  maximum: Bound.optional().meta({
    description: 'The most that a wallet holds: what is earned beyond is not given, a credit by hand is refused.',
    example: 1_000_000,
  }),
  expiry: CurrencyExpiry.optional(),
  transferable: z.boolean().optional().meta({
    description: 'Whether players may give it to one another; not where it is missing.',
    example: true,
  }),
  caps: EarningCaps.optional(),
};

const areInOrder = ({
  minimum = 0,
  maximum = MAX_AMOUNT,
}: {
  minimum?: number | undefined;
  maximum?: number | undefined;
}) => minimum <= maximum;
const order = { path: ['maximum'], error: 'not less than the minimum' };

/** What to create a currency from. */
export const CurrencyCreate = z
  .strictObject({ ...newFields, ...fields })
  .refine(areInOrder, order)
  .meta({
    id: 'CurrencyCreate',
    description: 'A new currency.',
    example: { id: 'xp', name: { en: 'Experience' }, transferable: true },
  });
export type CurrencyCreate = z.infer<typeof CurrencyCreate>;

/** What a currency can be changed to. */
export const CurrencyUpdate = z
  .strictObject({ ...changeFields, ...fields })
  .refine(areInOrder, order)
  .meta({ id: 'CurrencyUpdate', description: 'What a currency becomes.' });
export type CurrencyUpdate = z.infer<typeof CurrencyUpdate>;

/** Something that players earn and wallets hold. */
export const Currency = z
  .object({ ...definitionFields, ...fields, precision: z.int() })
  .meta({ id: 'Currency', description: 'Something that players earn and wallets hold.' });
export type Currency = z.infer<typeof Currency>;
