import type { LedgerLeg, LedgerReason, LedgerTransaction } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import {
  type Breach,
  heldAccount,
  type Lot,
  lotsOf,
  type Move,
  playerAt,
  sumOfLots,
  takeLots,
  walletAccount,
  walletOf,
} from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { saveAccountLeg } from '../store/ledger.ts';
import { getSheet, type Sheet } from '../store/players.ts';
import { saveHoldOwner, saveReversal, saveTransaction } from '../store/transactions.ts';
import { type PlannedAct, planAct } from './acts.ts';
import { authorOf, type CallContext } from './call.ts';
import { ProblemError } from './problem.ts';
import { cancelPaid } from './redemptions.ts';
import { ledgerQueue, playerQueue } from './serial.ts';

/** One leg that is to be posted, and where the request speaks of it. */
export interface WantedLeg {
  /** On whose wallet, or on which account of the workspace. */
  readonly on: User | string;
  readonly currency: string;
  readonly amount: number;
  readonly pointer: string;
}

/** A transaction that is to be posted. */
export interface Wanted {
  readonly kind: string;
  readonly note: string;
  /** They add up to zero in each currency. */
  readonly legs: readonly WantedLeg[];
  /** The transaction that it reverses: nothing of it is refused, and what is missing is owed. */
  readonly reverses?: string;
  /** The redemption whose price it gives back, which is cancelled by it. */
  readonly redemption?: string | null;
}

/** A transaction with all that it takes to be true. */
export interface PlannedTransaction {
  readonly transaction: LedgerTransaction;
  readonly writes: readonly Write[];
  readonly queue: string;
}

/** What one commit holds, with room for the answer. */
const MOST_WRITES = 97;

/** What a player is moved by: net, so that each is a giver or a taker of a currency. */
interface Part {
  readonly user: User;
  readonly nets: { readonly currency: string; readonly amount: number; readonly pointer: string }[];
}

function partsOf(legs: readonly WantedLeg[]): Part[] {
  const parts = new Map<string, { user: User; nets: Map<string, { amount: number; pointer: string }> }>();
  for (const { on: user, currency, amount, pointer } of legs) {
    if (typeof user === 'string') continue;
    const part = parts.get(user.id) ?? { user, nets: new Map() };
    const known = part.nets.get(currency);
    part.nets.set(currency, { amount: (known?.amount ?? 0) + amount, pointer: known?.pointer ?? pointer });
    parts.set(user.id, part);
  }
  // In one order, whoever asks: two transactions over the same players never wait for one another.
  return [...parts.values()]
    .toSorted((a, b) => (a.user.id < b.user.id ? -1 : 1))
    .map(({ user, nets }) => ({
      user,
      nets: [...nets].flatMap(([currency, net]) => (net.amount === 0 ? [] : [{ currency, ...net }])),
    }));
}

/** What a transaction says of itself in each of its legs. */
function reasonOf(call: CallContext, { kind, note }: Wanted): LedgerReason {
  return { kind: 'transaction', type: kind, by: authorOf(call), note };
}

function accountOf({ on }: WantedLeg): string {
  return typeof on === 'string' ? on : walletAccount(on.id);
}

/** The account on the other side of a leg: the only one that moves the other way, or several. */
function otherSide(legs: readonly LedgerLeg[], currency: string, amount: number): string {
  const others = legs.filter((leg) => leg.currency === currency && leg.amount > 0 !== amount > 0);
  const accounts = new Set(others.map(({ account }) => account));
  const [only] = accounts;
  return accounts.size === 1 && only !== undefined ? only : 'several';
}

/** How the amounts that change hands expire: as they did before, the first to expire first. */
function lotsInHand(parts: readonly Part[], sheets: ReadonlyMap<string, Sheet>, now: string): Map<string, Lot[]> {
  const lots = new Map<string, Lot[]>();
  for (const { user, nets } of parts) {
    for (const { currency, amount } of nets) {
      const sheet = sheets.get(user.id);
      if (amount > 0 || sheet === undefined) continue;
      const taken = lotsOf(walletOf(playerAt(sheet.state, now), currency), -amount);
      lots.set(currency, [...(lots.get(currency) ?? []), ...taken]);
    }
  }
  return new Map([...lots].map(([currency, all]) => [currency, all.toSorted(([a], [b]) => a - b)]));
}

