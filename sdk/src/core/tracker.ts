import type { AppClient } from '../generated/clients.ts';
import { bodyText } from './body.ts';
import { withIds } from './event-ids.ts';
import type { CallOptions } from './options.ts';
import type { Send } from './transport.ts';

/** What tracks events of a player, and nothing else. */
export type Tracking = Pick<AppClient['events'], 'track' | 'trackBatch'>;

/** The two operations by hand, without the table and what reads it; a test holds them against the contract. */
export function trackingOf(send: Send): Tracking;
export function trackingOf(send: Send): object {
  const post =
    (path: string) =>
    async (body: unknown, options: CallOptions = {}): Promise<unknown> =>
      send({ method: 'POST', path, body: bodyText(withIds(body)), headers: {}, repeatable: true, options });
  return { track: post('/app/v1/events'), trackBatch: post('/app/v1/events/batch') };
}
