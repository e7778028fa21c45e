import { expect, test } from 'vitest';
import { createCache } from '../../src/cache/cache.ts';
import { acme, describeCache, thingsIn } from './suite.ts';

describeCache('a cache in memory', async () => {
  let now = 1_800_000_000_000;
  return {
    cache: createCache({ now: () => now }),
    pass: (ms) => {
      now += ms;
    },
    close: async () => undefined,
  };
});

test('no more than so many are kept, and those that were asked last', async () => {
  const things = thingsIn(createCache(), 3);
  let loads = 0;
  const read = (name: string) =>
    things.read(acme, [name], async () => {
      loads += 1;
      return { of: name };
    });
  for (const name of ['a', 'b', 'c', 'a', 'd']) await read(name);
  expect(loads).toBe(4);
  await read('a');
  expect(loads).toBe(4);
  await read('b');
  expect(loads).toBe(5);
});

test('a shared text of the time to come, too old, or not to be read, is no answer', async () => {
  const now = 1_800_000_000_000;
  for (const [readAt, text, of] of [
    [now, '{"of":"shared"}', 'shared'],
    [now - 14_999, '{"of":"shared"}', 'shared'],
    [now - 15_000, '{"of":"shared"}', 'own'],
    [now + 60_000, '{"of":"shared"}', 'own'],
    [now, '{"of":', 'own'],
  ] as const) {
    const shared = { get: async () => ({ readAt, text }), set: async () => undefined, remove: async () => undefined };
    const things = thingsIn(createCache({ shared, now: () => now }));
    expect(await things.read(acme, ['a'], async () => ({ of: 'own' }))).toEqual({ of });
  }
});
