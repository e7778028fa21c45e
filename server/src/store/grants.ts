import { putNew, type Write } from './commit.ts';
import { type Key, keyOf, type Scope } from './scope.ts';
import { getItem, type Table } from './table.ts';

function grantKey(scope: Scope, userId: string, grantId: string): Key {
  return keyOf(scope, ['U', userId], ['GRANT', grantId]);
}

/** Whether something was given already. */
export async function isGranted(table: Table, scope: Scope, userId: string, grantId: string): Promise<boolean> {
  return (await getItem(table, grantKey(scope, userId, grantId))) !== undefined;
}

/** Marks something as given, which can happen once. */
export function markGranted(table: Table, scope: Scope, userId: string, grantId: string, at: string): Write {
  return { item: putNew(table, { ...grantKey(scope, userId, grantId), record: { at } }), refusal: 'already_granted' };
}
