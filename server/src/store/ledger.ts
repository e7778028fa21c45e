import type { LedgerEntry, LedgerReason } from '@laurel/contract/wallets/schema';
import { heldAccount, owedAccount, walletAccount, walletOwner } from '../domain/index.ts';
import { putNew, type Write } from './commit.ts';
import { afterOf, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { playerKey } from './players.ts';
import { indexKeyOf, type Key, keyOf, type Scope, sortableNumber, sortPrefix } from './scope.ts';
import { queryItems, recordOf, SHARDS, shardOf, type Table } from './table.ts';

/** One leg of a transaction, on one account. */
export interface Leg {
  readonly account: string;
  readonly transaction: string;
  readonly currency: string;
  readonly amount: number;
  readonly counterparty: string;
  readonly reason: LedgerReason;
  readonly occurredAt: string;
  readonly postedAt: string;
}

/** A leg's place among those of its transaction. */
interface Place {
  /** What decides the shard: the player, so that those of a shard never meet; else the transaction. */
  readonly spread: string;
  /** Unique among the legs of the account in this transaction. */
  readonly name: string;
}

function legIndexKey(scope: Scope, currency: string, shard: number, sort: readonly string[] = []) {
  return indexKeyOf(scope, ['LEGS', currency, String(shard)], sort);
}

/** An account that is no wallet is spread over shards: every movement touches one. */
function accountKey(scope: Scope, account: string, shard: number, sort: readonly string[] = []): Key {
  return keyOf(scope, ['ACCOUNT', account, String(shard)], ['LEG', ...sort]);
}

/** Writes a leg on an account that is no wallet. */
export function saveAccountLeg(table: Table, scope: Scope, leg: Leg, { spread, name }: Place): Write {
  const shard = shardOf(spread);
  const { account, transaction, currency, postedAt } = leg;
  const key = accountKey(scope, account, shard, [currency, postedAt, transaction, name]);
  const index = legIndexKey(scope, currency, shard, [transaction, account, name]);
  return { item: putNew(table, { ...key, ...index, record: leg }) };
}

/** A movement of an account of a player. */
export interface PlayerMovement {
  readonly account: 'wallet' | 'held' | 'owed';
  readonly entry: LedgerEntry;
  readonly number: number;
  /** Whether the other leg is written by somebody else. */
  readonly alone: boolean;
}

const accountNames = { wallet: walletAccount, held: heldAccount, owed: owedAccount };

/**
 * Writes both legs of a movement between an account of a player and its counterparty: they add up to zero. What moves
 * the wallet stands in its list of entries; what is held or owed is no part of it.
 */
export function saveMovement(
  table: Table,
  scope: Scope,
  userId: string,
  { account: kind, entry, number, alone }: PlayerMovement,
): Write[] {
  const { transaction, currency, amount, counterparty, reason, occurredAt, postedAt } = entry;
  const account = accountNames[kind](userId);
  const leg: Leg = { account, transaction, currency, amount, counterparty, reason, occurredAt, postedAt };
  const place = { spread: userId, name: `${userId}:${sortableNumber(number)}` };
  const index = legIndexKey(scope, currency, shardOf(userId), [transaction, account, place.name]);
  const key = playerKey(scope, userId, ['LEG', currency, sortableNumber(number)]);
  const own: Write =
    kind === 'wallet'
      ? { item: putNew(table, { ...key, ...index, entry, record: leg }) }
      : saveAccountLeg(table, scope, leg, place);
  const other: Leg = { ...leg, account: counterparty, amount: -amount, counterparty: account };
  const legs = alone ? [own] : [own, saveAccountLeg(table, scope, other, place)];
  // Their numbers are the sheet's to give.
  return legs.map((one) => ({ ...one, later: true }));
}

/** Lists the movements in a player's wallet, the latest first. */
export async function listEntries(
  table: Table,
  scope: Scope,
  userId: string,
  currency: string,
  reach: Reach,
): Promise<Listing<LedgerEntry>> {
  const items = await queryItems(table, {
    partition: playerKey(scope, userId, []).pk,
    prefix: sortPrefix(['LEG', currency]),
    descending: true,
    limit: reach.limit + 1,
    ...afterOf(reach),
  });
  return listing(items, reach, sortKeyOf, (item) => item.entry as LedgerEntry);
}

/** Reads every leg of an account in a currency, in the order in which they were posted. */
export async function readLegs(table: Table, scope: Scope, account: string, currency: string): Promise<Leg[]> {
  const prefix = sortPrefix(['LEG', currency]);
  const owner = walletOwner(account);
  if (owner !== undefined) {
    const items = await queryItems(table, { partition: playerKey(scope, owner, []).pk, prefix });
    return items.map(recordOf<Leg>);
  }
  const shards = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) =>
      queryItems(table, { partition: accountKey(scope, account, shard).pk, prefix }),
    ),
  );
  const items = shards.flat().toSorted((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1));
  return items.map(recordOf<Leg>);
}

