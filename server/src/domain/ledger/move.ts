import type { LedgerReason } from '@laurel/contract/types';
import type { Grant } from '../fold/grant.ts';
import { type Turn, tell } from '../fold/turn.ts';
import { type HoldRecord, holdsOf, walletOf } from '../player.ts';
import { lookup, withEntry, withoutKeys } from '../record.ts';
import { heldAccount, SINK } from './accounts.ts';
import { checkMaximum, freshLots, overflow, type Purse, put, setWallet } from './earn.ts';
import { firstDayAfter, type Lot, takeLots } from './lots.ts';
import { lotsOf, takeBack, withHeld } from './wallet.ts';

/** The other side of a movement, and whether its leg is written elsewhere. */
interface OtherSide {
  readonly counterparty: string;
  readonly alone: boolean;
}

/** One thing that a ledger transaction does to a player. Its amount is decided: a refold comes to the same. */
export type Move =
  | (OtherSide & {
      readonly do: 'credit';
      readonly currency: string;
      readonly amount: number;
      /** How it expires, where it was somebody else's before; by the currency's own rule where it is null. */
      readonly lots: readonly Lot[] | null;
    })
  | (OtherSide & { readonly do: 'debit'; readonly currency: string; readonly amount: number })
  | {
      readonly do: 'hold';
      readonly hold: string;
      readonly currency: string;
      readonly amount: number;
      readonly expiresAt: string | null;
      readonly lapsesAt: string | null;
    }
  | { readonly do: 'capture'; readonly hold: string; readonly amount: number }
  /** Gives back what is left. */
  | { readonly do: 'release'; readonly hold: string };

/** A player's part of a ledger transaction. */
export interface MoveAct {
  readonly kind: 'move';
  readonly transaction: string;
  readonly moves: readonly Move[];
  readonly reason: LedgerReason;
}

/** The most holds that a player can have open. */
export const MOST_HOLDS = 50;

/** Moves what a ledger transaction moves of this player. */
export function applyMoves(turn: Turn, act: MoveAct): void {
  for (const [index, move] of act.moves.entries()) {
    const { transaction, reason } = act;
    const base = { cause: `act:${turn.entry.id}#${index}`, reason, source: null, transaction };
    switch (move.do) {
      case 'credit':
        applyCredit(turn, index, move, base);
        break;
      case 'debit':
        applyDebit(turn, index, move, base);
        break;
      case 'hold':
        applyHold(turn, index, move, base);
        break;
      case 'capture':
        applyCapture(turn, index, move, base);
        break;
      case 'release':
        applyRelease(turn, index, move, base);
        break;
    }
  }
}

type Base = Pick<Grant, 'cause' | 'reason' | 'source'> & { readonly transaction: string };
type Only<D extends Move['do']> = Extract<Move, { readonly do: D }>;

/** Lots that would have expired meanwhile are good until the day ends. */
function goodLots(lots: readonly Lot[], instant: string): readonly Lot[] {
  const first = firstDayAfter(instant);
  return lots.map(([day, amount]) => [Math.max(day, first), amount]);
}

function applyCredit(turn: Turn, index: number, move: Only<'credit'>, base: Base): void {
  const { currency, amount, counterparty, alone, lots } = move;
  checkMaximum(turn, index, currency, amount);
  const good = lots === null ? freshLots(turn, currency, amount) : goodLots(lots, turn.entry.occurredAt);
  put(turn, { ...base, currency, amount, counterparty, alone }, good);
  if (lots === null) turn.queue.push({ kind: 'credited', currency, amount, earned: false });
}

/** What of a wallet can be spent: nothing below the currency's minimum. */
function spendable(turn: Turn, currency: string): number {
  const minimum = turn.ruleset.currencies.get(currency)?.minimum ?? 0;
  return Math.max(0, walletOf(turn.state, currency).balance - minimum);
}

