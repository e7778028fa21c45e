import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';

const fields = {
  ...authoredFields,
  precision: z
    .int()
    .min(0)
    .max(6)
    .default(0)
    .meta({ description: 'Decimal places when shown; amounts stay integers in minor units.' }),
};

/** What to create a currency from. */
export const CurrencyCreate = z
  .strictObject({ ...newFields, ...fields })
  .meta({ id: 'CurrencyCreate', description: 'A new currency.', example: { id: 'xp', name: { en: 'Experience' } } });
export type CurrencyCreate = z.infer<typeof CurrencyCreate>;

/** What a currency can be changed to. */
export const CurrencyUpdate = z
  .strictObject({ ...changeFields, ...fields })
  .meta({ id: 'CurrencyUpdate', description: 'What a currency becomes.' });
export type CurrencyUpdate = z.infer<typeof CurrencyUpdate>;

/** Something that players earn and wallets hold. */
export const Currency = z
  .object({ ...definitionFields, ...fields, precision: z.int() })
  .meta({ id: 'Currency', description: 'Something that players earn and wallets hold.' });
export type Currency = z.infer<typeof Currency>;
