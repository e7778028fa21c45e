import type { Platform } from '../api/platform.ts';
import { runRounds } from '../schedule/cell.ts';
import { turnHandlers } from '../schedule/handlers.ts';
import { asError } from './log.ts';

/** A scheduler that is at work. */
export interface Scheduler {
  /** Ends it, after the round that is under way. */
  close(): Promise<void>;
}

/** Runs what is due again and again, so many milliseconds after the round before; it keeps no process alive. */
export function startScheduler(platform: Platform, everyMs: number): Scheduler {
  let isClosed = false;
  const round = async (): Promise<void> => {
    try {
      await runRounds(platform, turnHandlers, { now: () => platform.clock.now(), hasTime: () => !isClosed });
    } catch (error) {
      platform.logger.error('the scheduler failed', { error: asError(error) });
    }
  };
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    timer = setTimeout(() => {
      running = round().then(() => {
        if (!isClosed) wait();
      });
    }, everyMs).unref();
  };
  wait();
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
