import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { Amount } from '../shared/numbers.ts';

/** The proof for one currency: added up from the legs themselves, not from balances. */
export const LedgerProof = z
  .object({
    currency: Id,
    legs: z.int().meta({ description: 'How many legs were added up.', example: 2048 }),
    sum: Amount.meta({ description: 'Of all legs: zero, or the ledger is broken.', example: 0 }),
    outstanding: Amount.meta({ description: "The sum of the players' legs: what they hold together.", example: 51200 }),
    balanced: z.boolean(),
  })
  .meta({ id: 'LedgerProof', description: 'Whether the legs of one currency add up to zero.' });
export type LedgerProof = z.infer<typeof LedgerProof>;
