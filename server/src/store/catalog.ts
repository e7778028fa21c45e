import { createHash, randomBytes } from 'node:crypto';
import { commit, put, putNew, type Write } from './commit.ts';
import { playerKey } from './players.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItems, queryItems, recordOf, type Table } from './table.ts';

function stockKey(scope: Scope, item: string): Key {
  return keyOf(scope, ['STOCK', item], ['TAKEN']);
}

/** How many of some catalogue items are sold or held, by item; none of one that was never counted. */
export async function takenOf(table: Table, scope: Scope, items: readonly string[]): Promise<Map<string, number>> {
  const byKey = new Map(items.map((item) => [stockKey(scope, item).pk, item]));
  const found = await getItems(
    table,
    items.map((item) => stockKey(scope, item)),
  );
  return new Map(found.map((item) => [byKey.get(String(item.pk)) ?? '', Number(item.taken)]));
}

/** Takes so many out of a stock, where so many are there. The counter decides, whoever asks at the same moment. */
function take<Refusal extends string>(
  table: Table,
  scope: Scope,
  { item, count, stock }: { readonly item: string; readonly count: number; readonly stock: number },
  refusal: Refusal,
): Write<Refusal> {
  const { pk, sk } = stockKey(scope, item);
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'ADD #taken :count',
        ConditionExpression: stock < count ? '#taken <= :room' : 'attribute_not_exists(#taken) OR #taken <= :room',
        ExpressionAttributeNames: { '#taken': 'taken' },
        ExpressionAttributeValues: { ':count': count, ':room': stock - count },
      },
    },
    refusal,
  };
}

/** Takes one out of a stock for whoever buys it, unless it is used up. */
export function takeOne(table: Table, scope: Scope, item: string, stock: number): Write<'sold_out'> {
  return take(table, scope, { item, count: 1, stock }, 'sold_out');
}

/** Takes some out of a stock that rewards give of; where others were quicker it is decided anew whether they are there. */
export function takeSome(table: Table, scope: Scope, item: string, count: number, stock: number): Write<'pool_moved'> {
  return take(table, scope, { item, count, stock }, 'pool_moved');
}

/** Puts one back into a stock. */
export function putBack(table: Table, scope: Scope, item: string): Write {
  const { pk, sk } = stockKey(scope, item);
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET #taken = #taken - :one',
        ConditionExpression: '#taken > :none',
        ExpressionAttributeNames: { '#taken': 'taken' },
        ExpressionAttributeValues: { ':none': 0, ':one': 1 },
      },
    },
  };
}

function boughtKey(scope: Scope, userId: string, item: string): Key {
  return playerKey(scope, userId, ['BOUGHT', item]);
}

/** How many of some items a player has or waits for, by item. */
export async function boughtOf(
  table: Table,
  scope: Scope,
  userId: string,
  items: readonly string[],
): Promise<Map<string, number>> {
  const byKey = new Map(items.map((item) => [boughtKey(scope, userId, item).sk, item]));
  const found = await getItems(
    table,
    items.map((item) => boughtKey(scope, userId, item)),
  );
  return new Map(found.map((one) => [byKey.get(String(one.sk)) ?? '', recordOf<number>(one)]));
}

/** Keeps how many of an item a player has or waits for; the player's sheet guards it. */
export function saveBought(table: Table, scope: Scope, userId: string, item: string, count: number): Write {
  return { item: put(table, { ...boughtKey(scope, userId, item), record: count }) };
}

function digestOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

/** That a code is or was in the pool. */
function knownKey(scope: Scope, item: string, code: string): Key {
  return keyOf(scope, ['CODES', item], ['KNOWN', digestOf(code)]);
}

/** A code that nobody has. In the order of digests, so that those who take at once seldom meet. */
function freeKey(scope: Scope, item: string, code: string): Key {
  return keyOf(scope, ['CODES', item], ['FREE', digestOf(code)]);
}

/** How many codes go into one transaction: two writes each. */
const CODES_TOGETHER = 45;

/** Adds codes to a pool, and answers with how many of them were new to it. */
export async function addCodes(table: Table, scope: Scope, item: string, codes: readonly string[]): Promise<number> {
  const all = [...new Set(codes)];
  let added = 0;
  for (let start = 0; start < all.length; start += CODES_TOGETHER) {
    added += await addSome(table, scope, item, all.slice(start, start + CODES_TOGETHER));
  }
  return added;
}

async function addSome(table: Table, scope: Scope, item: string, codes: readonly string[]): Promise<number> {
  for (;;) {
    const found = await getItems(
      table,
      codes.map((code) => knownKey(scope, item, code)),
    );
    const known = new Set(found.map(({ sk }) => sk));
    const fresh = codes.filter((code) => !known.has(knownKey(scope, item, code).sk));
    const result = await commit(
      table,
      fresh.flatMap((code) => [
        { item: putNew(table, { ...knownKey(scope, item, code), record: true }) },
        { item: putNew(table, { ...freeKey(scope, item, code), record: code }) },
      ]),
    );
    // Somebody else adds the same codes at the same moment: what they added is known on the next try.
    if (result.kind === 'committed') return fresh.length;
  }
}

/** Finds up to so many codes that nobody has, from a place in the pool that chance decides. */
export async function freeCodes(table: Table, scope: Scope, item: string, limit: number): Promise<string[]> {
  const { pk } = freeKey(scope, item, '');
  const prefix = sortPrefix(['FREE']);
  const after = `${prefix}${randomBytes(8).toString('hex')}`;
  const found = await queryItems(table, { partition: pk, prefix, after, limit });
  const first = found.length < limit ? await queryItems(table, { partition: pk, prefix, limit }) : [];
  const codes = [...found, ...first].map((one) => recordOf<string>(one));
  return [...new Set(codes)].slice(0, limit);
}

/** Finds a code that nobody has. */
export async function freeCode(table: Table, scope: Scope, item: string): Promise<string | undefined> {
  return (await freeCodes(table, scope, item, 1))[0];
}

/** Takes a code out of a pool: whoever is second is refused, and tries another. */
export function takeCode(table: Table, scope: Scope, item: string, code: string): Write<'code_taken'> {
  const { pk, sk } = freeKey(scope, item, code);
  const Delete = { TableName: table.name, Key: { pk, sk }, ConditionExpression: 'attribute_exists(pk)' };
  return { item: { Delete }, refusal: 'code_taken' };
}

/** Puts a code that nobody saw back into its pool. */
export function putBackCode(table: Table, scope: Scope, item: string, code: string): Write {
  return { item: putNew(table, { ...freeKey(scope, item, code), record: code }) };
}

/** Counts the codes that nobody has. */
export async function countFreeCodes(table: Table, scope: Scope, item: string): Promise<number> {
  const { pk } = freeKey(scope, item, '');
  return (await queryItems(table, { partition: pk, prefix: sortPrefix(['FREE']) })).length;
}
