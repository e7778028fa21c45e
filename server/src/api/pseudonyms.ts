import type { Contract } from '@laurel/contract';
import { Event } from '@laurel/contract/events/schema';
import { PseudonymousEvent, PseudonymousUser } from '@laurel/contract/pseudonyms/schema';
import { User } from '@laurel/contract/users/schema';
import { utcInstant } from '../calendar/civil.ts';
import type { Alias } from '../ports/vault.ts';
import { vaultOf } from '../privacy/erase.ts';
import { pseudonymous } from '../privacy/pseudonymous.ts';
import { commit } from '../store/commit.ts';
import { listEvents } from '../store/events.ts';
import type { Listing, Reach } from '../store/listing.ts';
import { saveRenewal } from '../store/privacy.ts';
import { getUsers, listUsers } from '../store/users.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { ProblemError } from './problem.ts';

/** Whether somebody's data go into analytics: not against their will, and not while nothing of theirs is processed. */
function isCounted({ status, consents }: User): boolean {
  return status !== 'restricted' && consents.analytics?.granted !== false;
}

/** Where the positions of these lists are sealed: in plain they would name an event or a user. */
const POSITIONS = 'positions of pseudonymous lists';

type Reading = CallContext & { readonly query: { readonly limit: number; readonly cursor?: string | undefined } };

async function openedReach(call: Reading, filters: unknown): Promise<Reach> {
  const { limit, after } = reachOf(call, filters);
  if (after === undefined) return { limit, after };
  const [opened] = await vaultOf(call.platform.table).open([{ scope: call.scope, place: POSITIONS, sealed: after }]);
  return { limit, after: opened };
}

async function sealedPage<T>(call: Reading, filters: unknown, { items, next }: Listing<T>) {
  const owner = { scope: call.scope, userId: null };
  const sealed = next === null ? null : await vaultOf(call.platform.table).seal(owner, POSITIONS, next);
  return pageOf(call, filters, { items, next: sealed }, (item) => item);
}

/** By what those of some users are known who may be told of. */
async function aliasesOf(
  { platform, scope }: CallContext,
  users: readonly User[],
): Promise<ReadonlyMap<string, Alias>> {
  const ids = users.filter(isCounted).map(({ id }) => id);
  return ids.length === 0 ? new Map() : vaultOf(platform.table).aliasesOf(scope, ids);
}

export const pseudonyms: Handlers<Contract['dashboard']['pseudonyms']> = {
  async events(call) {
    const [from, to] = [call.query.from, call.query.to].map((at) => (at === undefined ? undefined : utcInstant(at)));
    const { table } = call.platform;
    const filters = { from, to };
    const found = await listEvents(
      table,
      call.scope,
      await openedReach(call, filters),
      ({ occurredAt }) => (from === undefined || occurredAt >= from) && (to === undefined || occurredAt < to),
    );
    const users = await getUsers(
      table,
      call.scope,
      found.items.map(({ userId }) => userId),
    );
    const aliases = await aliasesOf(call, [...users.values()]);
    const items = found.items.flatMap((event) => {
      const alias = aliases.get(event.userId);
      return alias === undefined ? [] : [PseudonymousEvent.parse(pseudonymous(Event, event, alias))];
    });
    return { body: await sealedPage(call, filters, { ...found, items }) };
  },

  async users(call) {
    const found = await listUsers(call.platform.table, call.scope, await openedReach(call, {}), isCounted);
    const aliases = await aliasesOf(call, found.items);
    const items = found.items.flatMap((user) => {
      const alias = aliases.get(user.id);
      return alias === undefined ? [] : [PseudonymousUser.parse(pseudonymous(User, user, alias))];
    });
    return { body: await sealedPage(call, {}, { ...found, items }) };
  },

  async renew(call) {
    const { table } = call.platform;
    // First of all it is written down, with the record of the call: a key that is gone cannot be told of afterwards.
    const { kind } = await commit(table, saveRenewal(table, call.scope, call.now));
    if (kind !== 'committed') throw new ProblemError('conflict');
    await vaultOf(table).renewAliases(call.scope);
    return { body: { renewedAt: call.now } };
  },
};
