import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { Amount, MAX_AMOUNT, PositiveAmount } from '../shared/numbers.ts';
import { Label } from '../shared/text.ts';
import { Instant } from '../shared/time.ts';
import { LedgerReason } from '../wallets/schema.ts';

/** The proof for one currency: added up from the legs themselves, not from balances. */
export const LedgerProof = z
  .object({
    currency: Id,
    legs: z.int().meta({ description: 'How many legs were added up.', example: 2048 }),
    sum: Amount.meta({ description: 'Of all legs: zero, or the ledger is broken.', example: 0 }),
    outstanding: Amount.meta({ description: "The sum of the players' legs: what they hold together.", example: 51200 }),
    held: Amount.meta({ description: 'The sum of what is held.', example: 0 }),
    owed: Amount.meta({ description: 'The sum of what players owe.', example: 0 }),
    balanced: z.boolean(),
  })
  .meta({ id: 'LedgerProof', description: 'Whether the legs of one currency add up to zero.' });
export type LedgerProof = z.infer<typeof LedgerProof>;

/** The name of an account of the workspace itself. */
const SystemAccount = z
  .string()
  .regex(/^system:[a-z][a-z0-9-]{0,39}$/, 'use system: and a name of a-z 0-9 -')
  .meta({
    description: 'An account of the workspace itself: a name of your own after `system:`.',
    example: 'system:promotion',
  });

/** One leg of a transaction that is asked for. */
export const LedgerLegCreate = z
  .strictObject({
    userId: Id.optional(),
    externalUserId: Id.optional(),
    account: SystemAccount.optional(),
    currency: Id,
    amount: z
      .int()
      .min(-MAX_AMOUNT)
      .max(MAX_AMOUNT)
      .refine((amount) => amount !== 0, 'not 0')
      .meta({ description: 'Positive into the account; of a credit, debit or hold, how much.', example: 50 }),
  })
  .meta({
    id: 'LedgerLegCreate',
    description: "A leg: on a player's wallet, named by `userId` or `externalUserId`, or on a system account.",
    example: { externalUserId: 'player-7', currency: 'xp', amount: 50 },
  });

/** What kind of a transaction is asked for. */
export const LedgerTransactionType = z.enum(['credit', 'debit', 'transfer', 'hold']).meta({
  id: 'LedgerTransactionType',
  description:
    'The other legs of a `credit`, a `debit` and a `hold` are written by the platform. The legs of a `transfer` add up to zero in each currency.',
});

/** The most legs that one transaction is asked for with. */
export const MAX_LEGS = 20;

/** A transaction that is asked for. */
export const LedgerTransactionCreate = z
  .strictObject({
    kind: LedgerTransactionType.default('transfer'),
    legs: z.array(LedgerLegCreate).min(1).max(MAX_LEGS),
    note: Label.meta({ description: 'Why; it stays in the ledger.', example: 'Sorry for the outage' }),
    expiresAt: Instant.optional().meta({
      description: 'Of a hold: when what is left of it goes back by itself; never where it is missing.',
    }),
  })
  .meta({
    id: 'LedgerTransactionCreate',
    description: 'Legs that are posted together or not at all.',
    example: {
      kind: 'credit',
      legs: [{ externalUserId: 'player-7', currency: 'xp', amount: 50 }],
      note: 'Sorry for the outage',
    },
  });
export type LedgerTransactionCreate = z.infer<typeof LedgerTransactionCreate>;

