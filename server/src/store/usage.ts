import { changeOfUse, type PlayerUse, type UseChange } from '../domain/people/usage.ts';
import { commit, putVersion, type Write } from './commit.ts';
import { getAccepted, playerKey } from './players.ts';
import { type Key, keyOf, type Scope, sortParts, tenantScope } from './scope.ts';
import { getItem, getItems, type Item, recordOf, SHARDS, shardOf, type Table } from './table.ts';
import { getUserStatus } from './users.ts';

/** How much a tenant has used of what its plan limits by measure. */
export interface Usage {
  /** How many players there are. */
  readonly players: number;
  /** How many events were accepted in the month. */
  readonly events: number;
}

function counterKey(tenant: string, shard: number, place: UseChange['place']): Key {
  return keyOf(tenantScope(tenant), ['USAGE', String(shard)], place);
}

/** What of a player was counted. It names nobody, and outlives the player, whom it is needed to count out. */
function countedKey(scope: Scope, userId: string): Key {
  return playerKey(scope, userId, ['USED']);
}

/** Reads what a tenant has used, with what it has accepted in a month of UTC, such as `2026-11`. */
export async function getUsage(table: Table, tenant: string, month: string): Promise<Usage> {
  const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
  const keysOf = (place: UseChange['place']) => shards.map((shard) => counterKey(tenant, shard, place));
  const items = await getItems(table, [...keysOf(['PLAYERS']), ...keysOf(['EVENTS', month])]);
  const sum = (kind: UseChange['place'][0]) =>
    items.filter(({ sk }) => sortParts(String(sk))[0] === kind).reduce((total, { count }) => total + Number(count), 0);
  return { players: sum('PLAYERS'), events: sum('EVENTS') };
}

function countedIn(item: Item | undefined): PlayerUse {
  return item === undefined ? { players: 0, accepted: {} } : JSON.parse(recordOf<string>(item));
}

async function useNow(table: Table, scope: Scope, userId: string): Promise<PlayerUse> {
  // Without the vault: nothing of it is sealed.
  const plain = { client: table.client, name: table.name };
  const [status, accepted] = await Promise.all([
    getUserStatus(plain, scope, userId),
    getAccepted(plain, scope, userId),
  ]);
  return { players: status === undefined ? 0 : 1, accepted };
}

function addUse(table: Table, tenant: string, userId: string, { place, amount }: UseChange): Write {
  const { pk, sk } = counterKey(tenant, shardOf(userId), place);
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'ADD #count :amount',
        ExpressionAttributeNames: { '#count': 'count' },
        ExpressionAttributeValues: { ':amount': amount },
      },
    },
  };
}

/** How often a player is tried anew where somebody else was quicker. */
const TRIES = 10;

/** Counts what a player adds now in place of what was counted of them before: however often it is called, once. */
export async function countUse(table: Table, scope: Scope, userId: string): Promise<void> {
  const key = countedKey(scope, userId);
  for (let tried = 1; tried <= TRIES; tried += 1) {
    const stored = await getItem(table, key);
    // Read after what was counted, so that it is never older.
    const { counted, changes } = changeOfUse(countedIn(stored), await useNow(table, scope, userId));
    if (changes.length === 0) return;
    const version = Number(stored?.version ?? 0);
    const item = { ...key, version: version + 1, record: JSON.stringify(counted) };
    const result = await commit(table, [
      { item: putVersion(table, item, version) },
      ...changes.map((change) => addUse(table, scope.tenant, userId, change)),
    ]);
    if (result.kind === 'committed') return;
  }
  throw Object.assign(new Error('what a player adds is contended'), { code: 'ETIMEDOUT' });
}
