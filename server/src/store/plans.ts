import type { PlanLimits, PlanOverrides } from '@laurel/contract/plans/schema';
import { limitsOf, STANDARD } from '../domain/people/plans.ts';
import { putVersion, type Write } from './commit.ts';
import { type Key, keyOf, tenantScope } from './scope.ts';
import { getItem, recordOf, type Table } from './table.ts';

/** The version of the plan of a tenant that was put on none, as of one that was put on its first. */
const FIRST = 1;

/** The plan of a tenant, as it is stored. */
export interface PlanRecord {
  readonly plan: string;
  readonly overrides: PlanOverrides;
  readonly version: number;
}

function planKey(tenant: string): Key {
  return keyOf(tenantScope(tenant), ['TENANT'], ['PLAN']);
}

/** Reads the plan of a tenant. */
export async function getPlan(table: Table, tenant: string): Promise<PlanRecord> {
  const item = await getItem(table, planKey(tenant));
  return item === undefined ? { plan: STANDARD, overrides: {}, version: FIRST } : recordOf<PlanRecord>(item);
}

/** What holds for a tenant, rates included. */
export async function getLimits(table: Table, tenant: string): Promise<PlanLimits> {
  const { plan, overrides } = await getPlan(table, tenant);
  return limitsOf(plan, overrides);
}

/** Puts a plan in place of the version before it. */
export function savePlan(table: Table, tenant: string, record: PlanRecord): Write<'version_mismatch'> {
  const item = { ...planKey(tenant), version: record.version, record };
  return { item: putVersion(table, item, record.version - 1, FIRST), refusal: 'version_mismatch' };
}
