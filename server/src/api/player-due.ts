import { nextDue, type PlayerState } from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { putDue } from '../store/schedule.ts';
import type { PlayContext } from './call.ts';

/** What falls due for one player: lots expire, holds and claims lapse, redemptions end. */
export const PLAYER_SETTLE = 'player.settle';

/**
 * The writes that schedule what falls due for a player, where a change brought it nearer. Where it moved away the turn
 * comes too early, finds nothing, and goes to where it belongs. What should have come before now is scheduled anew,
 * whatever became of its turn: so a player whose turn was set aside comes due again with the next thing they do.
 */
export function schedulePlayer(
  { platform, scope, now, schedules = false }: PlayContext,
  userId: string,
  { before, after }: { readonly before: PlayerState; readonly after: PlayerState },
): Write[] {
  if (schedules) return [];
  const known = nextDue(before);
  const due = nextDue(after);
  if (due === null || (known !== null && known <= due && known >= now)) return [];
  return putDue(platform.table, scope, { kind: PLAYER_SETTLE, subject: userId, at: due });
}
