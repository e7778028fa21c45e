import type { Workspace } from '@laurel/contract/workspaces/schema';
import { put, type Write } from './commit.ts';
import { type Key, keyOf, type Scope, sortableNumber, sortPrefix } from './scope.ts';
import { queryItems, recordOf, type Table } from './table.ts';
import { getWorkspace, updateWorkspace } from './tenants.ts';

type Declared = Pick<Workspace, 'userAttributes'>;

function declaredKey(scope: Scope, version: number): Key {
  return keyOf(scope, ['RULESET'], ['DECLARED', sortableNumber(version)]);
}

/**
 * Keeps what a workspace declares of its users' attributes from a version of its ruleset on, and, with the first
 * change, what it declared before: past rulesets are compiled by the declaration of their time.
 */
function saveDeclared(table: Table, scope: Scope, version: number, before: Declared, after: Declared): Write[] {
  const { pk, sk } = declaredKey(scope, 0);
  const kept = ({ userAttributes }: Declared): Declared => ({ userAttributes });
  const first = {
    TableName: table.name,
    Key: { pk, sk },
    UpdateExpression: 'SET #record = if_not_exists(#record, :before)',
    ExpressionAttributeNames: { '#record': 'record' },
    ExpressionAttributeValues: { ':before': kept(before) },
  };
  return [{ item: { Update: first } }, { item: put(table, { ...declaredKey(scope, version), record: kept(after) }) }];
}

/** Saves a workspace that declares something else from a version of its ruleset on. It goes with that version's write. */
export function declareAttributes(
  table: Table,
  scope: Scope,
  version: number,
  { before, after }: { readonly before: Workspace; readonly after: Workspace },
): Write[] {
  return [...updateWorkspace(table, after), ...saveDeclared(table, scope, version, before, after)];
}

/** Reads what a workspace declares of its users' attributes under a version of its ruleset. */
export async function getDeclared(table: Table, scope: Scope, version: number): Promise<Workspace['userAttributes']> {
  const { pk: partition, sk: after } = declaredKey(scope, version + 1);
  const prefix = sortPrefix(['DECLARED']);
  const [last] = await queryItems(table, { partition, prefix, descending: true, after, limit: 1 });
  if (last !== undefined) return recordOf<Declared>(last).userAttributes;
  return (await getWorkspace(table, scope.tenant, scope.workspace))?.userAttributes ?? null;
}
