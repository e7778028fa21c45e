import type { Held } from '../domain/people/allotment.ts';
import { putVersion, type Write } from './commit.ts';
import { type Key, keyOf, tenantScope } from './scope.ts';
import { getItem, recordOf, type Table } from './table.ts';

/** What a plan limits by count. */
export type AllotmentKind = 'seats' | 'workspaces' | 'apiClients';

/** Who holds what of one kind, as it was read. */
export interface Allotment {
  readonly version: number;
  readonly held: Held;
}

function allotmentKey(tenant: string, kind: AllotmentKind): Key {
  return keyOf(tenantScope(tenant), ['ALLOTMENTS'], ['ALLOTMENT', kind]);
}

/** Reads who holds what. */
export async function getAllotment(table: Table, tenant: string, kind: AllotmentKind): Promise<Allotment> {
  const item = await getItem(table, allotmentKey(tenant, kind));
  return item === undefined ? { version: 0, held: {} } : { version: Number(item.version), held: recordOf<Held>(item) };
}

/**
 * Writes who holds what in place of what was read. It is one item for each kind, so that of two who take the last one
 * at once, the other loses by the version, reads again, and finds none left.
 */
export function saveAllotment(
  table: Table,
  tenant: string,
  kind: AllotmentKind,
  before: Allotment,
  held: Held,
): Write<'allotment_moved'> {
  const item = { ...allotmentKey(tenant, kind), version: before.version + 1, record: held };
  return { item: putVersion(table, item, before.version), refusal: 'allotment_moved' };
}
