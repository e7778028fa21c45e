import type { Query } from '@tanstack/react-query';
import type { LedgerEntry, PlayerMission, Progress, Wallet } from '../generated/types.ts';
import type { Cached } from './reread.ts';

/** All missions of a player that are in the cache. */
export function knownMissions({ queryClient, root }: Cached): readonly PlayerMission[] {
  const lists = queryClient.getQueriesData<readonly PlayerMission[]>({ queryKey: [...root, 'missions', 'list'] });
  const singles = queryClient.getQueriesData<PlayerMission>({ queryKey: [...root, 'missions', 'get'] });
  return [...lists.flatMap(([, all]) => all ?? []), ...singles.flatMap(([, one]) => one ?? [])];
}

/**
 * Changes the data of the queries of an operation. They keep their age: they are as old as what the server said, and as
 * invalid as before.
 */
function changeAt<Data>(
  { queryClient, root }: Cached,
  [resource, verb]: readonly [resource: string, verb: string],
  change: (data: Data, query: Query) => Data,
): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: [...root, resource, verb] })) {
    const { dataUpdatedAt: updatedAt, isInvalidated } = query.state;
    const changed = (data: Data | undefined): Data | undefined => {
      const next = data === undefined ? undefined : change(data, query);
      // Nothing is set where nothing is given.
      return next === data ? undefined : next;
    };
    queryClient.setQueryData<Data>(query.queryKey, changed, { updatedAt });
    if (isInvalidated) query.invalidate();
  }
}

/** Each changed; the same list where none is. */
function each<Item>(items: Item[], change: (item: Item) => Item): Item[] {
  const next = items.map(change);
  return next.every((item, index) => item === items[index]) ? items : next;
}

/** Changes progress wherever the cache has it: what is given back as it was is left alone. */
export function changeProgress(cached: Cached, change: (progress: Progress, query: Query) => Progress): void {
  const inMission = (mission: PlayerMission, query: Query): PlayerMission => {
    const progress = mission.progress === null ? null : change(mission.progress, query);
    return progress === mission.progress ? mission : { ...mission, progress };
  };
  changeAt<PlayerMission[]>(cached, ['missions', 'list'], (all, query) => each(all, (one) => inMission(one, query)));
  changeAt<PlayerMission>(cached, ['missions', 'get'], inMission);
  changeAt<Progress[]>(cached, ['progress', 'list'], (all, query) => each(all, (one) => change(one, query)));
  changeAt<Progress>(cached, ['progress', 'get'], change);
}

/** Puts what the wallets held after the last of these entries into the cache. */
export function bookEntries(cached: Cached, entries: readonly LedgerEntry[]): void {
  const balances = new Map(entries.map(({ currency, balance }) => [currency, balance]));
  const booked = (wallet: Wallet): Wallet => {
    const available = balances.get(wallet.currency) ?? wallet.available;
    return available === wallet.available ? wallet : { ...wallet, available };
  };
  changeAt<Wallet[]>(cached, ['wallets', 'list'], (all) => each(all, booked));
  changeAt<Wallet>(cached, ['wallets', 'get'], booked);
}