/** A leg as it was posted. */
export const LedgerLeg = z
  .object({
    account: z.string().meta({ example: 'user:usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    currency: Id,
    amount: Amount,
  })
  .meta({ id: 'LedgerLeg', description: 'A leg: positive into the account.' });
export type LedgerLeg = z.infer<typeof LedgerLeg>;

/** A transaction that somebody asked for. */
export const LedgerTransaction = z
  .object({
    id: Id.meta({ example: 'txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    kind: z.string().meta({
      description:
        '`credit`, `debit`, `transfer`, `hold`, `capture`, `release`, `reversal`, `redemption`, `grant`; more may come.',
      example: 'credit',
    }),
    legs: z.array(LedgerLeg).meta({ description: 'They add up to zero in each currency.' }),
    note: z.string(),
    by: z.string().meta({ description: 'Who asked for it.', example: 'operator:ada' }),
    holds: z.array(Id).meta({ description: 'The holds that it opened.' }),
    reverses: Id.nullable().meta({ description: 'The transaction that it reverses.', example: null }),
    reversedBy: Id.nullable().meta({ description: 'The transaction that reversed it.', example: null }),
    redemption: Id.nullable().meta({ description: 'The redemption that it is about.', example: null }),
    createdAt: Instant,
  })
  .meta({
    id: 'LedgerTransaction',
    description: 'A transaction that somebody asked for, by hand or by a call.',
    example: {
      id: 'txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9',
      kind: 'credit',
      legs: [
        { account: 'user:usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9', currency: 'xp', amount: 50 },
        { account: 'system:issuance', currency: 'xp', amount: -50 },
      ],
      note: 'Sorry for the outage',
      by: 'operator:ada',
      holds: [],
      reverses: null,
      reversedBy: null,
      redemption: null,
      createdAt: '2026-11-24T09:30:00.000Z',
    },
  });
export type LedgerTransaction = z.infer<typeof LedgerTransaction>;

/** Why a transaction is reversed. */
export const LedgerReverse = z
  .strictObject({ note: Label.meta({ description: 'Why; it stays in the ledger.', example: 'Wrong player' }) })
  .meta({ id: 'LedgerReverse', description: 'Why a transaction is reversed.', example: { note: 'Wrong player' } });

/** Captures a hold. */
export const LedgerCapture = z
  .strictObject({
    amount: PositiveAmount.optional().meta({ description: 'How much; all that is left where it is missing.' }),
  })
  .meta({ id: 'LedgerCapture', description: 'How much of a hold is captured.', example: {} });

/** An amount that is set aside. */
export const LedgerHold = z
  .object({
    id: Id,
    userId: Id,
    transaction: Id.meta({ example: 'txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    currency: Id,
    amount: Amount,
    captured: Amount,
    released: Amount,
    state: z.enum(['held', 'captured', 'released', 'expired']).meta({
      description: '`held` as long as something is left in it; then by what ended it.',
    }),
    heldAt: Instant,
    expiresAt: Instant.nullable(),
  })
  .meta({ id: 'LedgerHold', description: 'An amount that is set aside until it is captured or goes back.' });
export type LedgerHold = z.infer<typeof LedgerHold>;

/** Which part of an account to state. */
export const LedgerStatementQuery = z.strictObject({
  account: z
    .string()
    .min(1)
    .max(140)
    .regex(/^(?:system:[a-z][a-z0-9-]{0,39}|(?:user|held|owed):[A-Za-z0-9_.:-]{1,128})$/)
    .meta({
      description: 'The account: `user:{id}` is a wallet, `held:{id}` and `owed:{id}` go with it; `system:{name}`.',
      example: 'system:issuance',
    }),
  currency: Id,
  from: Instant.optional().meta({ description: 'What was posted at this moment or later.' }),
  to: Instant.optional().meta({ description: 'What was posted before this moment.' }),
});

/** A line of a statement. */
export const LedgerStatementLine = z
  .object({
    transaction: Id.meta({ example: 'txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    amount: Amount,
    balance: Amount.meta({ description: 'Of the account after it.' }),
    counterparty: z.string(),
    reason: LedgerReason,
    occurredAt: Instant,
    postedAt: Instant,
  })
  .meta({ id: 'LedgerStatementLine', description: 'A movement of an account.' });

/** The most lines that a statement has. */
export const MAX_STATEMENT = 2000;

/** An account over an interval. */
export const LedgerStatement = z
  .object({
    account: z.string(),
    currency: Id,
    from: Instant.nullable(),
    to: Instant.nullable(),
    opening: Amount.meta({ description: 'Before the first entry.' }),
    entries: z.array(LedgerStatementLine).meta({ description: 'In the order in which they were posted.' }),
    closing: Amount.meta({ description: 'After the last entry: opening and entries add up to it.' }),
  })
  .meta({ id: 'LedgerStatement', description: 'What an account held, what moved it, and what it held then.' });
export type LedgerStatement = z.infer<typeof LedgerStatement>;
