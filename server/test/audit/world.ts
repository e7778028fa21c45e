import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditRecord } from '@laurel/contract/audit-records/schema';
import type { Table } from '../../src/store/table.ts';
import { type Access, call, type TestPlatform } from '../support/platform.ts';

/** Where a workspace's records are. */
export const RECORDS = '/dashboard/v1/audit-records';

/** Every item of the table that the audit has written, by its key. */
export async function auditItems({ client, name }: Table): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: name, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) }),
    );
    items.push(...(page.Items ?? []).filter(({ pk }) => /#AUDIT#/.test(String(pk))));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

/** All records that are sealed, of every chain, in the order of their chains. */
export async function sealedRecords(laurel: TestPlatform): Promise<(AuditRecord & { readonly chain: string })[]> {
  await laurel.platform.inside.sealer.seal();
  const blocks = (await auditItems(laurel.table)).filter(({ sk }) => String(sk).startsWith('BLOCK#'));
  return blocks
    .toSorted((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1))
    .flatMap(({ pk, record }) =>
      Object(record).records.map((one: AuditRecord) => ({ ...one, chain: String(pk).replace('#AUDIT#CHAIN', '') })),
    );
}

/** The records that a list answers with, page by page. */
export async function listAll(access: Access, query = '', path = RECORDS): Promise<AuditRecord[]> {
  const records: AuditRecord[] = [];
  let cursor: unknown = null;
  do {
    const more: string = cursor === null ? '' : `&cursor=${cursor}`;
    const { body, status, text } = await call(access, 'GET', `${path}?limit=200${query}${more}`);
    if (status !== 200) throw new Error(text);
    records.push(...(body.items as AuditRecord[]));
    cursor = body.nextCursor;
  } while (cursor !== null);
  return records;
}
