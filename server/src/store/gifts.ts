import { putNew, type Write } from './commit.ts';
import { playerKey } from './players.ts';
import type { Key, Scope } from './scope.ts';
import { getItems, recordOf, type Table } from './table.ts';

function giftKey(scope: Scope, userId: string, cause: string): Key {
  return playerKey(scope, userId, ['GIFT', cause]);
}

/** Which of some causes have given the player an item already. */
export async function giftsOf(
  table: Table,
  scope: Scope,
  userId: string,
  causes: readonly string[],
): Promise<ReadonlySet<string>> {
  const distinct = [...new Set(causes)];
  const items = await getItems(
    table,
    distinct.map((cause) => giftKey(scope, userId, cause)),
  );
  return new Set(items.map((item) => recordOf<string>(item)));
}

/** Marks that a cause has given the player an item, which can happen once. */
export function markGift(table: Table, scope: Scope, userId: string, cause: string): Write<'pool_moved'> {
  return { item: putNew(table, { ...giftKey(scope, userId, cause), record: cause }), refusal: 'pool_moved' };
}
