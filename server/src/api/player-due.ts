import type { User } from '@laurel/contract/users/schema';
import { earlier, nextDue, nextLedgerDue, nextProgressEnd, type PlayerState } from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { getSheet } from '../store/players.ts';
import { putDue } from '../store/schedule.ts';
import type { PlayContext } from './call.ts';
import { workspaceOf, zoneOf } from './reader.ts';
import { nextStreakLoss, type StreakClock } from './streak-view.ts';

/** What falls due for one player: lots expire, holds and claims lapse, redemptions end, missions expire, streaks break. */
export const PLAYER_SETTLE = 'player.settle';

/** What a player is given whose processing was restricted when it came about: once they are released. */
export const PLAYER_GIVE = 'player.give';

/** The same moment of the next day: when somebody who is restricted is looked at again. */
export function dayAfter(at: string): string {
  return new Date(Date.parse(at) + 24 * 60 * 60 * 1000).toISOString();
}

function earlierOf(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return earlier(a, b);
}

/** When a player misses something next, if they do nothing: a progress expires, or a streak takes a freeze or breaks. */
function nextMiss(state: PlayerState, clock: StreakClock): string | null {
  return earlierOf(nextProgressEnd(state), nextStreakLoss(state, clock));
}

/** When something falls due for a player next; null where nothing will. */
export function nextPlayerDue(state: PlayerState, clock: StreakClock): string | null {
  return earlierOf(nextDue(state), nextMiss(state, clock));
}

/** When time alone does something next to what a player has, so that a tick of their history brings it about. */
export function nextTimeDue(state: PlayerState, clock: StreakClock): string | null {
  return earlierOf(nextLedgerDue(state), nextMiss(state, clock));
}

/**
 * What was missed before now, as backdated events tell, is looked at a while later: those who import a history send
 * its next events meanwhile, and no run breaks and is mended again between two of them, nor does a mission expire and
 * go on.
 */
const LOOKED_AT_AFTER = 10 * 60 * 1000;

/** When a player's turn comes, so that what is due is done. */
function turnOf(state: PlayerState, clock: StreakClock, now: string): string | null {
  const miss = nextMiss(state, clock);
  const soon = new Date(Date.parse(now) + LOOKED_AT_AFTER).toISOString();
  return earlierOf(nextDue(state), miss !== null && miss <= now ? soon : miss);
}

/** A player before a change and after it, and by which rules and clocks each of them goes on. */
interface PlayerChange {
  readonly before: PlayerState;
  readonly after: PlayerState;
  readonly clocks: { readonly before: StreakClock; readonly after: StreakClock };
}

/**
 * The writes that schedule what falls due for a player, where a change brought it nearer. Where it moved away the turn
 * comes too early, finds nothing, and goes to where it belongs: a player who keeps a streak up moves it away with every
 * day, and their events write nothing for that. A turn that should have been before now may be none, such as where a
 * streak was archived meanwhile: what comes after now is scheduled then. What else should have been before now is
 * scheduled anew, whatever became of its turn: so a player whose turn was set aside comes due with the next they do.
 */
export function schedulePlayer(
  { platform, scope, now, inTurn }: PlayContext,
  userId: string,
  { before, after, clocks }: PlayerChange,
): Write[] {
  if (inTurn === true) return [];
  const known = nextPlayerDue(before, clocks.before);
  const due = nextPlayerDue(after, clocks.after);
  const overdue = nextDue(after);
  const isOverdue = overdue !== null && overdue < now;
  const isNearer = due !== null && (known === null || due < known || (known <= now && now < due));
  const at = isNearer || isOverdue ? turnOf(after, clocks.after, now) : null;
  return at === null ? [] : putDue(platform.table, scope, { kind: PLAYER_SETTLE, subject: userId, at });
}

/** The writes that a change of a user takes where it moves them into another zone, in which days end earlier. */
export async function movedZone(call: PlayContext, before: User, after: User): Promise<Write[]> {
  if (before.zone === after.zone) return [];
  const { platform, scope } = call;
  const [workspace, { ruleset }] = await Promise.all([workspaceOf(call), platform.rulebooks(scope)]);
  const { state } = await getSheet(platform.table, scope, after.id);
  const clockOf = (user: User) => ({ rules: ruleset.streaksById, userZone: zoneOf(user, workspace) });
  const clocks = { before: clockOf(before), after: clockOf(after) };
  return schedulePlayer(call, after.id, { before: state, after: state, clocks });
}