/** Plans a transaction over any number of players and system accounts: all of it is written, or nothing. */
export async function planTransaction(call: CallContext, wanted: Wanted): Promise<PlannedTransaction> {
  const { table } = call.platform;
  const parts = partsOf(wanted.legs);
  const sheets = new Map(
    await Promise.all(parts.map(async ({ user }) => [user.id, await getSheet(table, call.scope, user.id)] as const)),
  );
  const legs: LedgerLeg[] = wanted.legs.map((leg) => ({
    account: accountOf(leg),
    currency: leg.currency,
    amount: leg.amount,
  }));
  const id = call.platform.newId('ledgerTransaction');
  const reason = reasonOf(call, wanted);
  const inHand = lotsInHand(parts, sheets, call.now);
  const moveOf = ({ currency, amount }: Part['nets'][number]): Move => {
    const side = { currency, counterparty: otherSide(legs, currency, amount), alone: true };
    if (amount < 0) return { do: 'debit', ...side, amount: -amount };
    return { do: 'credit', ...side, amount, lots: takeInHand(inHand, currency, amount) };
  };
  const writes: Write[] = [];
  for (const { user, nets } of parts) {
    const act = { kind: 'move', transaction: id, moves: nets.map(moveOf), reason } as const;
    // A redemption is of one player, who is the only one in what paid for it.
    const cancelled =
      wanted.redemption == null ? null : await cancelPaid(call, user.id, wanted.redemption, wanted.note);
    const told = cancelled === null ? [] : [cancelled.told];
    const planned = await planAct(call, user, act, sheets.get(user.id), told);
    writes.push(...(cancelled?.writes ?? []));
    if (wanted.reverses === undefined) refuseBreaches(planned, nets, wanted.kind);
    writes.push(...planned.writes);
  }
  for (const [place, leg] of wanted.legs.entries()) {
    if (typeof leg.on !== 'string') continue;
    const { currency, amount } = leg;
    const times = { occurredAt: call.now, postedAt: call.now };
    const counterparty = otherSide(legs, currency, amount);
    const whole = { account: leg.on, transaction: id, currency, amount, counterparty, reason, ...times };
    writes.push(saveAccountLeg(table, call.scope, whole, { spread: id, name: String(place) }));
  }
  const transaction = transactionOf(call, id, wanted, legs, []);
  writes.push(saveTransaction(table, call.scope, transaction));
  if (wanted.reverses !== undefined) writes.push(saveReversal(table, call.scope, wanted.reverses, id));
  const [only] = parts;
  const alone = parts.length === 1 && only !== undefined;
  return {
    transaction,
    writes: fitting(writes),
    queue: alone ? playerQueue(call.scope, only.user.id) : ledgerQueue(call.scope),
  };
}

/** Takes from what changes hands as much as one taker gets; what never expired goes on so. */
function takeInHand(inHand: Map<string, Lot[]>, currency: string, amount: number): readonly Lot[] | null {
  const lots = inHand.get(currency);
  // Out of a system account: it expires by the currency's own rule.
  if (lots === undefined) return null;
  const { taken, left } = takeLots(lots, Math.min(amount, sumOfLots(lots)));
  inHand.set(currency, left);
  return taken;
}

function transactionOf(
  call: CallContext,
  id: string,
  { kind, note, reverses, redemption = null }: Omit<Wanted, 'legs'>,
  legs: readonly LedgerLeg[],
  holds: readonly string[],
): LedgerTransaction {
  const by = authorOf(call);
  const links = { reverses: reverses ?? null, reversedBy: null, redemption };
  return { id, kind, legs: [...legs], note, by, holds: [...holds], ...links, createdAt: call.now };
}

