import type { User } from '@laurel/contract/users/schema';
import { earlier, nextDue, nextLedgerDue, type PlayerState } from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { getSheet } from '../store/players.ts';
import { putDue } from '../store/schedule.ts';
import type { PlayContext } from './call.ts';
import { workspaceOf, zoneOf } from './reader.ts';
import { nextStreakLoss, type StreakClock } from './streak-view.ts';

/** What falls due for one player: lots expire, holds and claims lapse, redemptions end, streaks break. */
export const PLAYER_SETTLE = 'player.settle';

function earlierOf(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return earlier(a, b);
}

/** When something falls due for a player next; null where nothing will. */
export function nextPlayerDue(state: PlayerState, clock: StreakClock): string | null {
  return earlierOf(nextDue(state), nextStreakLoss(state, clock));
}

/** When time alone does something next to what a player has, so that a tick of their history brings it about. */
export function nextTimeDue(state: PlayerState, clock: StreakClock): string | null {
  return earlierOf(nextLedgerDue(state), nextStreakLoss(state, clock));
}

/** When something fell due for a player before a change, when it does after it, and what time it is. */
interface DueChange {
  readonly known: string | null;
  readonly due: string | null;
  readonly now: string;
}

/**
 * The writes that schedule what falls due for a player, where a change brought it nearer. Where it moved away the turn
 * comes too early, finds nothing, and goes to where it belongs: a player who keeps a streak up moves it away with every
 * day, and their events write nothing for that. A turn that should have been before now may be none, such as where a
 * streak was archived meanwhile: what comes after now is scheduled then.
 */
export function schedulePlayer(
  { platform, scope }: Pick<PlayContext, 'platform' | 'scope'>,
  userId: string,
  { known, due, now }: DueChange,
): Write[] {
  if (due === null) return [];
  const isNearer = known === null || due < known || (known <= now && now < due);
  return isNearer ? putDue(platform.table, scope, { kind: PLAYER_SETTLE, subject: userId, at: due }) : [];
}

/** The writes that a change of a user takes where it moves them into another zone, in which days end earlier. */
export async function movedZone(call: PlayContext, before: User, after: User): Promise<Write[]> {
  if (before.zone === after.zone) return [];
  const { platform, scope } = call;
  const [workspace, { ruleset }] = await Promise.all([workspaceOf(call), platform.rulebooks(scope)]);
  const { state } = await getSheet(platform.table, scope, after.id);
  const dueIn = (user: User) => nextPlayerDue(state, { rules: ruleset.streaksById, userZone: zoneOf(user, workspace) });
  return schedulePlayer(call, after.id, { known: dueIn(before), due: dueIn(after), now: call.now });
}
