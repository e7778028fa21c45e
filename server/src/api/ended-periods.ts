import type { LeaderboardPeriod } from '@laurel/contract/leaderboards/schema';
import type { Leaderboard } from '@laurel/contract/types';
import type { Period } from '../calendar/schedule.ts';
import { periodAt, periodNamed } from '../calendar/windows.ts';
import { LEADERBOARD_CLOSE } from '../schedule/closings.ts';
import { getClosing } from '../store/closings.ts';
import { countLines } from '../store/leaderboards.ts';
import { getDue } from '../store/schedule.ts';
import type { CallContext } from './call.ts';
import { readingOf } from './rankings.ts';

/** So many periods can be over and wait at once: short ones under a long grace. */
const MOST = 40;

/** The period that the scheduler closes next, where it is over, and those that ended after it: the latest first. */
async function waitingPeriods({ platform, scope, now }: CallContext, board: Leaderboard): Promise<Period[]> {
  const due = await getDue(platform.table, scope, { kind: LEADERBOARD_CLOSE, subject: board.id });
  const key = due?.details?.period;
  const periods: Period[] = [];
  let period = key === undefined ? null : periodNamed(board.window, key);
  while (period?.to != null && period.to <= now && periods.length < MOST) {
    periods.unshift(period);
    period = board.window.kind === 'range' ? null : periodAt(board.window, period.to);
  }
  return periods;
}

/** The periods of a board that are over, and that nobody began to close: late events still count in their grace. */
export async function endedPeriods(call: CallContext, board: Leaderboard): Promise<LeaderboardPeriod[]> {
  const { table } = call.platform;
  const waiting = await waitingPeriods(call, board);
  const found = await Promise.all(
    waiting.map(async ({ key: period }): Promise<LeaderboardPeriod[]> => {
      if ((await getClosing(table, call.scope, { leaderboard: board.id, period })) !== undefined) return [];
      const players = await countLines(await readingOf(call, board, period));
      const nothing = { granted: 0, withheld: 0, reduced: 0, closedAt: null };
      return [{ leaderboard: board.id, period, state: 'ended', players, ...nothing }];
    }),
  );
  return found.flat();
}