/** Takes an amount out of a wallet; what it is short of is owed, unless whoever decides it first refuses it. */
export function takeOut(turn: Turn, index: number, currency: string, amount: number): readonly Lot[] {
  const room = spendable(turn, currency);
  if (amount > room) turn.breaches.push({ kind: 'insufficient', move: index, currency, room });
  const wallet = walletOf(turn.state, currency);
  const after = takeBack(wallet, amount);
  if (after === null) overflow(turn, currency, amount);
  else setWallet(turn, currency, after);
  return lotsOf(wallet, amount);
}

function applyDebit(turn: Turn, index: number, move: Only<'debit'>, base: Base): void {
  const { currency, amount, counterparty, alone } = move;
  takeOut(turn, index, currency, amount);
  turn.granted.push({ ...base, currency, amount: -amount, counterparty, alone });
}

function applyHold(turn: Turn, index: number, move: Only<'hold'>, base: Base): void {
  const { hold: id, currency, amount, expiresAt, lapsesAt } = move;
  if (Object.keys(holdsOf(turn.state)).length >= MOST_HOLDS) {
    turn.breaches.push({ kind: 'too_many_holds', move: index, currency, room: 0 });
  }
  const lots = takeOut(turn, index, currency, amount);
  setWallet(turn, currency, withHeld(walletOf(turn.state, currency), amount));
  turn.granted.push({ ...base, currency, amount: -amount, counterparty: heldAccount(turn.entry.userId) });
  setHold(turn, {
    id,
    transaction: base.transaction,
    currency,
    amount,
    captured: 0,
    released: 0,
    state: 'held',
    heldAt: turn.entry.occurredAt,
    expiresAt,
    lapsesAt,
    lots,
  });
}

/** Keeps a hold as it is now: in the hot state as long as it is open, and beside it for ever. */
export function setHold(turn: Purse, hold: HoldRecord): void {
  const holds = holdsOf(turn.state);
  const open = hold.state === 'held';
  turn.state = { ...turn.state, holds: open ? withEntry(holds, hold.id, hold) : withoutKeys(holds, [hold.id]) };
  tell(turn, { kind: 'hold', id: hold.id, record: hold });
}

/** What is left in a hold. */
export function leftIn({ amount, captured, released }: HoldRecord): number {
  return amount - captured - released;
}

function applyCapture(turn: Turn, index: number, { hold: id, amount }: Only<'capture'>, base: Base): void {
  const hold = lookup(holdsOf(turn.state), id);
  const room = hold === undefined ? 0 : leftIn(hold);
  if (hold === undefined || amount > room) {
    turn.breaches.push({ kind: 'hold_over', move: index, currency: hold?.currency ?? '', room });
    return;
  }
  const { currency } = hold;
  setWallet(turn, currency, withHeld(walletOf(turn.state, currency), -amount));
  turn.granted.push({ ...base, currency, amount: -amount, account: 'held', counterparty: SINK });
  const captured = hold.captured + amount;
  const state = amount === room ? 'captured' : 'held';
  setHold(turn, { ...hold, captured, state, lots: takeLots(hold.lots, amount).left });
}

function applyRelease(turn: Turn, index: number, { hold: id }: Only<'release'>, base: Base): void {
  const hold = lookup(holdsOf(turn.state), id);
  if (hold === undefined) turn.breaches.push({ kind: 'hold_over', move: index, currency: '', room: 0 });
  else giveBack(turn, hold, 'released', turn.entry.occurredAt, base);
}

/** Gives back what is left of a hold, at an instant; what it settles of a debt first does not come back. */
export function giveBack(
  turn: Purse,
  hold: HoldRecord,
  state: 'released' | 'expired',
  at: string,
  base: Pick<Grant, 'cause' | 'reason' | 'source' | 'transaction'>,
): void {
  const { currency } = hold;
  const amount = leftIn(hold);
  setWallet(turn, currency, withHeld(walletOf(turn.state, currency), -amount));
  put(turn, { ...base, currency, amount, counterparty: heldAccount(turn.entry.userId), at }, goodLots(hold.lots, at));
  setHold(turn, { ...hold, released: hold.released + amount, state, lots: [] });
}
