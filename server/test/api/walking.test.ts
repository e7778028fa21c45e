import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allRoutes, furnish } from '../support/examples.ts';
import { ACME, call, startTestPlatform } from '../support/platform.ts';

const laurel = await startTestPlatform();
afterAll(() => laurel.close());
test('x', async () => {
  const m = await laurel.machine(ACME);
  const f = await furnish(m, ACME);
  for (const [name, placed] of allRoutes) {
    if (placed.context === 'platform') continue;
    const { method, path, ...p } = f.exampleOf(placed);
    const t = performance.now();
    const a = await call(m, method, path, p);
    console.log(name, a.status, a.text.slice(0, 100), (performance.now() - t) | 0);
  }
  const t = performance.now();
  const s = await laurel.snapshot();
  console.log(s.length, s.split('\n').length, performance.now() - t);
  const o = await laurel.operator(ACME, 'viewer');
  console.log((await call(o, 'GET', '/dashboard/v1/users')).status, performance.now() - t);
});
