import type { Currency } from '@laurel/contract/types';
import { periodKey } from '../calendar.ts';
import { type PlayerEvent, stampIn } from '../event.ts';
import type { EarnedCount, WalletState } from '../player.ts';

/** What of an amount a player may still earn, and what held back the rest. */
export interface Clipped {
  readonly amount: number;
  /** The cap's period, or `maximum`, that allowed the least; null where nothing was held back. */
  readonly by: 'day' | 'week' | 'month' | 'maximum' | null;
  readonly limit: number;
}

type Cap = NonNullable<Currency['caps']>['limits'][number];

/** What was earned in the current period of a cap. Whoever travels back in the calendar stays in the later period. */
function countOf(wallet: WalletState, { per }: Cap, period: string): EarnedCount {
  const known = wallet.earned?.find((count) => count.per === per);
  return known !== undefined && known.period >= period ? known : { per, period, amount: 0 };
}

function periodOf(currency: Currency, cap: Cap, entry: PlayerEvent): string {
  return periodKey(cap.per, stampIn(entry, currency.caps?.zone ?? 'UTC'));
}

/** Holds an amount against the maximum of its currency, and, where it is earned, against the caps. */
export function clipAmount(
  currency: Currency,
  wallet: WalletState,
  entry: PlayerEvent,
  asked: number,
  earned: boolean,
): Clipped {
  let clipped: Clipped = { amount: asked, by: null, limit: 0 };
  const allow = (by: NonNullable<Clipped['by']>, limit: number, room: number) => {
    if (room < clipped.amount) clipped = { amount: Math.max(0, room), by, limit };
  };
  for (const cap of earned ? (currency.caps?.limits ?? []) : []) {
    allow(cap.per, cap.amount, cap.amount - countOf(wallet, cap, periodOf(currency, cap, entry)).amount);
  }
  const { maximum } = currency;
  if (maximum !== undefined) allow('maximum', maximum, maximum - holdings(wallet) + wallet.owed);
  return clipped;
}

/** A wallet that remembers what was earned, as far as caps ask for it. */
export function countEarned(currency: Currency, wallet: WalletState, entry: PlayerEvent, amount: number): WalletState {
  const limits = currency.caps?.limits ?? [];
  if (limits.length === 0) return wallet;
  const earned = limits.map((cap) => {
    const count = countOf(wallet, cap, periodOf(currency, cap, entry));
    return { ...count, amount: count.amount + amount };
  });
  return { ...wallet, earned };
}

/** All that a player has of a currency, what is held included. */
export function holdings({ balance, held = 0 }: WalletState): number {
  return balance + held;
}
