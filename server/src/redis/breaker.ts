/** How a service is asked that calls must not wait for. */
export interface BreakerOptions {
  /** How long an answer may take, in milliseconds. */
  readonly waitMs: number;
  /** After how many failures on end nobody asks any more. */
  readonly failures: number;
  /** For how long nobody asks then, in milliseconds, before one call tries again. */
  readonly restMs: number;
  /** The present moment, in milliseconds, of a clock that runs on. */
  readonly now: () => number;
  /** Hears when it begins to do without the service, and why; again every minute while it does; and when it is back. */
  readonly onChange: (state: 'degraded' | 'recovered', error?: unknown) => void;
}

/** What asks a service, and answers `undefined` at once or within the time that it may take where the service is away. */
export type Breaker = <T>(work: () => Promise<T>) => Promise<T | undefined>;

/** How often it is told that the service is still away, in milliseconds. */
const REMIND_MS = 60_000;

class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/** What some work comes to, or an error once its time is over; the work is not stopped, and what becomes of it is moot. */
async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TookTooLong(`no answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([work(), promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Makes a circuit breaker: a service that does not answer in time costs the first few calls that time, and then one call
 * in a while, which finds out whether it is back.
 */
export function createBreaker({ waitMs, failures, restMs, now, onChange }: BreakerOptions): Breaker {
  let failed = 0;
  let restsUntil = 0;
  let toldAt: number | undefined;

  function fail(error: unknown): void {
    failed += 1;
    if (failed >= failures) restsUntil = now() + restMs;
    if (toldAt !== undefined && now() - toldAt < REMIND_MS) return;
    toldAt = now();
    onChange('degraded', error);
  }

  function succeed(): void {
    failed = 0;
    if (toldAt === undefined) return;
    toldAt = undefined;
    onChange('recovered');
  }

  return async (work) => {
    if (failed >= failures) {
      if (now() < restsUntil) return undefined;
      // This call tries; those beside it do not wait for it.
      restsUntil = now() + restMs;
    }
    try {
      const result = await within(waitMs, work);
      succeed();
      return result;
    } catch (error) {
      fail(error);
      return undefined;
    }
  };
}
