import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchCases } from './cases/batch.ts';
import { capacityCases } from './cases/capacity.ts';
import { conditionCases } from './cases/condition.ts';
import { indexCases } from './cases/index-reads.ts';
import { itemCases } from './cases/item.ts';
import { limitCases } from './cases/limit.ts';
import { queryCases } from './cases/query.ts';
import { scanCases } from './cases/scan.ts';
import { streamCases } from './cases/stream.ts';
import { tableCases } from './cases/table.ts';
import { timeToLiveCases } from './cases/time-to-live.ts';
import { transactionCases } from './cases/transaction.ts';
import { updateCases } from './cases/update.ts';
import type { Case, World } from './world.ts';
import { openWorld } from './world.ts';

const groups: Readonly<Record<string, readonly Case[]>> = {
  tables: tableCases,
  items: itemCases,
  conditions: conditionCases,
  updates: updateCases,
  queries: queryCases,
  indexes: indexCases,
  scans: scanCases,
  batches: batchCases,
  transactions: transactionCases,
  capacity: capacityCases,
  limits: limitCases,
  streams: streamCases,
  'time to live': timeToLiveCases,
};

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 300_000);
afterAll(() => world.close(), 300_000);

for (const [group, cases] of Object.entries(groups)) {
  describe(group, () => {
    for (const { name, page, run } of cases) test(`${name} [${page}]`, () => run(world));
  });
}

test('there are at least 150 cases, no two of one name, and each names its page', () => {
  const all = Object.entries(groups).flatMap(([group, cases]) =>
    cases.map(({ name, page }) => ({ id: `${group}: ${name}`, page })),
  );
  expect(all.length).toBeGreaterThanOrEqual(150);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { page } of all) expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
});
