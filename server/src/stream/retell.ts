import type { StreamConsumer } from '../ports/stream.ts';
import { batchItemsBetween } from '../store/happenings.ts';
import { workspaceScope } from '../store/scope.ts';
import type { Item, Table } from '../store/table.ts';
import { listTenants, listWorkspaces } from '../store/tenants.ts';

const EVERYTHING = { limit: 10_000, after: undefined };

function changeOf(item: Item) {
  return { key: { pk: String(item.pk), sk: String(item.sk) }, before: undefined, after: item };
}

/**
 * Gives a consumer, from the table itself, what happened in all workspaces from one time to another: what it missed when
 * it was away for longer than the stream keeps records, or all of it where what it had made is to be made anew.
 */
export async function retell(table: Table, consumer: StreamConsumer, from: string, to: string): Promise<void> {
  for (const { slug: tenant } of (await listTenants(table, EVERYTHING)).items) {
    for (const { slug: workspace } of (await listWorkspaces(table, tenant, EVERYTHING)).items) {
      const scope = workspaceScope(tenant, workspace);
      if (consumer.rebuild !== undefined) {
        await consumer.rebuild(scope);
        continue;
      }
      const items = await batchItemsBetween(table, scope, { from, to });
      const wanted = items.map(changeOf).filter(({ key }) => consumer.wants(key));
      if (wanted.length > 0) await consumer.consume(wanted);
    }
  }
}
