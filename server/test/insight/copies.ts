import type { Laurel } from '@laurel/sdk/server';
import { type Game, laurelOf } from '../game/world.ts';

let made = 0;

/** A new, empty workspace of the same platform. */
export async function anotherWorkspace({ platform }: Game): Promise<Laurel> {
  made += 1;
  return laurelOf(await platform.createWorkspaceClient({ tenant: 'acme', workspace: `copy-${made}` }));
}

/** An event of a history that is sent to several workspaces. */
export interface Sent {
  readonly id: string;
  readonly userId: string;
  readonly activity: string;
  readonly occurredAt: string;
  readonly value: number;
}

/** Sends a history, in batches, and checks that all of it was taken. */
export async function send(laurel: Laurel, events: readonly Sent[]): Promise<void> {
  for (let start = 0; start < events.length; start += 500) {
    const { rejected } = await laurel.events.trackBatch({ events: events.slice(start, start + 500) });
    if (rejected > 0) throw new Error(`${rejected} events were rejected`);
  }
}

/** What came into wallets, by currency: from the wallets' own entries. */
export async function amountsIn(laurel: Laurel, users: readonly string[], currencies: readonly string[]) {
  const sums = new Map<string, number>();
  for (const userId of users) {
    for (const currency of currencies) {
      const { available, owed } = await laurel.as({ userId }).wallets.get(currency);
      sums.set(currency, (sums.get(currency) ?? 0) + available - owed);
    }
  }
  return sums;
}