/** What all legs of one currency add up to, counted from the legs themselves. */
export interface LegSums {
  readonly legs: number;
  readonly sum: bigint;
  /** The sums of the legs on players' wallets, on what they hold, and on what they owe, which is below 0. */
  readonly outstanding: bigint;
  readonly held: bigint;
  readonly owed: bigint;
}

const PAGE = 1000;

/** Sums that grow leg by leg. */
interface Sums {
  legs: number;
  sum: bigint;
  readonly byKind: Map<string, bigint>;
}

function count({ byKind, ...sums }: Sums, { account, amount }: Leg, sign: 1 | -1): Sums {
  const kind = account.slice(0, account.indexOf(':'));
  byKind.set(kind, (byKind.get(kind) ?? 0n) + BigInt(sign * amount));
  return { legs: sums.legs + sign, sum: sums.sum + BigInt(sign * amount), byKind };
}

/** Every leg of a currency in one shard, in the order of transactions. */
async function* legsIn(table: Table, partition: string): AsyncGenerator<Leg> {
  let after: string | undefined;
  for (;;) {
    const items = await queryItems(table, { partition, index: true, limit: PAGE, ...afterOf({ limit: PAGE, after }) });
    yield* items.map(recordOf<Leg>);
    after = items.at(-1) && String(items.at(-1)?.gsi1sk);
    if (items.length < PAGE) return;
  }
}

function isEven(legs: readonly Leg[]): boolean {
  return legs.reduce((sum, { amount }) => sum + BigInt(amount), 0n) === 0n;
}

/**
 * Adds up every leg of a currency. The sums are exact, however large. The shards are read one after the other while
 * others post, so that a transaction over several of them may be read in part: those that are uneven are read again.
 */
export async function sumLegs(table: Table, scope: Scope, currency: string): Promise<LegSums> {
  let sums: Sums = { legs: 0, sum: 0n, byKind: new Map() };
  const shards = Array.from({ length: SHARDS }, (_, shard) => legIndexKey(scope, currency, shard).gsi1pk);
  const uneven = new Map<string, Map<string, readonly Leg[]>>();
  const close = (shard: string, group: readonly Leg[]) => {
    const [first] = group;
    if (first === undefined || isEven(group)) return;
    const { transaction } = first;
    uneven.set(transaction, (uneven.get(transaction) ?? new Map()).set(shard, group));
  };
  for (const shard of shards) {
    let group: Leg[] = [];
    for await (const leg of legsIn(table, shard)) {
      sums = count(sums, leg, 1);
      if (group[0]?.transaction !== leg.transaction) {
        close(shard, group);
        group = [];
      }
      group.push(leg);
    }
    close(shard, group);
  }
  for (const [transaction, groups] of uneven) {
    if (isEven([...groups.values()].flat())) continue;
    for (const shard of shards) {
      const prefix = sortPrefix([transaction]);
      const now = (await queryItems(table, { partition: shard, index: true, prefix })).map(recordOf<Leg>);
      const before = groups.get(shard);
      // What is even there was counted, if it was there.
      if (before === undefined && isEven(now)) continue;
      for (const leg of before ?? []) sums = count(sums, leg, -1);
      for (const leg of now) sums = count(sums, leg, 1);
    }
  }
  const of = (kind: string) => sums.byKind.get(kind) ?? 0n;
  return { legs: sums.legs, sum: sums.sum, outstanding: of('user'), held: of('held'), owed: of('owed') };
}
