import type { Currency } from '@laurel/contract/types';
import type { Entry } from '../fold/entry.ts';
import { type Grant, isEarned } from '../fold/grant.ts';
import type { Turn } from '../fold/turn.ts';
import { type WalletState, walletOf } from '../player.ts';
import { withEntry } from '../record.ts';
import { type Clipped, clipAmount, countEarned, holdings } from './caps.ts';
import { expiryDay, type Lot } from './lots.ts';
import { credit } from './wallet.ts';

/** That of what was earned not all could be given, and why. */
export interface Clip {
  readonly currency: string;
  readonly asked: number;
  readonly given: number;
  readonly by: NonNullable<Clipped['by']>;
  readonly limit: number;
  readonly source: Grant['source'];
}

/** Something that an act asks of a wallet and that the wallet does not bear. */
export interface Breach {
  readonly kind: 'insufficient' | 'above_maximum' | 'hold_over' | 'too_many_holds';
  /** Which of the act's moves it is. */
  readonly move: number;
  readonly currency: string;
  /** How much there is to spend, to hold more, or left in the hold. */
  readonly room: number;
}

/** What may be given at most of currencies that are bounded, and what is left of that. */
export type Allowance = Map<string, number>;

/** What of a turn the wallets take: also time that passes with no entry, to see a player as they are by now. */
export type Purse = Pick<Turn, 'state' | 'granted' | 'records' | 'refusal'> & {
  readonly entry: Pick<Entry, 'userId' | 'occurredAt'>;
};

/** Puts a wallet in place of the one before it. */
export function setWallet(turn: Purse, currency: string, wallet: WalletState): void {
  turn.state = { ...turn.state, wallets: withEntry(turn.state.wallets, currency, wallet) };
}

/** How an amount expires that comes into a wallet at the turn's moment. */
export function freshLots({ ruleset, entry }: Turn, currency: string, amount: number): readonly Lot[] {
  const expiry = ruleset.currencies.get(currency)?.expiry;
  return expiry === undefined ? [] : [[expiryDay(entry.occurredAt, expiry.afterDays), amount]];
}

/** Refuses the turn, since a number would not stay exact. */
export function overflow(turn: Purse, currency: string, amount: number): void {
  const detail = `${amount} more of ${currency} would take the balance beyond ${Number.MAX_SAFE_INTEGER}`;
  turn.refusal ??= { kind: 'refused', code: 'amount_overflow', detail };
}

/** Puts an amount into a wallet as it was decided, and says so. */
export function put(turn: Purse, grant: Grant, lots: readonly Lot[]): boolean {
  const wallet = credit(walletOf(turn.state, grant.currency), grant.amount, lots);
  if (wallet === null) overflow(turn, grant.currency, grant.amount);
  else {
    setWallet(turn, grant.currency, wallet);
    turn.granted.push(grant);
  }
  return wallet !== null;
}

/** Notes that an amount that is given by hand is more than the wallet may hold. */
export function checkMaximum(turn: Turn, move: number, currency: string, amount: number): void {
  const maximum = turn.ruleset.currencies.get(currency)?.maximum;
  if (maximum === undefined) return;
  const wallet = walletOf(turn.state, currency);
  const room = maximum - holdings(wallet) + wallet.owed;
  if (amount > room) turn.breaches.push({ kind: 'above_maximum', move, currency, room: Math.max(0, room) });
}

/** What of an amount is allowed; it is taken from the allowance, where there is one. */
export function allowed(allowance: Allowance | undefined, currency: string, asked: number): number {
  const left = allowance?.get(currency);
  if (left === undefined) return asked;
  const amount = Math.min(asked, left);
  allowance?.set(currency, left - amount);
  return amount;
}

/**
 * Gives what was asked: as far as caps and maximum allow it where it is earned, as far as the maximum does where it is a
 * prize. What is given by hand is refused or given whole. Answers with what was given.
 */
export function earn(turn: Turn, grant: Grant, allowance?: Allowance): number {
  const { currency } = grant;
  const definition = turn.ruleset.currencies.get(currency);
  const earned = isEarned(grant.source) && definition !== undefined;
  const isBounded = earned || grant.source?.kind === 'prize';
  const bearable = isBounded && definition !== undefined ? clipped(turn, grant, definition) : grant.amount;
  const amount = allowed(allowance, currency, bearable);
  if (amount === 0) return 0;
  if (!put(turn, { ...grant, amount, reason: reasonFor(grant, amount) }, freshLots(turn, currency, amount))) return 0;
  if (earned) setWallet(turn, currency, countEarned(definition, walletOf(turn.state, currency), turn.entry, amount));
  return amount;
}

/** The ledger says what a prize was, where not all of it could be given. */
function reasonFor({ reason, amount }: Grant, given: number): Grant['reason'] {
  return reason.kind === 'prize' && given < amount ? { ...reason, promised: amount } : reason;
}

function clipped(turn: Turn, { currency, amount: asked, source }: Grant, definition: Currency): number {
  const wallet = walletOf(turn.state, currency);
  const { amount, by, limit } = clipAmount(definition, wallet, turn.entry, asked, isEarned(source));
  if (by === null) return asked;
  turn.clips.push({ currency, asked, given: amount, by, limit, source });
  turn.trace.push({
    kind: 'currency',
    id: currency,
    version: definition.version,
    fired: amount > 0,
    why: by === 'maximum' ? 'maximum_reached' : 'cap_reached',
    values: { asked, given: amount, limit, ...(by === 'maximum' ? {} : { per: by }) },
  });
  return amount;
}
