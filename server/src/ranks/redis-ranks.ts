import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { KeyInterval, RankIndex, Ranking } from '../ports/rank-index.ts';
import { type LineChange, rankingName } from '../store/leaderboards.ts';
import type { Scope } from '../store/scope.ts';
import type { LoadKeys } from './memory-ranks.ts';

/** Ranks in Redis, which must be told every change of a line in the table, by whoever reads its stream. */
export interface RedisRanks extends RankIndex {
  /** Takes changes in the order of the stream. A change that comes twice is one change. */
  apply(changes: readonly LineChange[]): Promise<void>;
}

/**
 * What is kept of a ranking: its lines and its different scores as sorted sets of equal weight, which Redis orders by
 * their texts; how many lines each score has; whether it is there (`ready`) or being read (`loading:` and by whom); and
 * which lines left it, and which came, as long as it is not there. The braces keep them on one node of a cluster.
 *
 * What left and what came is remembered for a while before anybody reads the ranking, too: it is read from the table's
 * index, which may be behind the stream.
 */
const PARTS = ['lines', 'scores', 'counts', 'state', 'left', 'came'] as const;

function keysOf(name: string): string[] {
  return PARTS.map((part) => `laurel:ranks:{${name}}:${part}`);
}

const HELPERS = `
local lines, scores, counts, state, left, came = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local function score(key) return string.sub(key, 1, string.find(key, '#', 1, true) - 1) end
local function add(key)
  if redis.call('ZADD', lines, 0, key) == 1 then
    redis.call('HINCRBY', counts, score(key), 1)
    redis.call('ZADD', scores, 0, score(key))
  end
end
local function remove(key)
  if redis.call('ZREM', lines, key) == 1 and redis.call('HINCRBY', counts, score(key), -1) <= 0 then
    redis.call('HDEL', counts, score(key))
    redis.call('ZREM', scores, score(key))
  end
end
`;

/**
 * Takes one change; where the ranking is not there (yet), only for whoever reads it. ARGV: what leaves, what comes (empty
 * for nothing), and for how long it is remembered (ms).
 */
const APPLY = `${HELPERS}
if redis.call('GET', state) == 'ready' then
  if ARGV[1] ~= '' then remove(ARGV[1]) end
  if ARGV[2] ~= '' then add(ARGV[2]) end
  return 1
end
if ARGV[1] ~= '' then
  redis.call('SADD', left, ARGV[1])
  redis.call('SREM', came, ARGV[1])
end
if ARGV[2] ~= '' then
  redis.call('SADD', came, ARGV[2])
  redis.call('SREM', left, ARGV[2])
end
redis.call('PEXPIRE', left, ARGV[3])
redis.call('PEXPIRE', came, ARGV[3])
return 0
`;

/** Begins to read a ranking, unless it is there or somebody else reads it. ARGV: a name, and for how long (ms). */
const BEGIN = `
if redis.call('EXISTS', KEYS[4]) == 1 then return 0 end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('SET', KEYS[4], 'loading:' .. ARGV[1], 'PX', ARGV[2])
return 1
`;

/** Takes keys that were read, and at last what left and came. ARGV: the name, whether these are the last, the keys. */
const LOAD = `${HELPERS}
if redis.call('GET', state) ~= 'loading:' .. ARGV[1] then return 0 end
for index = 3, #ARGV do add(ARGV[index]) end
if ARGV[2] == 'last' then
  for _, key in ipairs(redis.call('SMEMBERS', left)) do remove(key) end
  for _, key in ipairs(redis.call('SMEMBERS', came)) do add(key) end
  redis.call('SET', state, 'ready')
  redis.call('DEL', left, came)
end
return 1
`;

/** How long reading a ranking may take before another process may begin anew. */
const LOADING_MS = 60_000;
/** How long changes of a ranking that is not there are remembered: as long as reading it may take, and an index be behind. */
const REMEMBERED_MS = 2 * LOADING_MS;
/** How many keys are sent at a time. */
const CHUNK = 1000;

/** What ranks over Redis take. */
export interface RedisRanksParts {
  readonly redis: Redis;
  /** Reads a ranking from the table. */
  readonly load: LoadKeys;
  /** Answers as long as Redis cannot. */
  readonly table: RankIndex;
  /** Hears why Redis could not answer. */
  readonly onError: (message: string, error: unknown) => void;
}

/**
 * Makes ranks over Redis. A ranking is read from the table when it is first asked for; until it is there, whenever Redis
 * has lost it, and as long as Redis is out of reach, the table itself answers.
 */
export function redisRanks({ redis, load, table, onError }: RedisRanksParts): RedisRanks {
  const run = (script: string, name: string, ...args: readonly string[]) =>
    redis.eval(script, PARTS.length, ...keysOf(name), ...args);

  /** Whether Redis has a ranking; where nobody reads it yet it is read, which ends before this answers. */
  async function has(...[scope, ranking]: Parameters<LoadKeys>): Promise<boolean> {
    const name = rankingName(scope, ranking);
    const [, , , state = ''] = keysOf(name);
    if ((await redis.get(state)) === 'ready') return true;
    const token = randomUUID();
    if ((await run(BEGIN, name, token, String(LOADING_MS))) !== 1) return false;
    const found = await load(scope, ranking);
    for (let start = 0; start === 0 || start < found.length; start += CHUNK) {
      const last = start + CHUNK >= found.length ? 'last' : 'more';
      if ((await run(LOAD, name, token, last, ...found.slice(start, start + CHUNK))) !== 1) return false;
    }
    return true;
  }

  const low = ({ from }: KeyInterval) => (from === undefined ? '-' : `[${from}`);
  const high = ({ to }: KeyInterval) => (to === undefined ? '+' : `[${to}`);

  /** What Redis answers of a ranking, or the table, where Redis does not have it. */
  async function answer<T>(
    scope: Scope,
    ranking: Ranking,
    ask: (keys: { readonly lines: string; readonly scores: string }) => Promise<T>,
    askTable: () => Promise<T>,
  ): Promise<T> {
    const [lines = '', scores = ''] = keysOf(rankingName(scope, ranking));
    try {
      if (await has(scope, ranking)) return await ask({ lines, scores });
    } catch (error) {
      onError('ranks are counted in the table', error);
    }
    return askTable();
  }

  return {
    count: (scope, ranking, interval) =>
      answer(
        scope,
        ranking,
        ({ lines }) => redis.zlexcount(lines, low(interval), high(interval)),
        () => table.count(scope, ranking, interval),
      ),

    countScoresBefore: (scope, ranking, key) =>
      answer(
        scope,
        ranking,
        ({ scores }) => redis.zlexcount(scores, '-', `(${key}`),
        () => table.countScoresBefore(scope, ranking, key),
      ),

    keys: (scope, ranking, page) =>
      answer(
        scope,
        ranking,
        ({ lines }) => {
          const { limit, after, descending = false } = page;
          return descending
            ? redis.zrevrangebylex(lines, after === undefined ? '+' : `(${after}`, '-', 'LIMIT', 0, limit)
            : redis.zrangebylex(lines, after === undefined ? '-' : `(${after}`, '+', 'LIMIT', 0, limit);
        },
        () => table.keys(scope, ranking, page),
      ),

    async rebuild(scope, ranking) {
      await redis.del(...keysOf(rankingName(scope, ranking)));
      await has(scope, ranking);
    },

    async apply(changes) {
      for (const { name, remove = '', add = '' } of changes) await run(APPLY, name, remove, add, String(REMEMBERED_MS));
    },
  };
}
