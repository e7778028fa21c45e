import type { Event } from '@laurel/contract/events/schema';
import { listPlayerEvents } from '../store/events.ts';
import { type CallContext, pageOf, reachOf } from './call.ts';

/** What a list of one player's events is asked for. */
interface PlayerEventQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly activity?: string | undefined;
}

/** The events of one player, the latest first. */
export async function playerEventPage(
  call: CallContext & { readonly query: PlayerEventQuery },
  userId: string,
): Promise<{ items: Event[]; nextCursor: string | null }> {
  const { activity } = call.query;
  const filters = { user: userId, activity };
  const keep = (event: Event) => activity === undefined || event.activity === activity;
  const found = await listPlayerEvents(call.platform.table, call.scope, userId, reachOf(call, filters), keep);
  return pageOf(call, filters, found, (event) => event);
}
