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
    };
