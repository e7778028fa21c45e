import * as z from 'zod';
import { Slug } from '../shared/ids.ts';
import { Version } from '../shared/numbers.ts';

/** How often a class of calls may come: as a bucket that fills by so many a second and holds so many. */
export const PlanRate = z
  .strictObject({
    perSecond: z.int().min(1).max(1_000_000),
    burst: z
      .int()
      .min(1)
      .max(10_000_000)
      .meta({ description: 'How many may come at once, after a while without any.' }),
  })
  .meta({
    id: 'PlanRate',
    description: 'How often a class of calls may come.',
    example: { perSecond: 100, burst: 200 },
  });
export type PlanRate = z.infer<typeof PlanRate>;

const rates = { read: PlanRate, write: PlanRate, ingest: PlanRate, bulk: PlanRate, credential: PlanRate };

/** How often each class of calls may come, over all callers of the tenant. */
export const PlanRates = z
  .strictObject(rates)
  .meta({ id: 'PlanRates', description: "How often each class of the tenant's calls may come, all callers together." });
export type PlanRates = z.infer<typeof PlanRates>;

/** What differs of the rates. */
export const PlanRateOverrides = z
  .strictObject(rates)
  .partial()
  .meta({ id: 'PlanRateOverrides', description: 'Which classes of calls may come otherwise than the plan says.' });
export type PlanRateOverrides = z.infer<typeof PlanRateOverrides>;

/** Who has a seat stands in one item of the table, hence the bound; of the others likewise. */
const counted = (description: string, example: number) => z.int().min(1).max(1000).meta({ description, example });
const measured = (description: string, example: number) =>
  z.int().min(0).max(1_000_000_000_000).meta({ description, example });

const limits = {
  seats: counted('How many people work in the tenant, those who are invited included.', 10),
  workspaces: counted('How many workspaces are not archived.', 5),
  apiClients: counted('How many API clients are not revoked, in all workspaces.', 20),
  players: measured('How many users, in all workspaces.', 100_000),
  eventsPerMonth: measured('How many events in a month of UTC.', 5_000_000),
};

/** What a tenant may have. */
export const PlanLimits = z
  .strictObject({ ...limits, rates: PlanRates })
  .meta({ id: 'PlanLimits', description: 'What a tenant may have, and how often it may call.' });
export type PlanLimits = z.infer<typeof PlanLimits>;

/** What differs from the named plan. */
export const PlanOverrides = z
  .strictObject({ ...limits, rates: PlanRateOverrides })
  .partial()
  .meta({
    id: 'PlanOverrides',
    description: 'What a tenant has otherwise than its plan says; the rest is as the plan says.',
    example: { seats: 25 },
  });
export type PlanOverrides = z.infer<typeof PlanOverrides>;

/** The name of a plan. */
const planName = Slug.meta({ description: 'The name of a plan.', example: 'standard' });

/** A plan that tenants can be on. */
export const Plan = z
  .object({ name: planName, limits: PlanLimits })
  .meta({ id: 'Plan', description: 'A plan that tenants can be on.' });
export type Plan = z.infer<typeof Plan>;

/** Puts a tenant on a plan. */
export const TenantPlanChange = z.strictObject({ plan: planName, overrides: PlanOverrides.default({}) }).meta({
  id: 'TenantPlanChange',
  description: 'Which plan, and what differs from it; it replaces all that differed before.',
  example: { plan: 'standard', overrides: { seats: 25 } },
});
export type TenantPlanChange = z.infer<typeof TenantPlanChange>;

/** The plan of a tenant, and how much of it is used. */
export const TenantPlan = z
  .object({
    tenant: Slug,
    plan: planName,
    overrides: PlanOverrides,
    limits: PlanLimits.meta({ description: 'What holds: the plan, and what differs from it.' }),
    used: z
      .object({ seats: z.int(), workspaces: z.int(), apiClients: z.int() })
      .meta({ id: 'PlanUse', description: 'How much is in use.' }),
    version: Version,
  })
  .meta({ id: 'TenantPlan', description: 'The plan of a tenant, and how much of it is in use.' });
export type TenantPlan = z.infer<typeof TenantPlan>;
