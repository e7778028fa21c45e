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
  | { readonly kind: 'credited'; readonly currency: string; readonly amount: number }
  /** A level was reached; `key` tells this time from others, where levels are lost and reached again. */
  | { readonly kind: 'levelReached'; readonly track: string; readonly level: number; readonly key: string }
  /** A tier of a badge was earned; `key` tells this time from others. */
  | { readonly kind: 'badgeAwarded'; readonly badge: string; readonly tier: number; readonly key: string };
