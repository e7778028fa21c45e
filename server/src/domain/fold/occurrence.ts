import type { MissionVersion } from '../mission/version.ts';

/**
 * Something that happens within an entry's turn and that mechanics react to. The event is the first; what follows from
 * it comes after, in the order in which it came about.
 */
export type Occurrence =
  | { readonly kind: 'event'; readonly activity: string }
  | {
      readonly kind: 'missionCompleted';
      readonly mission: string;
      readonly period: string;
      readonly version: MissionVersion;
    }
  | {
      readonly kind: 'credited';
      readonly currency: string;
      readonly amount: number;
      /** Whether a rule or a mission gave it; what is given by hand or as a prize was not earned by playing. */
      readonly earned: boolean;
    }
  /** A run came to a length that the streak celebrates; `key` tells the run from others of the player. */
  | {
      readonly kind: 'streakMilestone';
      readonly streak: string;
      readonly length: number;
      /** The first period of the run. */
      readonly from: number;
      readonly key: string;
    }
  /** A level was reached; `key` tells this time from others, where levels are lost and reached again. */
  | { readonly kind: 'levelReached'; readonly track: string; readonly level: number; readonly key: string }
  /** A tier of a badge was earned; `key` tells this time from others. */
  | { readonly kind: 'badgeAwarded'; readonly badge: string; readonly tier: number; readonly key: string }
  /** A leaderboard was settled for a period, with the player at a rank. */
  | {
      readonly kind: 'leaderboardClosed';
      readonly leaderboard: string;
      readonly period: string;
      readonly rank: number;
    }
  /** A rule or a mission gives a badge. `cause`, here and below, is unique in the player's history. */
  | { readonly kind: 'badgeGranted'; readonly badge: string; readonly cause: string }
  /** … experience on a level track. */
  | { readonly kind: 'experienceGranted'; readonly track: string; readonly amount: number; readonly cause: string }
  /** … freezes of a streak. */
  | { readonly kind: 'freezeGranted'; readonly streak: string; readonly count: number; readonly cause: string }
  /** … an item of the catalogue. */
  | { readonly kind: 'itemGranted'; readonly item: string; readonly quantity: number; readonly cause: string };
