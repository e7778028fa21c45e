import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { KeyInterval, RankIndex } from '../ports/rank-index.ts';
import { type LineChange, rankingName } from '../store/leaderboards.ts';
import type { LoadKeys } from './memory-ranks.ts';

/** Ranks in Redis, which must be told every change of a line in the table, by whoever reads its stream. */
export interface RedisRanks extends RankIndex {
  /** Takes changes in the order of the stream. A change that comes twice is one change. */
  apply(changes: readonly LineChange[]): Promise<void>;
}

/**
 * What is kept of a ranking: its lines and its different scores as sorted sets of equal weight, which Redis orders by
 * their texts; how many lines each score has; whether it is there (`ready`) or being read (`loading:` and by whom); and
 * which lines left it while it was being read. The braces keep them on one node of a cluster.
 */
const PARTS = ['lines', 'scores', 'counts', 'state', 'left'] as const;

function keysOf(name: string): string[] {
  return PARTS.map((part) => `laurel:ranks:{${name}}:${part}`);
}

const HELPERS = `
local lines, scores, counts, state, left = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
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

/** Takes one change; nothing where the ranking is not kept. ARGV: what leaves, what comes (empty for nothing). */
const APPLY = `${HELPERS}
local now = redis.call('GET', state)
if not now then return 0 end
if ARGV[1] ~= '' then
  remove(ARGV[1])
  if now ~= 'ready' then redis.call('SADD', left, ARGV[1]) end
end
if ARGV[2] ~= '' then
  add(ARGV[2])
  if now ~= 'ready' then redis.call('SREM', left, ARGV[2]) end
end
return 1
`;

/** Begins to read a ranking, unless it is there or somebody else reads it. ARGV: a name, and for how long (ms). */
const BEGIN = `
if redis.call('EXISTS', KEYS[4]) == 1 then return 0 end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[5])
redis.call('SET', KEYS[4], 'loading:' .. ARGV[1], 'PX', ARGV[2])
return 1
`;

/** Takes keys that were read, but those that have left since. ARGV: the name, whether these are the last, the keys. */
const LOAD = `${HELPERS}
if redis.call('GET', state) ~= 'loading:' .. ARGV[1] then return 0 end
for index = 3, #ARGV do
  if redis.call('SISMEMBER', left, ARGV[index]) == 0 then add(ARGV[index]) end
end
if ARGV[2] == 'last' then
  redis.call('SET', state, 'ready')
  redis.call('DEL', left)
end
return 1
`;

/** How long reading a ranking may take before another process may begin anew. */
const LOADING_MS = 60_000;
/** How many keys are sent at a time. */
const CHUNK = 1000;

/**
 * Makes ranks over Redis. A ranking is read from the table when it is first asked for; until it is there, and whenever
 * Redis has lost it, the table itself answers.
 *
 * @param table answers as long as Redis cannot
 */
export function redisRanks(redis: Redis, load: LoadKeys, table: RankIndex): RedisRanks {
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

  return {
    async count(scope, ranking, interval) {
      if (!(await has(scope, ranking))) return table.count(scope, ranking, interval);
      const [lines = ''] = keysOf(rankingName(scope, ranking));
      return redis.zlexcount(lines, low(interval), high(interval));
    },

    async countScoresBefore(scope, ranking, key) {
      if (!(await has(scope, ranking))) return table.countScoresBefore(scope, ranking, key);
      const [, scores = ''] = keysOf(rankingName(scope, ranking));
      return redis.zlexcount(scores, '-', `(${key}`);
    },

    async keys(scope, ranking, page) {
      if (!(await has(scope, ranking))) return table.keys(scope, ranking, page);
      const [lines = ''] = keysOf(rankingName(scope, ranking));
      const { limit, after, descending = false } = page;
      if (descending)
        return redis.zrevrangebylex(lines, after === undefined ? '+' : `(${after}`, '-', 'LIMIT', 0, limit);
      return redis.zrangebylex(lines, after === undefined ? '-' : `(${after}`, '+', 'LIMIT', 0, limit);
    },

    async rebuild(scope, ranking) {
      await redis.del(...keysOf(rankingName(scope, ranking)));
      await has(scope, ranking);
    },

    async apply(changes) {
      for (const { name, remove = '', add = '' } of changes) await run(APPLY, name, remove, add);
    },
  };
}
