import { contract, routesOf } from '@laurel/contract';
import { type LaurelQueries, laurelQueries } from '@laurel/sdk/react';
import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { openBackend } from './backend.ts';

/** What an operation is read with, found by its names as a caller would. */
function optionsOf(queries: LaurelQueries, operation: string, given: readonly string[]) {
  const [resource, verb] = operation.split('.');
  for (const [name, verbs] of Object.entries(queries)) {
    if (name !== resource || Array.isArray(verbs)) continue;
    for (const [one, make] of Object.entries<unknown>({ ...verbs })) {
      if (one === verb && typeof make === 'function') return make(...given);
    }
  }
  return undefined;
}

const reads = routesOf(contract).flatMap(({ context, operation, route, meta }) =>
  context === 'app' && route.method === 'GET' && meta?.stream !== true ? [[operation, route.path] as const] : [],
);

test('there are reads', () => expect(reads.length).toBeGreaterThan(30));

test.each(reads)('%s is read by the names of the client, under a key of them', async (operation, path) => {
  const backend = await openBackend(() => ({ json: { items: [], nextCursor: null } }));
  const given = [...path.matchAll(/:\w+/g)].map((_, index) => `id-${index}`);
  const options = optionsOf(laurelQueries(backend.client(), 'ann'), operation, given);
  expect(options.queryKey.slice(0, 4 + given.length)).toEqual(['laurel', 'ann', ...operation.split('.'), ...given]);
  const queryClient = new QueryClient();
  await ('getNextPageParam' in options ? queryClient.fetchInfiniteQuery(options) : queryClient.fetchQuery(options));
  const ids = given.values();
  const filled = path.replace('/app/v1', '').replace(/:\w+/g, () => ids.next().value ?? '');
  expect(backend.asked.map((line) => line.replace(/\?.*/, ''))).toEqual([`GET ${filled}`]);
});
