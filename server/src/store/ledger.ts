import type { LedgerEntry } from '@laurel/contract/wallets/schema';
import { putNew, type Write } from './commit.ts';
import { afterOf, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { playerKey } from './players.ts';
import { indexKeyOf, type Key, keyOf, type Scope, sortableNumber, sortPrefix } from './scope.ts';
import { queryItems, recordOf, SHARDS, shardOf, type Table } from './table.ts';

/** The account that what players earn comes from; its legs are the negative of what is outstanding. */
export const ISSUANCE = 'system:issuance';

/** The account of a player's wallet. */
export function walletAccount(userId: string): string {
  return `user:${userId}`;
}

/** One leg of a transaction, on one account. */
export interface Leg {
  readonly account: string;
  readonly transaction: string;
  readonly currency: string;
  readonly amount: number;
}

function legIndexKey(scope: Scope, currency: string, shard: number, sort: readonly string[] = []) {
  return indexKeyOf(scope, ['LEGS', currency, String(shard)], sort);
}

function entryKey(scope: Scope, userId: string, entry: LedgerEntry, number: number): Key {
  return playerKey(scope, userId, ['LEG', entry.currency, sortableNumber(number)]);
}

/** A system account is spread over shards, since every movement touches it. */
function systemKey(scope: Scope, userId: string, entry: LedgerEntry): Key {
  const shard = String(shardOf(userId));
  return keyOf(scope, ['ACCOUNT', entry.counterparty, shard], ['LEG', entry.currency, entry.transaction]);
}

/** The account of what a player owes: its balance is the negative of that. */
export function owedAccount(userId: string): string {
  return `owed:${userId}`;
}

/**
 * Writes both legs of a movement between an account of a player and its counterparty: they add up to zero. What moves
 * the wallet stands in its list of entries; what a player owes is no part of it.
 */
export function saveMovement(
  table: Table,
  scope: Scope,
  userId: string,
  { account, entry, number }: { readonly account: string; readonly entry: LedgerEntry; readonly number: number },
): Write[] {
  const { transaction, currency, amount } = entry;
  const index = legIndexKey(scope, currency, shardOf(userId), [transaction, account]);
  const counterIndex = legIndexKey(scope, currency, shardOf(userId), [transaction, entry.counterparty]);
  const leg: Leg = { account, transaction, currency, amount };
  const counterLeg: Leg = { account: entry.counterparty, transaction, currency, amount: -amount };
  const key =
    account === walletAccount(userId)
      ? { ...entryKey(scope, userId, entry, number), entry }
      : playerKey(scope, userId, ['OWED', currency, sortableNumber(number)]);
  return [
    { item: putNew(table, { ...key, ...index, record: leg }) },
    { item: putNew(table, { ...systemKey(scope, userId, entry), ...counterIndex, record: counterLeg }) },
  ];
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

/** What all legs of one currency add up to, counted from the legs themselves. */
export interface LegSums {
  readonly legs: number;
  readonly sum: bigint;
  /** The sum of the legs on players' wallets. */
  readonly outstanding: bigint;
}

const PAGE = 1000;

/** Adds up every leg of a currency. The sums are exact, however large. */
export async function sumLegs(table: Table, scope: Scope, currency: string): Promise<LegSums> {
  let legs = 0;
  let sum = 0n;
  let outstanding = 0n;
  for (let shard = 0; shard < SHARDS; shard += 1) {
    let after: string | undefined;
    for (;;) {
      const partition = legIndexKey(scope, currency, shard).gsi1pk;
      const items = await queryItems(table, {
        partition,
        index: true,
        limit: PAGE,
        ...afterOf({ limit: PAGE, after }),
      });
      for (const leg of items.map(recordOf<Leg>)) {
        legs += 1;
        sum += BigInt(leg.amount);
        if (leg.account.startsWith('user:')) outstanding += BigInt(leg.amount);
      }
      after = items.at(-1) && String(items.at(-1)?.gsi1sk);
      if (items.length < PAGE) break;
    }
  }
  return { legs, sum, outstanding };
}
