import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { Amount } from '../shared/numbers.ts';
import { page } from '../shared/page.ts';
import { PrizeSource } from '../shared/rewards.ts';
import { Instant, PeriodKey } from '../shared/time.ts';

/** What a player has of one currency. */
export const Wallet = z
  .object({
    currency: Id,
    available: Amount.meta({ description: 'What can be spent now; never below 0.' }),
    held: Amount.meta({ example: 0, description: 'What is set aside for something that is not settled yet.' }),
    pending: Amount.meta({ example: 0, description: 'What was earned and has to be claimed first.' }),
    owed: Amount.meta({
      example: 0,
      description: 'What was taken back after it had been spent. What comes in next settles it first.',
    }),
  })
  .meta({ id: 'Wallet', description: 'What a player has of one currency.' });
export type Wallet = z.infer<typeof Wallet>;

/** Wallets, page by page. */
export const WalletPage = page('WalletPage', Wallet);

/** Why an amount moved. */
export const LedgerReason = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('rule'), rule: Id.meta({ example: 'xp-per-lesson' }), event: Id }),
    z.object({ kind: z.literal('mission'), mission: Id, period: PeriodKey.meta({ example: '2026-W48' }), event: Id }),
    z.object({ kind: z.literal('level'), track: Id, level: z.int(), event: Id }),
    z.object({ kind: z.literal('streak'), streak: Id, length: z.int(), event: Id }),
    z.object({ kind: z.literal('streakFreezes'), streak: Id, count: z.int().min(1) }),
    z.object({ kind: z.literal('streakRepair'), streak: Id }),
    z.object({
      kind: z.literal('prize'),
      of: PrizeSource,
      id: Id,
      period: PeriodKey,
      rank: z.int().min(1),
      promised: Amount.optional().meta({ description: 'What the prize was, where the wallet did not take all of it.' }),
    }),
    z.object({ kind: z.literal('grant'), by: z.string(), note: z.string() }),
    z.object({ kind: z.literal('transaction'), type: z.string(), by: z.string(), note: z.string() }),
    z.object({ kind: z.literal('redemption'), redemption: Id, item: Id }),
    z.object({
      kind: z.literal('correction'),
      of: z.int().meta({ description: 'How many amounts changed that one late or voided event has changed.' }),
    }),
    z.object({ kind: z.literal('expiry') }),
    z.object({ kind: z.literal('holdExpired'), hold: Id }),
  ])
  .meta({
    id: 'LedgerReason',
    description:
      'Why an amount moved: a reward rule, a completed mission, a level or experience on its track, a milestone of a streak, and the event behind it; freezes that were bought, or a streak that was repaired; a prize, a grant by hand, a transaction that somebody asked for, a redemption; or time, by which amounts expire and holds go back.',
  });
export type LedgerReason = z.infer<typeof LedgerReason>;

/** One leg of a ledger transaction, as it stands in a wallet. */
export const LedgerEntry = z
  .object({
    id: Id.meta({ example: 'txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9.1' }),
    transaction: Id.meta({
      description: 'Both legs of a movement name the same transaction.',
      example: 'txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9',
    }),
    currency: Id,
    amount: Amount.meta({ description: 'Positive into the wallet, negative out of it.' }),
    balance: Amount.meta({ description: 'What the wallet held after it.' }),
    counterparty: z.string().meta({
      description: 'The account of the other leg: issuance, or what the player owes.',
      example: 'system:issuance',
    }),
    reason: LedgerReason,
    correctedBy: Id.nullable().meta({
      example: null,
      description:
        'The late or voided event that changed what the reason gives, where this entry corrects an earlier one.',
    }),
    occurredAt: Instant.meta({ description: 'When the cause occurred.' }),
    postedAt: Instant.meta({ description: 'When it was written.' }),
  })
  .meta({
    id: 'LedgerEntry',
    description: 'A movement in a wallet; the other leg stands in the counterparty account.',
  });
export type LedgerEntry = z.infer<typeof LedgerEntry>;
