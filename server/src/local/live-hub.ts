import { type LiveSignals, pause } from '../ports/live-signals.ts';
import { isBatchKey, playerPartition } from '../store/happenings.ts';
import type { Engine } from './dynamodb/index.ts';

/** Wakes those who wait for a player as soon as a commit of this process's table brings news. */
export function createLiveHub(engine: Engine): LiveSignals {
  const waiting = new Map<string, Set<() => void>>();
  engine.subscribe((records) => {
    for (const { dynamodb } of records) {
      const { pk, sk } = dynamodb.Keys;
      if (!(pk && 'S' in pk && sk && 'S' in sk && isBatchKey(sk.S))) continue;
      for (const wake of waiting.get(pk.S) ?? []) wake();
    }
  });
  return {
    listen(scope, userId) {
      const partition = playerPartition(scope, userId);
      let hasNews = false;
      let heard = Promise.withResolvers<void>();
      const wake = (): void => {
        hasNews = true;
        heard.resolve();
      };
      const own = waiting.get(partition) ?? new Set();
      waiting.set(partition, own.add(wake));
      return {
        async news(milliseconds, signal) {
          if (!hasNews) {
            const over = new AbortController();
            await Promise.race([heard.promise, pause(milliseconds, AbortSignal.any([signal, over.signal]))]);
            over.abort();
          }
          hasNews = false;
          heard = Promise.withResolvers();
        },
        close() {
          own.delete(wake);
          if (own.size === 0) waiting.delete(partition);
        },
      };
    },
  };
}
