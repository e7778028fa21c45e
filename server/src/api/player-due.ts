import { nextDue, type PlayerState } from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { putDue } from '../store/schedule.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';

/** What falls due for one player: lots expire, holds and claims lapse, redemptions end. */
export const PLAYER_SETTLE = 'player.settle';

/**
 * The writes that schedule what falls due for a player, where a change brought it nearer. Where it moved away the turn
 * comes too early, finds nothing, and goes to where it belongs.
 */
export function schedulePlayer(
  table: Table,
  scope: Scope,
  userId: string,
  { before, after }: { readonly before: PlayerState; readonly after: PlayerState },
): Write[] {
  const known = nextDue(before);
  const due = nextDue(after);
  if (due === null || (known !== null && known <= due)) return [];
  return putDue(table, scope, { kind: PLAYER_SETTLE, subject: userId, at: due });
}
