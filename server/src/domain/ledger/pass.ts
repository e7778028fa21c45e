import { compareText } from '../order.ts';
import { type HoldRecord, holdsOf, type PlayerState, walletOf } from '../player.ts';
import { lookup } from '../record.ts';
import { nextClaimDue } from '../reward/claims.ts';
import { EXPIRED } from './accounts.ts';
import { type Purse, setWallet } from './earn.ts';
import { expiryInstant } from './lots.ts';
import { giveBack } from './move.ts';
import { takeBack } from './wallet.ts';

/** Something that time does to a player, and when. */
type Due =
  | { readonly kind: 'lot'; readonly at: string; readonly currency: string; readonly day: number }
  | { readonly kind: 'hold'; readonly at: string; readonly hold: HoldRecord };

function nameOf(due: Due): string {
  return due.kind === 'lot' ? `1 ${due.currency}` : `0 ${due.hold.id}`;
}

/** The first thing that falls due in a player's wallets; of one instant, holds go back before lots expire. */
function firstDue(state: PlayerState): Due | undefined {
  const lots = Object.entries(state.wallets).flatMap(([currency, wallet]): Due[] => {
    const first = wallet.lots?.[0];
    return first === undefined ? [] : [{ kind: 'lot', at: expiryInstant(first[0]), currency, day: first[0] }];
  });
  const holds = Object.values(holdsOf(state)).flatMap((hold): Due[] =>
    hold.expiresAt === null ? [] : [{ kind: 'hold', at: hold.expiresAt, hold }],
  );
  const [first] = [...lots, ...holds].toSorted((a, b) => compareText(a.at, b.at) || compareText(nameOf(a), nameOf(b)));
  return first;
}

/** When something falls due in a player's wallets by time alone; null where nothing will. */
export function nextLedgerDue(state: PlayerState): string | null {
  return firstDue(state)?.at ?? null;
}

/** Lots expire and holds go back, in the order in which they fall due. */
export function passLedger(turn: Purse): void {
  for (;;) {
    const due = firstDue(turn.state);
    if (due === undefined || due.at > turn.entry.occurredAt) return;
    if (due.kind === 'lot') expire(turn, due.currency, due.day, due.at);
    else {
      const reason = { kind: 'holdExpired', hold: due.hold.id } as const;
      giveBack(turn, due.hold, 'expired', due.at, { cause: `hold:${due.hold.id}`, reason, source: null });
    }
  }
}

/** A player as they are at an instant by time alone: what fell due and was not written yet has happened. */
export function playerAt(state: PlayerState, instant: string): PlayerState {
  const purse: Purse = {
    state,
    granted: [],
    records: new Map(),
    refusal: null,
    entry: { userId: '', occurredAt: instant },
  };
  passLedger(purse);
  return purse.state;
}

/** What is left of the first lot of a wallet is gone. */
function expire(turn: Purse, currency: string, day: number, at: string): void {
  const wallet = walletOf(turn.state, currency);
  const amount = wallet.lots?.find(([of]) => of === day)?.[1] ?? 0;
  const after = takeBack(wallet, amount);
  if (amount === 0 || after === null) throw new Error('a lot that is due is not there');
  setWallet(turn, currency, after);
  const cause = `expire:${currency}:${day}`;
  const reason = { kind: 'expiry' } as const;
  turn.granted.push({ cause, currency, amount: -amount, reason, source: null, counterparty: EXPIRED, at });
}

/** The open holds that somebody should see to by an instant, the first first: redemptions that were not fulfilled. */
export function lapsedHolds(state: PlayerState, instant: string): HoldRecord[] {
  const lapsed = Object.values(holdsOf(state)).filter(({ lapsesAt }) => lapsesAt !== null && lapsesAt <= instant);
  return lapsed.toSorted((a, b) => compareText(a.lapsesAt ?? '', b.lapsesAt ?? '') || compareText(a.id, b.id));
}

/** When a player is to be settled next: something falls due by time, a redemption or a claim lapses; null where nothing will. */
export function nextDue(state: PlayerState): string | null {
  const lapses = Object.values(holdsOf(state)).flatMap(({ lapsesAt }) => lapsesAt ?? []);
  const all = [...lapses, ...[nextLedgerDue(state), nextClaimDue(state)].flatMap((at) => at ?? [])];
  return all.toSorted(compareText)[0] ?? null;
}

/** A hold of a player that is open. */
export function openHold(state: PlayerState, id: string): HoldRecord | undefined {
  return lookup(holdsOf(state), id);
}
