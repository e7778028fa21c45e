import { addAmounts } from '../amount.ts';
import type { WalletState } from '../player.ts';
import { addLots, type Lot, sumOfLots, takeLots } from './lots.ts';

function withLots(wallet: WalletState, lots: readonly Lot[]): WalletState {
  const { lots: _, ...rest } = wallet;
  return lots.length === 0 ? rest : { ...rest, lots };
}

/**
 * A wallet after a credit, which settles what is owed first; null where the balance would not stay exact.
 * @param lots how the amount expires; what goes to settle a debt is taken from the first to expire
 */
export function credit(wallet: WalletState, amount: number, lots: readonly Lot[] = []): WalletState | null {
  const settled = Math.min(wallet.owed, amount);
  const balance = addAmounts(wallet.balance, amount - settled);
  if (balance === null) return null;
  const plain = amount - sumOfLots(lots);
  const kept = takeLots(lots, Math.max(0, settled - plain)).left;
  const after = { ...wallet, balance, owed: wallet.owed - settled };
  return kept.length === 0 ? after : withLots(after, addLots(wallet.lots ?? [], kept));
}

/**
 * A wallet after an amount was taken back. A balance is never below zero: what is not there any more, since it was
 * spent, is owed from then on. The first to expire goes first. Null where what is owed would not stay exact.
 */
export function takeBack(wallet: WalletState, amount: number): WalletState | null {
  const there = Math.min(wallet.balance, amount);
  const owed = addAmounts(wallet.owed, amount - there);
  if (owed === null) return null;
  const after = { ...wallet, balance: wallet.balance - there, owed };
  return wallet.lots === undefined ? after : withLots(after, takeLots(wallet.lots, there).left);
}

/** The lots that an amount would be taken from. */
export function lotsOf(wallet: WalletState, amount: number): readonly Lot[] {
  return takeLots(wallet.lots ?? [], Math.min(wallet.balance, amount)).taken;
}

/** A wallet with more, or less, held. Nothing held is not written down. */
export function withHeld(wallet: WalletState, more: number): WalletState {
  const { held = 0, ...rest } = wallet;
  return held + more === 0 ? rest : { ...rest, held: held + more };
}
