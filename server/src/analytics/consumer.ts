import type { StreamConsumer } from '../ports/stream.ts';
import { type PlayerPart, playerPartOf } from '../store/analytics.ts';
import { momentsOfFolds } from '../store/refolds.ts';
import { type Scope, scopeOfKey } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { getWorkspace } from '../store/tenants.ts';
import { countPlayer, touchedBy } from './count.ts';
import { rebuildAnalytics } from './rebuild.ts';

/** Parts of players, with each entry by itself where many were folded again together. */
async function eachEntry(table: Table, scope: Scope, parts: readonly PlayerPart[]): Promise<PlayerPart[]> {
  const all = await Promise.all(
    parts.map(async (part): Promise<PlayerPart[]> => {
      if (part.kind !== 'folds') return [part];
      const moments = await momentsOfFolds(table, scope, part.userId, part.sk);
      return moments.map((at) => ({ kind: 'entry', userId: part.userId, at }));
    }),
  );
  return all.flat();
}

/** Counts parts of players as they stand in the table now. */
async function countParts(table: Table, scope: Scope, parts: readonly PlayerPart[]): Promise<void> {
  const workspace = await getWorkspace(table, scope.tenant, scope.workspace);
  if (workspace === undefined) return;
  const { zone } = workspace;
  for (const [userId, own] of Map.groupBy(await eachEntry(table, scope, parts), (part) => part.userId)) {
    await countPlayer({ table, scope, zone, userId }, touchedBy(own, zone));
  }
}

/**
 * Keeps the counters of analytics. It takes from a change only which part of which player is another now; what that part
 * adds is read from the table and put in place of what it added before. So it comes out the same whether changes come
 * once or again, in order or not, and after late events, voids and refolds.
 */
export function analyticsConsumer(table: Table): StreamConsumer {
  return {
    name: 'analytics',
    wants: (key) => playerPartOf(key) !== undefined,
    async consume(changes) {
      const parts = new Map<string, { readonly scope: Scope; readonly parts: PlayerPart[] }>();
      for (const { key } of changes) {
        const scope = scopeOfKey(key);
        const part = playerPartOf(key);
        if (scope === undefined || part === undefined) continue;
        const name = `${scope.tenant}/${scope.workspace}`;
        const known = parts.get(name) ?? { scope, parts: [] };
        known.parts.push(part);
        parts.set(name, known);
      }
      for (const { scope, parts: own } of parts.values()) await countParts(table, scope, own);
    },
    rebuild: (scope) => rebuildAnalytics(table, scope),
  };
}
