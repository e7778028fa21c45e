import type { Contract } from '@laurel/contract';
import type { TenantPlan } from '@laurel/contract/plans/schema';
import { countHeld, heldAt } from '../../domain/people/allotment.ts';
import { limitsOf, namedPlans, planNamed } from '../../domain/people/plans.ts';
import { type AllotmentKind, getAllotment } from '../../store/allotments.ts';
import { getPlan, type PlanRecord, savePlan } from '../../store/plans.ts';
import { getTenant } from '../../store/tenants.ts';
import { type CallContext, type Handlers, listingOf, pageOf, reachOf } from '../call.ts';
import { notFound, ProblemError, unknownReference } from '../problem.ts';

type TenantCall = CallContext & { readonly params: { readonly tenant: string } };

async function planOf(call: TenantCall): Promise<PlanRecord> {
  const { table } = call.platform;
  if ((await getTenant(table, call.params.tenant)) === undefined) throw notFound();
  return getPlan(table, call.params.tenant);
}

async function present(call: TenantCall, { plan, overrides, version }: PlanRecord): Promise<TenantPlan> {
  const { tenant } = call.params;
  const used = async (kind: AllotmentKind): Promise<number> =>
    countHeld(heldAt((await getAllotment(call.platform.table, tenant, kind)).held, call.realNow));
  const [seats, workspaces, apiClients] = await Promise.all([used('seats'), used('workspaces'), used('apiClients')]);
  const limits = limitsOf(plan, overrides);
  return { tenant, plan, overrides, limits, used: { seats, workspaces, apiClients }, version };
}

export const plans: Handlers<Contract['platform']['plans']> = {
  async list(call) {
    const all = Object.entries(namedPlans).map(([name, limits]) => ({ name, limits }));
    const sorted = all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const found = listingOf(sorted, reachOf(call, null), ({ name }) => name);
    return { body: pageOf(call, null, found, (plan) => plan) };
  },

  async get(call) {
    return { body: await present(call, await planOf(call)) };
  },

  async set(call) {
    const before = await planOf(call);
    if (call.ifMatch !== before.version) throw new ProblemError('version_mismatch');
    const { plan, overrides } = call.body;
    if (planNamed(plan) === undefined) throw unknownReference('/plan', 'plan');
    const record = { plan, overrides, version: before.version + 1 };
    const writes = [savePlan(call.platform.table, call.params.tenant, record)];
    return { body: await present(call, record), writes };
  },
};
