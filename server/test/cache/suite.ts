import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jsonText } from '../../src/cache/cache.ts';
import type { Cache, Shelf } from '../../src/ports/cache.ts';
import { tenantScope, workspaceScope } from '../../src/store/scope.ts';

/** A cache to test, as one process has it, and the time that it goes by. */
export interface Opened {
  readonly cache: Cache;
  pass(ms: number): void;
  close(): Promise<void>;
}

interface Thing {
  readonly of: string;
}

const TTL = 15_000;
export const acme = workspaceScope('acme', 'main');

export function thingsIn(cache: Cache, most = 100): Shelf<Thing> {
  return cache.shelf({ name: 'thing', ttlMs: TTL, most, text: jsonText() });
}

/** What every cache must hold. */
export function describeCache(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    let opened: Opened;
    let things: Shelf<Thing>;
    let loads: number;
    beforeEach(async () => {
      opened = await open();
      things = thingsIn(opened.cache);
      loads = 0;
    });
    afterEach(() => opened.close());

    const load = (of: string) => async () => {
      loads += 1;
      return { of };
    };

    test('what was read is not read again until its time is over', async () => {
      for (let time = 0; time < 3; time += 1) expect(await things.read(acme, ['a'], load('a'))).toEqual({ of: 'a' });
      expect(loads).toBe(1);
      opened.pass(TTL - 1);
      await things.read(acme, ['a'], load('b'));
      expect(loads).toBe(1);
      opened.pass(1);
      expect(await things.read(acme, ['a'], load('b'))).toEqual({ of: 'b' });
    });

    test('its time runs from before it was read, however long that took', async () => {
      await things.read(acme, ['a'], async () => {
        opened.pass(TTL - 1);
        return { of: 'slow' };
      });
      opened.pass(1);
      expect(await things.read(acme, ['a'], load('new'))).toEqual({ of: 'new' });
    });

    test('however many ask at once, one reads', async () => {
      const gate = Promise.withResolvers<void>();
      const asked = Array.from({ length: 50 }, () =>
        things.read(acme, ['a'], async () => {
          loads += 1;
          await gate.promise;
          return { of: 'a' };
        }),
      );
      gate.resolve();
      expect(new Set((await Promise.all(asked)).map((thing) => thing?.of))).toEqual(new Set(['a']));
      expect(loads).toBe(1);
    });

    test('a failure is told to all who wait for it, and is no answer to the next', async () => {
      const fail = () => things.read(acme, ['a'], () => Promise.reject(new Error('the table is away')));
      const waiting = await Promise.allSettled([fail(), fail()]);
      expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(await things.read(acme, ['a'], load('a'))).toEqual({ of: 'a' });
    });

    test('what is not there is asked for again', async () => {
      expect(await things.read(acme, ['a'], async () => undefined)).toBeUndefined();
      expect(await things.read(acme, ['a'], load('a'))).toEqual({ of: 'a' });
    });

    test('the same names in two tenants, in two workspaces, or parted elsewhere, are different values', async () => {
      const places = [
        { scope: acme, names: ['a'] },
        { scope: workspaceScope('other', 'main'), names: ['a'] },
        { scope: workspaceScope('acme', 'side'), names: ['a'] },
        { scope: tenantScope('acme'), names: ['a'] },
        { scope: acme, names: ['a', 'b'] },
        { scope: acme, names: ['a#b'] },
        { scope: acme, names: ['a%23b'] },
        { scope: acme, names: ['a\nb'] },
      ];
      for (const [index, { scope, names }] of places.entries()) {
        expect(await things.read(scope, names, load(String(index)))).toEqual({ of: String(index) });
      }
      for (const [index, { scope, names }] of places.entries()) {
        expect(await things.read(scope, names, load('none'))).toEqual({ of: String(index) });
      }
    });

    test('kinds are kept apart', async () => {
      await things.read(acme, ['a'], load('a'));
      const others = opened.cache.shelf<Thing>({ name: 'other', ttlMs: TTL, most: 9, text: jsonText() });
      expect(await others.read(acme, ['a'], load('b'))).toEqual({ of: 'b' });
    });

    test('what is forgotten is read anew, also if it was being read at that moment', async () => {
      await things.read(acme, ['a'], load('old'));
      await things.forget(acme, ['a']);
      const gate = Promise.withResolvers<void>();
      const old = things.read(acme, ['a'], async () => {
        await gate.promise;
        return { of: 'old' };
      });
      await things.forget(acme, ['a']);
      expect(await things.read(acme, ['a'], load('new'))).toEqual({ of: 'new' });
      gate.resolve();
      await old;
      expect(await things.read(acme, ['a'], load('newer'))).toEqual({ of: 'new' });
    });
  });
}
