import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Scope } from '../../src/store/scope.ts';
import type { Table } from '../../src/store/table.ts';

/** Deletes all that analytics have counted in a workspace. */
export async function deleteEverything({ client, name }: Table, { tenant, workspace }: Scope): Promise<void> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true }));
  const prefix = `T#${tenant}#W#${workspace}#`;
  for (const { pk, sk } of Items) {
    const isCounted = String(pk).startsWith(`${prefix}ANALYTICS#`) || String(sk).startsWith('COUNTED#');
    if (!String(pk).startsWith(prefix) || !isCounted) continue;
    await client.send(new DeleteCommand({ TableName: name, Key: { pk, sk } }));
  }
}
