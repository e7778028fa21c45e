import { putNew, type Write } from './commit.ts';
import { type Key, keyOf, type Scope } from './scope.ts';
import { getItem, recordOf, type Table } from './table.ts';

function grantKey(scope: Scope, userId: string, grantId: string): Key {
  return keyOf(scope, ['U', userId], ['GRANT', grantId]);
}

/** That something was given. */
export interface GrantMark {
  readonly at: string;
  /** Whether it was less than was promised; absent where it was not. */
  readonly reduced?: true;
}

/** The mark that something was given already; nothing where it was not. */
export async function readGrant(
  table: Table,
  scope: Scope,
  userId: string,
  grantId: string,
): Promise<GrantMark | undefined> {
  const item = await getItem(table, grantKey(scope, userId, grantId));
  return item && recordOf<GrantMark>(item);
}

/** Marks something as given, which can happen once. */
export function markGranted(table: Table, scope: Scope, userId: string, grantId: string, mark: GrantMark): Write {
  return { item: putNew(table, { ...grantKey(scope, userId, grantId), record: mark }), refusal: 'already_granted' };
}
