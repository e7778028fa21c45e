import type { Past } from '../mission/running.ts';
import type { PlayerState } from '../player.ts';
import type { Refusal } from '../refusal.ts';
import type { Ruleset } from '../ruleset.ts';
import { decide, type Outcome } from './decide.ts';
import type { Entry } from './entry.ts';
import { type RecordMap, type RecordRef, recordIn } from './records.ts';

/** A stretch of history, folded. */
export interface Stretch {
  readonly kind: 'folded';
  /** The player at its end. */
  readonly state: PlayerState;
  /** What each entry came to, in their order. */
  readonly outcomes: readonly Outcome[];
  /** The player before every entry whose place in the stretch was asked for. */
  readonly before: ReadonlyMap<number, PlayerState>;
}

/**
 * Folds a stretch of a player's history, in its order, from the player as they were before it.
 * @param earlier what was folded before the stretch, from where `recountedFrom` asks for it
 * @param keep the places whose state before the entry is wanted, for snapshots
 */
export function foldStretch(
  base: PlayerState,
  entries: readonly Entry[],
  rulesetOf: (version: number) => Ruleset,
  keep: (place: number) => boolean = () => false,
  earlier: readonly Past[] = [],
): Stretch | Refusal {
  let state = base;
  const outcomes: Outcome[] = [];
  const past = [...earlier];
  const before = new Map<number, PlayerState>();
  for (const [place, entry] of entries.entries()) {
    if (keep(place)) before.set(place, state);
    const decision = decide(rulesetOf(entry.ruleset), state, entry, past);
    if (decision.kind === 'refused') return decision;
    state = decision.state;
    outcomes.push(decision.outcome);
    past.push({ entry, marks: decision.outcome.marks });
  }
  return { kind: 'folded', state, outcomes, before };
}

/** All that several turns put their hands on, without repeats. */
export function allTouched(turns: readonly ({ readonly touched: readonly RecordRef[] } | null)[]): RecordRef[] {
  return [...new Set(turns.flatMap((turn) => turn?.touched ?? []))];
}

/**
 * How the touched records stand at the end of a stretch. A record leaves the hot state when its period is over, so its
 * last movement within the stretch counts; where there was none, the record is as it was before the stretch, or not.
 */
export function recordsAfter(base: PlayerState, { outcomes }: Stretch, touched: readonly RecordRef[]): RecordMap {
  const moved = new Map(outcomes.flatMap(({ records }) => [...records]));
  return new Map(touched.map((ref) => [ref, moved.get(ref) ?? recordIn(base, ref)]));
}