/** What a write is on: a transaction writes an item once. */
function itemOf({ item }: Write): string {
  const { Put, Update, Delete, ConditionCheck } = item;
  const key = Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key;
  return JSON.stringify([key?.pk, key?.sk]);
}

/** Refuses what does not fit into one transaction: it is too much, or two players take of the same that is bounded, such as a stock. */
export function fitting(writes: readonly Write[]): readonly Write[] {
  const isOnce = new Set(writes.map(itemOf)).size === writes.length;
  if (isOnce && writes.length <= MOST_WRITES) return writes;
  const detail = 'More follows from this transaction than can be written at once: post it in parts.';
  throw new ProblemError('unprocessable', detail);
}

/** Refuses what a wallet does not bear. */
export function refuseBreaches(
  { outcome }: Pick<PlannedAct, 'outcome'>,
  asked: readonly { readonly amount: number; readonly pointer: string }[],
  what: string,
): void {
  const [breach] = outcome.breaches;
  if (breach === undefined) return;
  const { amount = 0, pointer = '' } = asked[breach.move] ?? {};
  throw breached(breach, Math.abs(amount), pointer, what);
}

function breached({ kind, currency, room }: Breach, amount: number, pointer: string, what: string): ProblemError {
  const errors = [{ pointer, code: 'too_big', message: `at most ${room}` }];
  switch (kind) {
    case 'insufficient': {
      const detail = `The wallet has ${room} ${currency} available and the ${what} asks for ${amount}.`;
      return new ProblemError('insufficient_funds', detail, { errors });
    }
    case 'above_maximum':
      return new ProblemError('unprocessable', `The wallet can take ${room} ${currency} more at most.`, { errors });
    case 'hold_over':
      return new ProblemError('hold_closed', `There is ${room} left in the hold, and the ${what} asks for ${amount}.`);
    case 'too_many_holds':
      return new ProblemError('unprocessable', 'The player has too many open holds: settle some of them first.');
  }
}

/** An amount that is to be set aside. */
export interface WantedHold {
  readonly user: User;
  readonly currency: string;
  readonly amount: number;
  readonly pointer: string;
}

/** Plans holds of any number of players: all or nothing. */
export async function planHolds(
  call: CallContext,
  holds: readonly WantedHold[],
  { note, expiresAt }: { readonly note: string; readonly expiresAt: string | null },
): Promise<PlannedTransaction> {
  const { table } = call.platform;
  const id = call.platform.newId('ledgerTransaction');
  const named = holds.map((hold) => ({ ...hold, id: call.platform.newId('ledgerHold') }));
  const reason = reasonOf(call, { kind: 'hold', note, legs: [] });
  const writes: Write[] = [];
  const byUser = [...Map.groupBy(named, ({ user }) => user.id)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [userId, own] of byUser) {
    const [first] = own;
    if (first === undefined) continue;
    const moves = own.map(
      ({ id: hold, currency, amount }): Move => ({ do: 'hold', hold, currency, amount, expiresAt, lapsesAt: null }),
    );
    const planned = await planAct(call, first.user, { kind: 'move', transaction: id, moves, reason });
    refuseBreaches(planned, own, 'hold');
    writes.push(...planned.writes, ...own.map((hold) => saveHoldOwner(table, call.scope, hold.id, userId)));
  }
  const legs = named.flatMap(({ user, currency, amount }) => [
    { account: walletAccount(user.id), currency, amount: -amount },
    { account: heldAccount(user.id), currency, amount },
  ]);
  const ids = named.map((hold) => hold.id);
  const transaction = transactionOf(call, id, { kind: 'hold', note }, legs, ids);
  writes.push(saveTransaction(table, call.scope, transaction));
  const [only] = byUser;
  const alone = byUser.length === 1 && only !== undefined;
  return {
    transaction,
    writes: fitting(writes),
    queue: alone ? playerQueue(call.scope, only[0]) : ledgerQueue(call.scope),
  };
}
