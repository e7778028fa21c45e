import { type BadgeState, type HeldTier, lostTiers } from '../domain/badge/badge.ts';
import { putVersion, type Write } from './commit.ts';
import { afterOf, filteredListing, type Listing, type Reach, sortKeyOf } from './listing.ts';
import { playerKey } from './players.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, type Item, queryItems, recordOf, shardOf, type Table } from './table.ts';

/** What was last done to a badge by hand. */
export interface BadgeChange {
  readonly kind: 'awarded' | 'revoked';
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** A badge of a player as the table keeps it. */
export interface KeptBadge {
  /** Counts the writes; guards against two at once. 0 where nothing is kept yet. */
  readonly revision: number;
  readonly state: BadgeState | undefined;
  readonly change: BadgeChange | null;
}

function badgeKey(scope: Scope, userId: string, badge: string): Key {
  return playerKey(scope, userId, ['BADGE', badge]);
}

interface BadgeItem extends Item {
  readonly change?: BadgeChange;
}

function keptOf(item: BadgeItem | undefined): KeptBadge {
  if (item === undefined) return { revision: 0, state: undefined, change: null };
  return { revision: Number(item.version), state: recordOf<BadgeState>(item), change: item.change ?? null };
}

/** Reads one badge of a player. */
export async function getBadge(table: Table, scope: Scope, userId: string, badge: string): Promise<KeptBadge> {
  return keptOf(await getItem(table, badgeKey(scope, userId, badge)));
}

/** Reads all badges that a player has anything of, by badge. */
export async function getBadges(table: Table, scope: Scope, userId: string): Promise<ReadonlyMap<string, BadgeState>> {
  const { pk } = playerKey(scope, userId, []);
  const items = await queryItems(table, { partition: pk, prefix: sortPrefix(['BADGE']) });
  return new Map(items.map(recordOf<BadgeState>).map((state) => [state.badge, state]));
}

/** Lists the badges that a player has anything of, by badge. */
export function listBadges(table: Table, scope: Scope, userId: string, reach: Reach): Promise<Listing<KeptBadge>> {
  const { pk } = playerKey(scope, userId, []);
  return filteredListing(
    reach,
    (limit, after) =>
      queryItems(table, { partition: pk, prefix: sortPrefix(['BADGE']), limit, ...afterOf({ limit, after }) }),
    sortKeyOf,
    keptOf,
    () => true,
  );
}

/** How many lists the revocations of a workspace are spread over. */
export const REVOCATION_LISTS = 8;

/** Which list a credential's revocation stands in. */
export function revocationListOf(credential: string): number {
  return shardOf(credential);
}

function revocationKey(scope: Scope, credential: string): Key {
  return keyOf(scope, ['REVOCATIONS', String(revocationListOf(credential))], [credential]);
}

/**
 * Writes a player's badge in place of what was read, and counts the credentials that are void with it.
 * @param credentialOf the name of what a tier's credentials have in common
 */
export function saveBadge(
  table: Table,
  scope: Scope,
  userId: string,
  before: KeptBadge,
  after: Omit<KeptBadge, 'revision' | 'state'> & { readonly state: BadgeState },
  credentialOf: (held: HeldTier) => string,
): Write<'version_mismatch'>[] {
  const { state, change } = after;
  const item = { ...badgeKey(scope, userId, state.badge), version: before.revision + 1, record: state, change };
  const revocations = lostTiers(before.state, state).map((held) => {
    const { pk, sk } = revocationKey(scope, credentialOf(held));
    return {
      item: {
        Update: {
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'ADD #times :one',
          ExpressionAttributeNames: { '#times': 'times' },
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
    };
  });
  return [{ item: putVersion(table, item, before.revision), refusal: 'version_mismatch' }, ...revocations];
}

/** How often a tier's credential was taken back; the next one takes the next number. */
export async function revocationsOf(table: Table, scope: Scope, credential: string): Promise<number> {
  const item = await getItem(table, revocationKey(scope, credential));
  return Number(item?.times ?? 0);
}

/** The revocations of one list: what was taken back, and how often. */
export async function listRevocations(
  table: Table,
  scope: Scope,
  list: number,
): Promise<readonly { readonly credential: string; readonly times: number }[]> {
  const { pk } = keyOf(scope, ['REVOCATIONS', String(list)], []);
  const items = await queryItems(table, { partition: pk });
  return items.map((item) => ({ credential: String(item.sk), times: Number(item.times) }));
}
