import type { Logger } from '@aws-lambda-powertools/logger';
import { Redis } from 'ioredis';
import { type Breaker, createBreaker } from '../redis/breaker.ts';
import { LIMITS } from './aws.ts';

/** How long a call may wait for Redis, in milliseconds: it answers within one or two. */
const WAIT_MS = 25;
/** After how many failures on end it is left alone, and for how long, in milliseconds. */
const FAILURES = 3;
const REST_MS = 1000;

/** The cell's Redis, and what asks it without waiting for it. */
export interface CellRedis {
  readonly redis: Redis;
  /** A breaker for one part of the platform: what one part asks may fail while another's is answered. */
  breakerOf(part: string): Breaker;
}

/** Reaches the Redis (or Valkey) of a cell at a URL. That it is away, and back, is told as `degraded` and `recovered`. */
export function cellRedis(url: string, logger: Pick<Logger, 'warn' | 'info'>): CellRedis {
  const redis = new Redis(url, {
    connectTimeout: LIMITS.connectionTimeout,
    commandTimeout: LIMITS.connectionTimeout,
    maxRetriesPerRequest: 1,
    retryStrategy: (times) => Math.min(times * 50, 1000),
    // After a failover the old primary takes no writes: the name of the cache leads to the new one.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  });
  // Who asks while there is no connection hears of it; nobody need hear of each try to connect again.
  redis.on('error', () => undefined);
  return {
    redis,
    breakerOf: (part) =>
      createBreaker({
        waitMs: WAIT_MS,
        failures: FAILURES,
        restMs: REST_MS,
        now: () => performance.now(),
        onChange: (state, error) =>
          state === 'degraded'
            ? logger.warn('degraded', { part, reason: String(error) })
            : logger.info('recovered', { part }),
      }),
  };
}
