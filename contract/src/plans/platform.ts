import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Slug } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { Plan, TenantPlan, TenantPlanChange } from './schema.ts';

const params = z.strictObject({ tenant: Slug });

export const plans = c.router({
  list: {
    method: 'GET',
    path: '/plans',
    summary: 'List plans',
    description: 'The plans that tenants can be on.',
    query: PageQuery,
    responses: { 200: page('PlanPage', Plan) },
    metadata: reads('platform', 'plans', { level: 'own' }),
  },
  get: {
    method: 'GET',
    path: '/tenants/:tenant/plan',
    pathParams: params,
    summary: "Get a tenant's plan",
    description: 'What the tenant may have, and how much of it is in use; owners read their own.',
    responses: { 200: TenantPlan },
    metadata: reads('platform', 'plans', { action: 'platform:plan.read', level: 'own', etag: true }),
  },
  set: {
    method: 'PUT',
    path: '/tenants/:tenant/plan',
    pathParams: params,
    summary: 'Put a tenant on a plan',
    description:
      'It holds from the next call on. A tenant that has more than the plan allows keeps what it has, and gets no more.',
    body: TenantPlanChange,
    responses: { 200: TenantPlan },
    metadata: changes('platform', 'plans', 'run', { idempotency: 'safe', etag: true }),
  },
});
