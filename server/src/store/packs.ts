import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { put, type Write } from './commit.ts';
import { playerKey, type Sheet } from './players.ts';
import { dropDue, putDue } from './schedule.ts';
import { type Key, type Scope, sortableNumber } from './scope.ts';
import { sealedWrite } from './sealing.ts';
import { getItem, recordOf, type Table, type TransactItem } from './table.ts';

/*
 * One change of a player's history may move more than one transaction holds: a late event that unlocks what was played
 * for months. Then everything that the sheet guards (`later`) is written down in few items, in the transaction that
 * writes the sheet, and unpacked right after it; whoever is killed in between leaves that to whoever changes the player
 * next, or to the scheduler. So a change is made or is not made, however large it is.
 */

/** The most writes of one transaction that a player's change takes, so that some room is left for its caller's: of 100. */
const ROOM = 80;
/** An item may be 400 KB large, and all that one transaction writes 4 MB. */
const PACK_BYTES = 300_000;
const MOST_BYTES = 3_000_000;
/** What unpacks one pack at a time: 100 writes, of which one looks after the pack. */
const TOGETHER = 98;

/** Which due item unpacks what was left packed. */
export const PLAYER_UNPACK = 'player.unpack';

/** A player's packs, as their sheet names them. */
export interface PacksOf {
  readonly userId: string;
  /** The version of the sheet that they were written with. */
  readonly version: number;
  /** How many there are. */
  readonly packs: number;
}

/** The packs that a player's sheet was written with: none, most often. */
export function packsOf(userId: string, { version, packs = 0 }: Pick<Sheet, 'version' | 'packs'>): PacksOf {
  return { userId, version, packs };
}

function packKey(scope: Scope, { userId, version }: Omit<PacksOf, 'packs'>, part: number): Key {
  return playerKey(scope, userId, ['PACK', sortableNumber(version), sortableNumber(part)]);
}

/** A write as it is packed: done twice it is done once, since nobody else writes what the sheet guards. */
function unconditional({ Put, ...rest }: TransactItem): TransactItem {
  if (Put === undefined) return rest;
  const { TableName, Item } = Put;
  return { Put: { TableName, Item } };
}

/** Texts in their order, put together up to a size. */
function parcels(texts: readonly string[], most: number): string[][] {
  const parts: string[][] = [];
  let size = most;
  for (const text of texts) {
    const bytes = Buffer.byteLength(text);
    if (size + bytes > most) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(text);
    size += bytes;
  }
  return parts;
}

/** The writes of a change, of which there may be many, ready for one transaction. */
export interface Fitted {
  readonly writes: readonly Write[];
  /** How many packs there are among them; the sheet must tell. */
  readonly packs: number;
}

/**
 * Makes the writes of a player's change fit into one transaction, beside their sheet.
 * @param at when the scheduler looks whether all was unpacked, by the workspace's time
 * @returns nothing where there is more than even packs hold
 */
export function fit(
  table: Table,
  scope: Scope,
  { userId, version, at }: Omit<PacksOf, 'packs'> & { readonly at: string },
  writes: readonly Write[],
): Fitted | undefined {
  if (writes.length <= ROOM) return { writes, packs: 0 };
  const now = writes.filter(({ later }) => later !== true);
  const texts = writes.flatMap(({ item, later }) => (later === true ? [JSON.stringify(unconditional(item))] : []));
  const parts = parcels(texts, PACK_BYTES);
  const packed = { userId, version, packs: parts.length };
  const packs = parts.map(
    (own, part): Write => ({
      item: put(table, { ...packKey(scope, packed, part), record: `[${own.join(',')}]` }),
      ...(part === 0 ? { after: () => unpack(table, scope, packed) } : {}),
    }),
  );
  const all = [...now, ...packs, ...putDue(table, scope, { kind: PLAYER_UNPACK, subject: userId, at })];
  const bytes = all.reduce((sum, { item }) => sum + Buffer.byteLength(JSON.stringify(item)), 0);
  return all.length > ROOM || bytes > MOST_BYTES ? undefined : { writes: all, packs: parts.length };
}

/** Unpacks what a player's sheet names as packed. Several may do it at once, and after any of them died half-way. */
export async function unpack(table: Table, scope: Scope, packed: PacksOf): Promise<void> {
  for (let part = 0; part < packed.packs; part += 1) {
    const key = packKey(scope, packed, part);
    const item = await getItem(table, key);
    if (item === undefined) continue;
    const writes: TransactItem[] = JSON.parse(recordOf<string>(item));
    const isLast = part === packed.packs - 1;
    const swept = isLast ? dropDue(table, scope, { kind: PLAYER_UNPACK, subject: packed.userId }) : [];
    await unpackOne(table, key, writes, swept);
  }
}

/** Writes what is in a pack, and takes it away with the last of it; who finds it gone is done. */
async function unpackOne(
  table: Table,
  { pk, sk }: Key,
  writes: readonly TransactItem[],
  swept: readonly Write[],
): Promise<void> {
  const own = { TableName: table.name, Key: { pk, sk }, ConditionExpression: 'attribute_exists(pk)' };
  for (let start = 0; start < writes.length; start += TOGETHER) {
    const chunk = writes.slice(start, start + TOGETHER);
    const isLast = start + TOGETHER >= writes.length;
    const rest = isLast ? [{ Delete: own }, ...swept.map(({ item }) => item)] : [{ ConditionCheck: own }];
    if (!(await writeAll(table, [...chunk, ...rest]))) return;
  }
}

/** How often others may be in the way. */
const TRIES = 20;

/** Writes all; false where the pack is gone. */
async function writeAll(table: Table, items: TransactItem[]): Promise<boolean> {
  for (let tried = 1; ; tried += 1) {
    try {
      const sealed = await Promise.all(items.map((item) => sealedWrite(table.vault, item)));
      await table.client.send(new TransactWriteCommand({ TransactItems: sealed }));
      return true;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
      if (codes.includes('ConditionalCheckFailed')) return false;
      if (tried >= TRIES) throw error;
    }
  }
}
