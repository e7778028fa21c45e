import type { StreamConsumer } from '../ports/stream.ts';
import { batchOf, type HappeningBatch, isBatchKey } from '../store/happenings.ts';
import { type Scope, scopeOfKey } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { enqueue } from './enqueue.ts';

/** Queues what happens for those who want to hear of it. */
export function webhookConsumer(table: Table): StreamConsumer {
  return {
    name: 'webhooks',
    wants: ({ sk }) => isBatchKey(sk),
    async consume(changes) {
      const batches = new Map<string, { scope: Scope; batches: HappeningBatch[] }>();
      for (const { key, before, after } of changes) {
        const scope = scopeOfKey(key);
        const batch = after && batchOf(after);
        // Batches are never changed, only added; what expires is no news.
        if (scope === undefined || batch === undefined || before !== undefined) continue;
        const name = `${scope.tenant}/${scope.workspace}`;
        const known = batches.get(name);
        if (known === undefined) batches.set(name, { scope, batches: [batch] });
        else known.batches.push(batch);
      }
      for (const { scope, batches: own } of batches.values()) await enqueue(table, scope, own);
    },
  };
}
