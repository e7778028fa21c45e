import type { Activity } from '@laurel/contract/types';
import type { PlayerEvent } from './event.ts';
import type { CountedNames, PlayerFacts } from './player-facts.ts';
import type { Seen, TraceCode } from './trace.ts';
import type { UserFacts } from './user-facts.ts';

/** What a condition can speak of. */
export interface Facts {
  /** The event that is decided; where a completed mission is rewarded, the event that completed it. */
  readonly event: PlayerEvent;
  /** The user as they were when the event was decided first. */
  readonly user: UserFacts;
  /** The player as they were before the event. */
  readonly player: PlayerFacts;
  /** All that can be asked for of the player: what they have none of is 0. */
  readonly counted: CountedNames;
  /** The moment of what is decided, in event time, UTC. */
  readonly now: string;
}

/** Whether a condition holds, and what it looked at; where it does not hold, why. `seen` is absent where there is none. */
export type Verdict =
  | { readonly holds: true; readonly seen?: Seen | undefined }
  | {
      readonly holds: false;
      readonly why: Extract<TraceCode, 'condition_false' | 'condition_refused'>;
      readonly seen: Seen;
    };

/** A compiled condition: a pure function, which the shell makes of the text. */
export type Condition = (facts: Facts) => Verdict;

/** Makes a condition of a text, for the events of an activity; of any activity where none is given. */
export type CompileCondition = (text: string, activity: Activity | undefined) => Condition;

/** A definition with its condition compiled; null where it states none. */
export type Conditioned<Definition> = Definition & { readonly holds: Condition | null };

const HOLDS: Verdict = { holds: true };

/** Whether a rule's condition holds; a rule without one always takes what matches it. */
export function verdictOf({ holds }: { readonly holds: Condition | null }, facts: Facts): Verdict {
  return holds === null ? HOLDS : holds(facts);
}
