import type { Scope } from '../store/scope.ts';

/** Hears that a player may have news. */
export interface LiveListener {
  /**
   * Waits until there may be news since the last time this was asked, until so many milliseconds have passed, or until
   * the signal ends it. It may wake for nothing; it never sleeps through news for longer than the time given.
   */
  news(milliseconds: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Tells those who wait for a player's happenings when it is worth looking. What happened is read from the table. */
export interface LiveSignals {
  listen(scope: Scope, userId: string): LiveListener;
}

/** Waits for a time or the end of a signal, whichever is first. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) return Promise.resolve();
  const timer = setTimeout(resolve, milliseconds);
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(() => clearTimeout(timer));
}

/** Looks again after a fixed time: for processes that hear nothing of one another's writes. */
export function pollingSignals(every: number): LiveSignals {
  return {
    listen: () => ({
      news: (milliseconds, signal) => pause(Math.min(every, milliseconds), signal),
      close: () => undefined,
    }),
  };
}
