// What counting a call costs: calls of a platform with limits beside one without, in turns, so that the machine's moods
// fall on both alike; and the limiter by itself. The ratio is what to read.
import { Laurel } from '@laurel/sdk/server';
import { memoryLimiter } from '../src/limits/limiter.ts';
import type { ClassLimits, PlanLimits } from '../src/limits/plans.ts';
import { type LocalPlatform, startPlatform } from '../src/local/index.ts';
import { tenantScope, textKeyOf, workspaceScope } from '../src/store/scope.ts';

const ROUNDS = 10;
const CALLS = 100;
const TAKES = 20_000;

const limit = { quota: 1_000_000, window: 10 };
const every: ClassLimits = { read: limit, write: limit, ingest: limit, bulk: limit, credential: limit };
const limits: PlanLimits = { tenant: every, workspace: every, client: every, operator: every, player: every };

async function callerOf(platform: LocalPlatform): Promise<() => Promise<number>> {
  const { baseUrl, ...auth } = await platform.createWorkspaceClient({ tenant: 'bench', workspace: 'main' });
  const laurel = new Laurel({ baseUrl, auth });
  return async () => {
    const start = performance.now();
    for (let call = 0; call < CALLS; call += 1) await laurel.workspace.get();
    return (performance.now() - start) / CALLS;
  };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const options = { data: ':memory:', port: 0, logLevel: 'SILENT' } as const;
const [free, limited] = [await startPlatform(options), await startPlatform({ ...options, limits })];
try {
  const [without, within] = [await callerOf(free), await callerOf(limited)];
  await Promise.all([without(), within()]);
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round < ROUNDS; round += 1) pairs.push([await without(), await within()]);
  const [bare, counted] = [middle(pairs.map(([ms]) => ms)), middle(pairs.map(([, ms]) => ms))];
  const ratio = middle(pairs.map(([a, b]) => b / a));
  console.log(`a read without limits ${bare.toFixed(2)} ms, with them ${counted.toFixed(2)} ms: ×${ratio.toFixed(2)}`);

  const limiter = memoryLimiter();
  const scope = workspaceScope('bench', 'main');
  const buckets = [
    { key: textKeyOf(tenantScope('bench'), ['LIMIT', 'read']), limit },
    { key: textKeyOf(scope, ['LIMIT', 'read']), limit },
    { key: textKeyOf(scope, ['LIMIT', 'read', 'client', 'cli']), limit },
  ];
  const start = performance.now();
  for (let take = 0; take < TAKES; take += 1) await limiter.take(buckets);
  console.log(`three buckets in memory: ${(((performance.now() - start) * 1000) / TAKES).toFixed(1)} µs a call`);
} finally {
  await Promise.all([free.close(), limited.close()]);
}
