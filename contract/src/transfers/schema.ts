import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { Amount, PositiveAmount } from '../shared/numbers.ts';
import { Label } from '../shared/text.ts';
import { Instant } from '../shared/time.ts';

/** What a player gives to another. */
export const TransferCreate = z
  .strictObject({
    userId: Id.optional().meta({ description: 'To whom: by `userId` or by `externalUserId`.' }),
    externalUserId: Id.optional(),
    currency: Id,
    amount: PositiveAmount,
    note: Label.optional(),
  })
  .meta({
    id: 'TransferCreate',
    description: 'An amount that a player gives to another of the workspace.',
    example: { externalUserId: 'player-8', currency: 'xp', amount: 1 },
  });

/** What a player gave to another. */
export const Transfer = z
  .object({
    id: Id.meta({ example: 'txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    to: Id.meta({ description: 'Who has it now.', example: 'usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    currency: Id,
    amount: Amount,
    note: z.string(),
    createdAt: Instant,
  })
  .meta({ id: 'Transfer', description: 'An amount that a player gave to another.' });
export type Transfer = z.infer<typeof Transfer>;
