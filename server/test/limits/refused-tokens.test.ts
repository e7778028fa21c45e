import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedPlans } from '../../src/domain/people/plans.ts';
import { attemptLimits } from '../../src/limits/attempts.ts';
import { memoryLimiter } from '../../src/limits/limiter.ts';
import { callLimitsOf } from '../../src/limits/plans.ts';
import { refusedTokens } from '../../src/limits/refused-tokens.ts';
import { sealedRecords } from '../audit/world.ts';
import { ACME, type Access, BOLT, call, startTestPlatform, type TestPlatform } from '../support/platform.ts';

const { account, address } = attemptLimits.bearer;
const plan = namedPlans.free;
if (plan === undefined) throw new Error('there is a plan of that name');
const own = callLimitsOf(plan);
const limits = () => ({ limiter: memoryLimiter(() => 0), of: async () => own });

describe('calls whose token is refused', () => {
  let laurel: TestPlatform;
  let honest: Access;
  beforeAll(async () => {
    laurel = await startTestPlatform({ limits: 'plans' });
    honest = await laurel.machine(ACME);
  });
  afterAll(() => laurel.close());

  const read = (access: Access, headers: Record<string, string> = {}) =>
    call(access, 'GET', '/dashboard/v1/workspace', { headers });

  /** Calls by ever new tokens and addresses that are only said, until it is told to wait; how often it was refused before. */
  async function hammer() {
    for (let refused = 0; refused < 1000; refused += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${refused % 200}` };
      const answer = await read({ ...honest, token: `${honest.token}${refused}` }, headers);
      if (answer.status !== 401) return { refused, last: answer };
    }
    throw new Error('nobody was told to wait');
  }

  test('are told to wait where there are too many, and cost those who have a good one nothing', async () => {
    const before = await read(honest);
    const { refused, last } = await hammer();
    expect(refused).toBeGreaterThanOrEqual(account.quota);
    expect([last.status, last.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(last.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    // The same address, the same tenant, at the same moment.
    const after = await read(honest);
    expect([before.status, after.status]).toEqual([200, 200]);
    const left = ({ headers }: typeof after) => Number(/"tenant";r=(\d+)/.exec(headers.ratelimit ?? '')?.[1]);
    expect(left(after)).toBeGreaterThanOrEqual(left(before) - 1);
    // Who is told to wait leaves a record like who is refused.
    const records = await sealedRecords(laurel);
    const found = records.filter(({ requestId }) => requestId === last.headers['x-request-id']);
    expect(found).toMatchObject([
      { status: 429, code: 'rate_limited', outcome: 'refused', actor: { kind: 'stranger' } },
    ]);
  });

  test('at one tenant leave those at another as they were', async () => {
    await hammer();
    expect((await read(laurel.stranger(BOLT))).status).toBe(401);
  });
});

describe('they are counted', () => {
  test('by where they come from: who calls from elsewhere has all of their own', async () => {
    const count = refusedTokens(limits());
    for (let time = 0; time < account.quota; time += 1) expect(await count('acme', '192.0.2.1')).toBeUndefined();
    expect(await count('acme', '192.0.2.1')).toBeGreaterThanOrEqual(1);
    expect(await count('acme', '192.0.2.2')).toBeUndefined();
  });

  test('over all tenants for one address, and of IPv6 for one network', async () => {
    const count = refusedTokens(limits());
    let counted = 0;
    for (let time = 0; time < 2 * address.quota; time += 1) {
      if ((await count(`tenant-${time % 50}`, `2001:db8::${time.toString(16)}`)) === undefined) counted += 1;
    }
    expect(counted).toBe(address.quota);
    expect(await count('tenant-1', '2001:db8:0:1::1')).toBeUndefined();
  });

  test('in no bucket of the tenant: whose limits are used up is told so by their own calls alone', async () => {
    const keys: string[] = [];
    const { limiter, of } = limits();
    const watched = {
      ...limiter,
      take: (...asked: Parameters<typeof limiter.take>) => {
        keys.push(...asked[0].map(({ key }) => key));
        return limiter.take(...asked);
      },
    };
    await refusedTokens({ limiter: watched, of })('acme', '192.0.2.1');
    expect(keys).toHaveLength(2);
    expect(keys.filter((key) => !key.startsWith('T#@platform#'))).toEqual([]);
  });

  test('not at all where nobody is limited', async () => {
    const count = refusedTokens({ limiter: memoryLimiter(() => 0), of: async () => undefined });
    for (let time = 0; time < 2 * address.quota; time += 1) expect(await count('acme', '192.0.2.1')).toBeUndefined();
  });
});
