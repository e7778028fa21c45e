import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Scope } from '../../src/store/scope.ts';
import type { Table } from '../../src/store/table.ts';

/** Deletes all that analytics have counted in a workspace. */
export async function deleteEverything({ client, name }: Table, { tenant, workspace }: Scope): Promise<void> {
  const prefix = `T#${tenant}#W#${workspace}#`;
  let start: Record<string, unknown> | undefined;
  do {
    // A page holds 1 MB of the table, which may be more.
    const page = await client.send(
      new ScanCommand({ TableName: name, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) }),
    );
    for (const { pk, sk } of page.Items ?? []) {
      const isCounted = String(pk).startsWith(`${prefix}ANALYTICS#`) || String(sk).startsWith('COUNTED#');
      if (!String(pk).startsWith(prefix) || !isCounted) continue;
      await client.send(new DeleteCommand({ TableName: name, Key: { pk, sk } }));
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}
