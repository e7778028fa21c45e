import type { ScoreRecord } from '../player.ts';
import type { EntryTeam } from './membership.ts';

/** To what of a team something was given: to its score on a board, or its progress in a mission, in a period. */
export interface SharePlace {
  readonly of: 'leaderboard' | 'mission';
  /** The id of the definition. */
  readonly definition: string;
  readonly period: string;
  readonly team: string;
}

/** What every share says of itself. */
interface ShareBase extends SharePlace {
  /** Names the player in the team, for one stretch of time in it; who comes back later begins another share. */
  readonly member: string;
  /** When that stretch began. */
  readonly joinedAt: string;
}

/** How the parts of members make one score: added up, or the one that is best or latest of all. */
export type ShareRule = 'sum' | 'max' | 'min' | 'latest';

/** What one member gave to their team's score on a board in a period: a score of their own, of what they did in it. */
export interface BoardShare extends ShareBase, Omit<ScoreRecord, 'leaderboard'> {
  readonly of: 'leaderboard';
  readonly rule: ShareRule;
}

/** What a member did for a mission, as some of its versions count it. */
export interface ShareCount {
  readonly startedAt: string;
  readonly movedAt: string;
  /** What was given to each step. */
  readonly steps: readonly number[];
}

/** A version that progress can be on, and the first of those that count the same, by which it is counted. */
export interface StartedOn {
  readonly version: number;
  readonly countedAs: number;
}

/** What one member gave to their team's progress in a mission and period. */
export interface MissionShare extends ShareBase {
  readonly of: 'mission';
  /** The oldest version that something in it starts; null where all of it only goes on. */
  readonly startedOn: StartedOn | null;
  readonly movedAt: string;
  /** By the first version of those that count the same. */
  readonly counts: Readonly<Record<string, ShareCount>>;
}

/**
 * What one member gave to a team. It is folded from the player's history as their own scores are, so that late and
 * voided events are right by themselves; what a team has is made of the shares of all its members, and of nothing else.
 */
export type TeamShare = BoardShare | MissionShare;

/** The id of a share within its player; ids hold no spaces, so that it can be taken apart again. */
export function shareId(
  { of, definition, period }: Omit<SharePlace, 'team'>,
  { id: team, member }: Pick<EntryTeam, 'id' | 'member'>,
): string {
  return [of, definition, period, team, member].join(' ');
}

/** What the id of a share is made of. */
export function partsOfShare(id: string): {
  readonly of: string;
  readonly definition: string;
  readonly period: string;
  readonly team: string;
  readonly member: string;
} {
  const [of = '', definition = '', period = '', team = '', member = ''] = id.split(' ');
  return { of, definition, period, team, member };
}

/** What a player gave to teams, as far as later entries can move it, by `shareId`. */
export function sharesOf({
  shares,
}: {
  readonly shares?: Readonly<Record<string, TeamShare>>;
}): Readonly<Record<string, TeamShare>> {
  return shares ?? {};
}

/**
 * Events may lie five minutes ahead of the clock by which they were told their team, and clocks differ: so much later
 * than the next stretch began nothing is told the one before any more.
 */
const LEEWAY = 10 * 60 * 1000;

/**
 * Whether no later entry can be of a share's stretch in its team any more, since another one has begun long enough ago:
 * it leaves the hot state, which would grow with every change of team otherwise.
 * @param joined when other stretches began that are known of
 */
export function isLeft(share: Pick<TeamShare, 'joinedAt'>, joined: readonly string[], now: string): boolean {
  return joined.some((joinedAt) => joinedAt > share.joinedAt && Date.parse(now) - Date.parse(joinedAt) > LEEWAY);
}
