import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCache } from '../../src/cache/cache.ts';
import { redisTexts } from '../../src/cache/redis-texts.ts';
import type { Shelf } from '../../src/ports/cache.ts';
import { createBreaker } from '../../src/redis/breaker.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { noRedis, startRedis, type TestRedis, withRedis } from '../support/redis.ts';
import { acme, describeCache, thingsIn } from './suite.ts';

describe.skipIf(noRedis)(withRedis('a cache in Redis'), () => {
  let server: TestRedis;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.close());

  let now = Date.now();
  function processOver(redis: Redis) {
    const ask = createBreaker({
      waitMs: 100,
      failures: 3,
      restMs: 100,
      now: () => performance.now(),
      onChange: () => undefined,
    });
    return createCache({ shared: redisTexts(redis, ask), now: () => now });
  }

  describeCache('in Redis', async () => {
    const redis = server.connect();
    await redis.flushall();
    return {
      cache: processOver(redis),
      pass: (ms) => {
        now += ms;
      },
      close: async () => void (await redis.quit()),
    };
  });

  describe('of two processes', () => {
    let redis: Redis;
    let here: Shelf<{ of: string }>;
    let there: Shelf<{ of: string }>;
    beforeEach(async () => {
      redis = server.connect({ maxRetriesPerRequest: 1, retryStrategy: () => 20, reconnectOnError: () => false });
      redis.on('error', () => undefined);
      await redis.flushall();
      [here, there] = [thingsIn(processOver(redis)), thingsIn(processOver(redis))];
    });
    afterEach(() => redis.disconnect());
    const other = workspaceScope('other', 'main');
    const load = (of: string) => async () => ({ of });

    test('what one has read the other need not read, and keeps no longer', async () => {
      await here.read(acme, ['a'], load('first'));
      now += 14_000;
      expect(await there.read(acme, ['a'], load('second'))).toEqual({ of: 'first' });
      now += 1000;
      expect(await there.read(acme, ['a'], load('second'))).toEqual({ of: 'second' });
    });

    test('what one forgets the other does not find', async () => {
      await here.read(acme, ['a'], load('first'));
      await here.forget(acme, ['a']);
      expect(await there.read(acme, ['a'], load('second'))).toEqual({ of: 'second' });
    });

    test('every key begins with its tenant and workspace, and ends by itself', async () => {
      await here.read(acme, ['a'], load('acme'));
      await here.read(other, ['a'], load('other'));
      const keys = (await redis.keys('*')).toSorted();
      expect(keys).toEqual(['laurel:cache:T#acme#W#main#CACHE#thing#a', 'laurel:cache:T#other#W#main#CACHE#thing#a']);
      for (const key of keys) {
        const left = await redis.pttl(key);
        expect(left).toBeGreaterThan(0);
        expect(left).toBeLessThanOrEqual(15_000);
      }
    });

    test('the same name is the own value of each tenant: at first, after a flush, and at a failover', async () => {
      const expectOwn = async (round: string) => {
        for (const shelf of [here, there]) {
          for (const [scope, of] of [
            [acme, 'acme'],
            [other, 'other'],
          ] as const) {
            expect((await shelf.read(scope, ['a'], load(`${of} ${round}`)))?.of).toMatch(new RegExp(`^${of} `));
          }
        }
        now += 15_000;
      };
      await expectOwn('at first');
      await redis.flushall();
      await expectOwn('after a flush');
      await redis.replicaof('127.0.0.1', 1);
      await expectOwn('on a replica');
      await redis.replicaof('NO', 'ONE');
      await expectOwn('on the new primary');
    });

    test('what Redis gives under the wrong key is not taken', async () => {
      await here.read(other, ['a'], load('other'));
      await redis.copy('laurel:cache:T#other#W#main#CACHE#thing#a', 'laurel:cache:T#acme#W#main#CACHE#thing#a');
      expect(await there.read(acme, ['a'], load('acme'))).toEqual({ of: 'acme' });
    });

    test('what is no text of a cache is not there', async () => {
      for (const text of ['', 'x', 'T#acme#W#main#CACHE#thing#a', 'T#acme#W#main#CACHE#thing#a\nsoon\n{}']) {
        await redis.set('laurel:cache:T#acme#W#main#CACHE#thing#a', text);
        expect(await thingsIn(processOver(redis)).read(acme, ['a'], load('own'))).toEqual({ of: 'own' });
      }
    });

    test('what is very long is read by each for itself', async () => {
      await here.read(acme, ['a'], load('x'.repeat(1024 * 1024)));
      expect(await redis.dbsize()).toBe(0);
    });

    test('without Redis each reads for itself, and is not kept waiting', async () => {
      await here.read(acme, ['a'], load('first'));
      server.freeze();
      const begun = performance.now();
      for (let index = 0; index < 50; index += 1) {
        const name = String(index);
        expect(await there.read(acme, [name], load(name))).toEqual({ of: name });
      }
      expect(performance.now() - begun).toBeLessThan(3000);
      server.thaw();
    });
  });
});
