import type { Platform } from '../api/platform.ts';
import { runRounds } from '../schedule/cell.ts';
import { turnHandlers } from '../schedule/handlers.ts';
import { asError } from './log.ts';
import { type Rounds, startRounds } from './rounds.ts';

/** Runs what is due again and again, so many milliseconds after the round before; it keeps no process alive. */
export function startScheduler(platform: Platform, everyMs: number): Pick<Rounds, 'close'> {
  return startRounds(async ({ isClosed }) => {
    try {
      await runRounds(platform, turnHandlers, { now: () => platform.clock.now(), hasTime: () => !isClosed() });
    } catch (error) {
      platform.logger.error('the scheduler failed', { error: asError(error) });
    }
  }, everyMs);
}
