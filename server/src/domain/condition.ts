import type { Activity } from '@laurel/contract/types';
import type { PlayerEvent } from './event.ts';
import type { PlayerState } from './player.ts';
import type { Ruleset } from './ruleset.ts';
import type { TraceCode, TraceEntry } from './trace.ts';

/** What a condition can speak of. */
export interface Facts {
  /** The event that is decided; where a completed mission is rewarded, the event that completed it. */
  readonly event: PlayerEvent;
  /** The player as they were before the event. */
  readonly player: Pick<PlayerState, 'wallets'>;
  /** Every currency of the workspace: a wallet that was never used has a balance of 0. */
  readonly currencies: Ruleset['currencies'];
  /** The moment of the decision, UTC. */
  readonly now: string;
}

/** Whether a condition holds; where it does not, why, and the values that decided it. */
export type Verdict =
  | { readonly holds: true }
  | {
      readonly holds: false;
      readonly why: Extract<TraceCode, 'condition_false' | 'condition_refused'>;
      readonly values: TraceEntry['values'];
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
