import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { cedarEngine } from '../../src/identity/cedar-engine.ts';
import { readPolicies } from '../../src/identity/cedar-policies.ts';
import { verifiedPermissions } from '../../src/identity/verified-permissions.ts';
import { verifiedRoles } from '../../src/identity/verified-roles.ts';
import type { PolicyDecision, PolicyEngine, PolicyRequest } from '../../src/ports/policy.ts';
import { requests } from './cases.ts';
import { openDouble } from './double.ts';
import { oracle } from './oracle.ts';

const texts = await readPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
const double = await openDouble(texts);
afterAll(() => double.close());

const inProcess = cedarEngine(texts);
const verified = verifiedPermissions(double);
/** Fails a test where a policy stays. */
const store = verifiedRoles(double, (error) => {
  throw error;
});

const seed = Number(process.env.LAUREL_SEED ?? 499_386_728);
/** The cases that both engines pass; and the many more that the oracle is held against in process. */
const CASES = 400;
const DECISIONS = Number(process.env.LAUREL_DECISIONS ?? 3000);

const CONDITIONS = ['users', 'teams', 'hours', 'addresses'] as const;

/** One that is permitted and one that is denied by each condition, some of which are rare, and then as they come. */
function casesOf(pool: readonly PolicyRequest[]): PolicyRequest[] {
  const rare = CONDITIONS.flatMap((condition) => {
    const bound = pool.filter(({ role }) => role?.conditions[condition] !== undefined);
    return [bound.find(oracle) ?? [], bound.find((request) => !oracle(request)) ?? []].flat();
  });
  return [...new Set([...rare, ...pool])].slice(0, CASES);
}

const cases = casesOf(fc.sample(requests, { seed, numRuns: CASES * 10 }));

async function decided(engine: PolicyEngine, request: PolicyRequest): Promise<PolicyDecision> {
  const decision = await engine.decide(request);
  expect(decision.unavailable).toBeUndefined();
  return decision;
}

describe(`${CASES} generated cases (LAUREL_SEED=${seed})`, () => {
  test('are of all kinds: permitted and denied, by every condition', () => {
    const permitted = cases.filter(oracle);
    expect(permitted.length).toBeGreaterThan(CASES / 10);
    expect(permitted.length).toBeLessThan(CASES * 0.9);
    for (const condition of CONDITIONS) {
      const bound = cases.filter(({ role }) => role?.conditions[condition] !== undefined);
      expect(bound.filter(oracle).length, condition).toBeGreaterThan(0);
      expect(bound.filter((request) => !oracle(request)).length, condition).toBeGreaterThan(0);
    }
  });

  test('in process, as the oracle says', async () => {
    for (const request of cases) {
      expect((await decided(inProcess, request)).allowed, JSON.stringify(request)).toBe(oracle(request));
    }
  });

  test('by Verified Permissions over its wire, as the oracle says, and by the same policies as in process', async () => {
    for (const request of cases) {
      if (request.role !== undefined) await store.publish(request.principal, request.role);
      const decision = await decided(verified, request);
      expect(decision.allowed, JSON.stringify(request)).toBe(oracle(request));
      expect(decision.policies).toEqual((await inProcess.decide(request)).policies);
      if (request.role !== undefined) await store.withdraw(request.principal, request.role);
    }
    expect(double.statements()).toHaveLength(Object.keys(texts.policies).length);
  });

  test('in batches, the same as one by one', async () => {
    const [first] = cases.filter(({ role }) => role !== undefined);
    if (first?.role === undefined) throw new Error('no case has a role');
    const { role } = first;
    const own: PolicyRequest[] = cases.slice(0, 100).map((request) => ({ ...first, action: request.action }));
    const mixed = [...own, ...cases.slice(0, 20)];
    await store.publish(first.principal, role);
    double.asked();
    const together = await verified.decideAll?.(own);
    expect(together?.map(({ allowed }) => allowed)).toEqual(own.map(oracle));
    expect((await verified.decideAll?.(mixed))?.map(({ allowed }) => allowed)).toEqual(
      await Promise.all(mixed.map(async (request) => (await verified.decide(request)).allowed)),
    );
    await store.withdraw(first.principal, role);
  });
});

describe('threat 30: both engines', () => {
  test(
    `${DECISIONS} random requests (LAUREL_DECISIONS): each as the oracle says, none over a tenant's border`,
    async () => {
      let [permits, borders] = [0, 0];
      await fc.assert(
        fc.asyncProperty(requests, async (request) => {
          const { allowed } = await inProcess.decide(request);
          expect(allowed).toBe(oracle(request));
          permits += allowed ? 1 : 0;
          if (request.principal.tenant === request.resource.tenant) return;
          borders += 1;
          // Whoever runs the platform reaches other tenants, to run and to own; nobody else does.
          if (!request.principal.platform) expect(allowed).toBe(false);
        }),
        { seed: seed + 1, numRuns: DECISIONS },
      );
      expect(permits).toBeGreaterThan(DECISIONS / 10);
      expect(borders).toBeGreaterThan(DECISIONS / 50);
    },
    Math.max(120_000, DECISIONS * 30),
  );

  test('whatever a role permits, a forbid beats it', async () => {
    const policies = { ...texts.policies, 'x.forbid': 'forbid (principal, action, resource);' };
    const strict = cedarEngine({ ...texts, policies });
    for (const request of cases.filter(oracle).slice(0, 50)) {
      expect(await strict.decide(request)).toMatchObject({ allowed: false, policies: ['x.forbid'], errors: [] });
    }
  });

  test('a policy that fails denies what a role permits', async () => {
    const policies = {
      ...texts.policies,
      'x.fails': 'permit (principal, action, resource) when { principal.absent == 1 };',
    };
    const failing = cedarEngine({ ...texts, policies });
    for (const request of cases.filter(oracle).slice(0, 20)) {
      expect(await failing.decide(request)).toMatchObject({ allowed: false });
    }
  });

  test('few places for parsed roles change no decision', async () => {
    const crowded = cedarEngine(texts, 2);
    for (const request of cases) expect((await crowded.decide(request)).allowed).toBe(oracle(request));
  });
});

describe('Verified Permissions that cannot be asked', () => {
  const request = cases.find(oracle);

  test.each(['throttled', 'broken', 'denied', 'gone', 'garbage', 'empty', 'slow'] as const)(
    '%s: denies as unavailable, and never allows',
    async (fault) => {
      if (request === undefined) throw new Error('no case is permitted');
      const hasty = verifiedPermissions({ ...double, timeout: fault === 'slow' ? 300 : double.timeout });
      double.fail(fault);
      const one = await hasty.decide(request);
      const many = (await hasty.decideAll?.([request, request])) ?? [];
      double.fail(undefined);
      for (const decision of [one, ...many]) expect(decision).toMatchObject({ allowed: false, unavailable: true });
      expect(many).toHaveLength(2);
    },
  );

  test('what it refuses to read is denied for good', async () => {
    if (request === undefined) throw new Error('no case is permitted');
    const decision = await verified.decide({ ...request, action: 'dashboard:nothing.read' });
    expect(decision).toMatchObject({ allowed: false });
    expect(decision.unavailable).toBeUndefined();
  });
});
