import { jsonText } from '../cache/cache.ts';
import type { Cache } from '../ports/cache.ts';
import { FRESH_MS } from './known-callers.ts';
import { tenantScope } from './scope.ts';
import type { Table } from './table.ts';
import { getUsage, type Usage } from './usage.ts';

/** How many tenants one process keeps. */
const MOST = 10_000;

/** How much a tenant had used when it was last asked, with the events of a month of UTC, such as `2026-11`. */
export type KnownUsage = (tenant: string, month: string) => Promise<Usage | undefined>;

/** Reads what tenants have used through a cache: it need not be newer than what plans allow, and no event waits for it. */
export function knownUsage(table: Table, cache: Cache): KnownUsage {
  const shelf = cache.shelf<Usage>({ name: 'usage', ttlMs: FRESH_MS, most: MOST, text: jsonText() });
  return (tenant, month) => shelf.read(tenantScope(tenant), [month], () => getUsage(table, tenant, month));
}
