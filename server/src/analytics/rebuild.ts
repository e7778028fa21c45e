import { countedParts, playerPartsIn } from '../store/analytics.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { getWorkspace } from '../store/tenants.ts';
import { scanUsers } from '../store/users.ts';
import { countPlayer, touchedBy } from './count.ts';

/**
 * Counts everything of a workspace anew from the table, player by player, while it is in use: what is right stays as it
 * is. For whoever was away for longer than the stream is kept, and after what counts has changed, such as the zone.
 */
export async function rebuildAnalytics(table: Table, scope: Scope): Promise<void> {
  const workspace = await getWorkspace(table, scope.tenant, scope.workspace);
  if (workspace === undefined) return;
  const { zone } = workspace;
  for await (const { value } of scanUsers(table, scope, undefined)) {
    const userId = value.id;
    const touched = touchedBy(await playerPartsIn(table, scope, userId), zone);
    const counted = await countedParts(table, scope, userId);
    await countPlayer(
      { table, scope, zone, userId },
      {
        ...touched,
        days: new Set([...touched.days, ...counted.days]),
        progress: new Set([...touched.progress, ...counted.progress]),
      },
    );
  }
}
