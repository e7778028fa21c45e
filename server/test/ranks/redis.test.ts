import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RankIndex, Ranking } from '../../src/ports/rank-index.ts';
import type { TableChange } from '../../src/ports/stream.ts';
import { rankConsumer } from '../../src/ranks/consumer.ts';
import { redisRanks } from '../../src/ranks/redis-ranks.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { readKeys, tableRanks } from '../../src/store/table-ranks.ts';
import { consumeRecords, StreamStalled } from '../../src/stream/consume.ts';
import { noRedis, startRedis, type TestRedis, withRedis } from '../support/redis.ts';
import { describeRanks } from './suite.ts';

describe.skipIf(noRedis)(withRedis('ranks in Redis'), () => {
  let server: TestRedis;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.close());

  const connect = () => server.connect();
  const onError = (message: string, error: unknown) => {
    throw new Error(message, { cause: error });
  };

  describeRanks('in Redis', async ({ table }) => {
    const redis = connect();
    await redis.flushall();
    const load = (...[scope, ranking]: Parameters<Parameters<typeof redisRanks>[0]['load']>) =>
      readKeys(table, scope, ranking);
    const index = redisRanks({ redis, load, table: tableRanks(table), onError });
    return { index, apply: (changes) => index.apply(changes), close: async () => void (await redis.quit()) };
  });

  test('while somebody reads a ranking the table answers, and what leaves meanwhile does not come back', async () => {
    const redis = connect();
    await redis.flushall();
    const started = Promise.withResolvers<void>();
    const keys = Promise.withResolvers<string[]>();
    const table = {
      count: async () => 77,
      countScoresBefore: async () => 77,
      keys: async () => ['the table'],
      rebuild: async () => {},
    };
    const load = () => {
      started.resolve();
      return keys.promise;
    };
    const index = redisRanks({ redis, load, table, onError });
    const first = index.count(scope, ranking, {});
    await started.promise;
    expect(await index.count(scope, ranking, {})).toBe(77);
    expect(await index.keys(scope, ranking, { limit: 9 })).toEqual(['the table']);
    await index.apply([
      { name, remove: '1#a#ada' },
      { name, remove: '1#a#bob', add: '2#b#bob' },
    ]);
    keys.resolve(['1#a#ada', '1#a#bob', '3#c#cleo']);
    expect(await first).toBe(2);
    expect(await index.keys(scope, ranking, { limit: 9 })).toEqual(['2#b#bob', '3#c#cleo']);
    await redis.quit();
  });

  test('what an index that is behind still shows, or does not show yet, is put right by what was told before', async () => {
    const redis = connect();
    await redis.flushall();
    const behind = async () => ['1#a#ada', '3#c#cleo'];
    const index = redisRanks({ redis, load: behind, table: silent, onError });
    await index.apply([{ name, remove: '1#a#ada', add: '2#b#ada' }]);
    expect(await index.keys(scope, ranking, { limit: 9 })).toEqual(['2#b#ada', '3#c#cleo']);
    expect(await index.countScoresBefore(scope, ranking, '3')).toBe(1);
    await redis.quit();
  });

  test('a batch of the stream that comes again ends where it ended', async () => {
    const redis = connect();
    await redis.flushall();
    const index = redisRanks({ redis, load: async () => ['1#a#ada'], table: silent, onError });
    await index.count(scope, ranking, {});
    const batch = [moved('1#a#ada', '2#b#ada'), moved('2#b#ada', '3#c#ada'), moved(undefined, '4#d#bob')];
    for (let time = 0; time < 2; time += 1) await rankConsumer(index).consume(batch);
    expect(await index.keys(scope, ranking, { limit: 9 })).toEqual(['3#c#ada', '4#d#bob']);
    await redis.quit();
  });
});

const scope = workspaceScope('acme', 'main');
const ranking: Ranking = { leaderboard: 'board', period: 'all' };
const name = 'T#acme#W#main#BOARD#board#all';

/** A table that must not be asked. */
const silent: RankIndex = {
  count: () => Promise.reject(new Error('asked')),
  countScoresBefore: () => Promise.reject(new Error('asked')),
  keys: () => Promise.reject(new Error('asked')),
  rebuild: () => Promise.reject(new Error('asked')),
};

/** A line of a board that moves, as the stream tells it. */
function moved(from: string | undefined, to: string): TableChange {
  const line = (gsi1sk: string | undefined) => (gsi1sk === undefined ? undefined : { gsi1pk: `${name}#0`, gsi1sk });
  return { key: { pk: 'T#acme#W#main#U#ada', sk: 'SCORE#board' }, before: line(from), after: line(to) };
}

describe('with a Redis that is out of reach', () => {
  // Nobody listens on this socket.
  const redis = new Redis({
    path: join(tmpdir(), 'laurel-no-redis.sock'),
    maxRetriesPerRequest: 0,
    retryStrategy: () => 10,
  });
  redis.on('error', () => undefined);
  afterAll(() => redis.disconnect());

  test('the table answers, and it is told why', async () => {
    const told: string[] = [];
    const table = { ...silent, count: async () => 7, countScoresBefore: async () => 3, keys: async () => ['1#a#ada'] };
    const index = redisRanks({ redis, load: async () => [], table, onError: (message) => void told.push(message) });
    expect(await index.count(scope, ranking, {})).toBe(7);
    expect(await index.countScoresBefore(scope, ranking, '2')).toBe(3);
    expect(await index.keys(scope, ranking, { limit: 1 })).toEqual(['1#a#ada']);
    expect(told).toEqual(Array(3).fill('ranks are counted in the table'));
  });

  test('the stream waits, and nothing is put aside', async () => {
    const index = redisRanks({ redis, load: async () => [], table: silent, onError: () => undefined });
    const records = [
      {
        dynamodb: {
          Keys: { pk: { S: 'T#acme#W#main#U#ada' }, sk: { S: 'SCORE#board' } },
          NewImage: { gsi1pk: { S: `${name}#0` }, gsi1sk: { S: '1#a#ada' } },
        },
      },
    ];
    const put = async () => expect.unreachable('it was put aside');
    await expect(consumeRecords(rankConsumer(index), records, put)).rejects.toThrow(StreamStalled);
  });
});
