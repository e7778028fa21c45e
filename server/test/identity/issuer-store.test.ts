import { afterAll, describe, expect, test } from 'vitest';
import { openLocalDatabase } from '../../src/local/database.ts';
import { clientAdapter, createAdapterFactory } from '../../src/local/issuer/adapter.ts';
import { type IssuerStore, memoryIssuerStore } from '../../src/local/issuer/store.ts';
import { tableIssuerRecords } from '../../src/store/issuer-records.ts';

/** The same for every version of the port. */
const database = await openLocalDatabase(':memory:');
afterAll(() => database.close());

const versions: readonly [string, (now: () => number) => IssuerStore][] = [
  ['in memory', memoryIssuerStore],
  ['in the table', (now) => tableIssuerRecords(database.table, now)],
];

describe.each(versions)('an issuer store %s', (_name, create) => {
  test('keeps a record until it expires or is removed, and apart from equal ids of other kinds', async () => {
    const clock = { now: 1000 };
    const store = create(() => clock.now);
    await store.put('Code', 'x', { payload: { a: 1 }, expiresAt: 2000 });
    await store.put('Session', 'x', { payload: { a: 2 }, expiresAt: 3000 });
    expect((await store.get('Code', 'x'))?.payload).toEqual({ a: 1 });
    clock.now = 2000;
    expect(await store.get('Code', 'x')).toBeUndefined();
    expect((await store.get('Session', 'x'))?.payload).toEqual({ a: 2 });
    await store.remove('Session', 'x');
    expect(await store.get('Session', 'x')).toBeUndefined();
  });

  test('is used once, however many try at once', async () => {
    const store = create(() => 1000);
    await store.put('Code', 'x', { payload: {}, expiresAt: 2000 });
    const tries = await Promise.all(Array.from({ length: 20 }, () => store.consume('Code', 'x', 1)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect((await store.get('Code', 'x'))?.payload).toEqual({ consumed: 1 });
    expect(await store.consume('Code', 'y', 1)).toBe(false);
  });

  test('counts each, however many count at once, until the counter is gone', async () => {
    const store = create(() => 1000);
    const counts = await Promise.all(Array.from({ length: 20 }, () => store.count('Tries', 'x', 2000)));
    expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    expect(await store.count('Tries', 'y', 2000)).toBe(1);
  });

  test('a code that two redeem at once is refused to one of them', async () => {
    const now = () => 1_000_000;
    const clients = clientAdapter(async () => undefined, undefined, new Set());
    const codes = createAdapterFactory(create(now), now, clients)('AuthorizationCode');
    await codes.upsert('x', { grantId: 'g' }, 60);
    const [first, second] = await Promise.allSettled([codes.consume('x'), codes.consume('x')]);
    expect(first?.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { error: 'invalid_grant' } });
    expect(await codes.find('x')).toMatchObject({ consumed: 1000 });
  });
});
