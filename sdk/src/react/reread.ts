import type { Query, QueryClient } from '@tanstack/react-query';
import type { LaurelRoot } from './queries.ts';

/** A place among a player's queries: a resource, one of its operations, or one thing of it. */
export type Place = readonly [resource: string, verb?: string, id?: string];

/** The lists of a resource, and one thing of it. */
export function placesOf(resource: string, id: string): readonly Place[] {
  return [
    [resource, 'list'],
    [resource, 'get', id],
  ];
}

/** A player's queries in a cache. */
export interface Cached {
  readonly queryClient: QueryClient;
  readonly root: LaurelRoot;
}

/**
 * Reads again, once, what is shown of these places; what is not shown, when it is. A read that is under way may have
 * been answered before the change: one with data is made anew, a first one is followed by another.
 * @param also which queries else
 */
export function reread(
  { queryClient, root }: Cached,
  places: readonly Place[],
  also: (query: Query) => boolean = () => false,
): void {
  const isAt = ({ queryKey }: Query, place: Place): boolean =>
    place.every((part, index) => part === queryKey[root.length + index]);
  const touched = new Set(
    queryClient.getQueryCache().findAll({
      queryKey: root,
      predicate: (query) => places.some((place) => isAt(query, place)) || also(query),
    }),
  );
  for (const query of touched) {
    if (query.state.fetchStatus !== 'fetching' || query.state.data !== undefined) continue;
    query.promise?.then(
      () => queryClient.invalidateQueries({ predicate: (one) => one === query }),
      () => undefined,
    );
  }
  void queryClient.invalidateQueries({ predicate: (query) => touched.has(query) });
}
