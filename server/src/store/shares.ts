import { partsOfShare, type SharePlace, type TeamShare } from '../domain/index.ts';
import { afterOf, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, type Scope, sortParts, sortPrefix } from './scope.ts';
import { queryItems, recordOf, type Table } from './table.ts';

/**
 * What members gave to a team is kept with the team, so that all that makes up its score on a board in a period is one
 * query, and a changed key tells what is to be counted again. The sheet of its player guards each share.
 */
function partitionKey(scope: Scope, team: string, sort: readonly string[]): Key {
  return keyOf(scope, ['SHARES', team], sort);
}

/** The place of a player's share, by its id. */
export function shareKey(scope: Scope, userId: string, id: string): Key {
  const { of, definition, period, team, member } = partsOfShare(id);
  return partitionKey(scope, team, [of, definition, period, userId, member]);
}

function isOf(of: string): of is SharePlace['of'] {
  return of === 'leaderboard' || of === 'mission';
}

/** To what of which team a share was given, told by its key; nothing where the key is none of a share. */
export function sharePlaceOf({ pk, sk }: Key): SharePlace | undefined {
  // Ids hold no `#` and no `%`, so their parts of keys are as they are.
  const team = /^T#[^#]+#W#[^#]+#SHARES#([^#]+)$/.exec(pk)?.[1];
  const [of = '', definition = '', period = ''] = sortParts(sk);
  return team !== undefined && isOf(of) ? { of, definition, period, team } : undefined;
}

/** Reads all shares of members in something of a team, strongly consistent. */
export async function readShares(
  table: Table,
  scope: Scope,
  { of, definition, period, team }: SharePlace,
): Promise<TeamShare[]> {
  const { pk: partition } = partitionKey(scope, team, []);
  const items = await queryItems(table, { partition, prefix: sortPrefix([of, definition, period]) });
  return items.map(recordOf<TeamShare>);
}

/** A share, and whose it is. */
export interface OwnedShare {
  readonly userId: string;
  readonly share: TeamShare;
}

/** Lists the shares of members in something of a team, by user and then by the stretches of time that they were in it. */
export async function listShares(
  table: Table,
  scope: Scope,
  { of, definition, period, team }: SharePlace,
  reach: Reach,
): Promise<Listing<OwnedShare>> {
  const { pk: partition } = partitionKey(scope, team, []);
  const prefix = sortPrefix([of, definition, period]);
  const items = await queryItems(table, { partition, prefix, limit: reach.limit + 1, ...afterOf(reach) });
  return listing(items, reach, sortKeyOf, (item) => ({
    userId: String(item.userId),
    share: recordOf<TeamShare>(item),
  }));
}

/** All that anything was given to of a team. */
export async function sharePlaces(table: Table, scope: Scope, team: string): Promise<SharePlace[]> {
  const { pk: partition } = partitionKey(scope, team, []);
  const items = await queryItems(table, { partition, only: ['pk'] });
  const places = items.flatMap(({ pk, sk }) => sharePlaceOf({ pk: String(pk), sk: String(sk) }) ?? []);
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}
