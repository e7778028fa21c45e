import type { Redis } from 'ioredis';
import type { SharedTexts } from '../ports/cache.ts';
import type { Breaker } from '../redis/breaker.ts';

/** Longer texts are not shared, in bytes: one that is read must not hold up all others. */
const MOST_BYTES = 1024 * 1024;

function nameOf(key: string): string {
  return `laurel:cache:${key}`;
}

/**
 * Texts in Redis. Each says under which key it was written and when, so that what a mistaken Redis gives for another key
 * (a proxy that mixes up answers, a copy of another database) is not taken for an answer.
 */
export function redisTexts(redis: Redis, ask: Breaker): SharedTexts {
  return {
    async get(key) {
      const found = await ask(() => redis.get(nameOf(key)));
      const [writtenFor, readAt = '', ...text] = (found ?? '').split('\n');
      if (writtenFor !== key || !/^\d{1,15}$/.test(readAt)) return undefined;
      return { readAt: Number(readAt), text: text.join('\n') };
    },
    async set(key, { readAt, text }, ttlMs) {
      if (Buffer.byteLength(text) > MOST_BYTES) return;
      await ask(() => redis.set(nameOf(key), `${key}\n${readAt}\n${text}`, 'PX', ttlMs));
    },
    async remove(key) {
      await ask(() => redis.del(nameOf(key)));
    },
  };
}
