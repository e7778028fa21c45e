import { getClock } from '../store/clocks.ts';
import { commit } from '../store/commit.ts';
import { type DueWorkspace, dueWorkspaces, leaveLine } from '../store/schedule.ts';
import { workspaceScope } from '../store/scope.ts';
import { runDue } from './run.ts';
import type { SchedulePlatform, TurnHandlers } from './turn.ts';

/** How many items of one workspace are run before the next workspace has its turn. */
const SHARE = 100;

/** What one round of the scheduler did. */
export interface Round {
  /** How many items it has run. */
  readonly ran: number;
  /** How many items and workspaces failed; it is logged, and tried again in the next round. */
  readonly failed: number;
}

/** Runs a workspace's share of what is due by the real time; a test clock's workspace is left to its clock. */
async function runShare(
  platform: SchedulePlatform,
  handlers: TurnHandlers,
  place: DueWorkspace,
  { until, now }: { readonly until: string; readonly now: () => string },
) {
  const { table } = platform;
  const scope = workspaceScope(place.tenant, place.workspace);
  const clock = await getClock(table, scope);
  if (clock?.kind !== 'test') {
    const { ran, failures } = await runDue({ platform, handlers, scope, until, limit: SHARE, now });
    return { ran: ran - failures, failed: failures };
  }
  for (const write of await leaveLine(table, scope, until)) await commit(table, [write]);
  return { ran: 0, failed: 0 };
}

/** How long the scheduler goes on. */
export interface Rounds {
  readonly now: () => string;
  /** Whether there is time for another round. */
  readonly hasTime: () => boolean;
}

/** Goes round the cell until nothing is due any more, or time is up. */
export async function runRounds(
  platform: SchedulePlatform,
  handlers: TurnHandlers,
  { now, hasTime }: Rounds,
): Promise<Round> {
  let [ran, failed] = [0, 0];
  while (hasTime()) {
    const round = await runRound(platform, handlers, now(), now);
    ran += round.ran;
    failed = round.failed;
    if (round.ran === 0) break;
  }
  return { ran, failed };
}

/**
 * One round of the scheduler over the whole cell: what is due by a time in every workspace that lives by the real time.
 * The workspaces are found by the cell's line of due items. One that fails keeps no other waiting.
 */
export async function runRound(
  platform: SchedulePlatform,
  handlers: TurnHandlers,
  until: string,
  now: () => string = () => until,
): Promise<Round> {
  let [ran, failed] = [0, 0];
  for (const place of await dueWorkspaces(platform.table, until)) {
    try {
      const share = await runShare(platform, handlers, place, { until, now });
      ran += share.ran;
      failed += share.failed;
    } catch (error) {
      failed += 1;
      const cause = error instanceof Error ? error : new Error(String(error));
      platform.logger.error('what was due failed', { ...place, error: cause });
    }
  }
  return { ran, failed };
}
