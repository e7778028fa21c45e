import type { Past } from '../mission/recount.ts';
import type { PlayerState } from '../player.ts';
import type { Refusal } from '../refusal.ts';
import type { Ruleset } from '../ruleset.ts';
import { type Decision, decide, type Outcome } from './decide.ts';
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
  /** What later entries may count again: of the stretch and before it; nothing where it was not asked for. */
  readonly past: readonly Past[];
}

/**
 * Folds a stretch of a player's history, in its order, from the player as they were before it.
 * @param earlier what was folded before the stretch, from where `recountedFrom` asks for it
 * @param keep the places whose state before the entry is wanted, for snapshots
 * @param isPast whether the stretch is one that is counted again afterwards, by entries that follow it
 */
export function foldStretch(
  base: PlayerState,
  entries: readonly Entry[],
  rulesetOf: (version: number) => Ruleset,
  keep: (place: number) => boolean = () => false,
  earlier: readonly Past[] = [],
  isPast = false,
): Stretch | Refusal {
  let state = base;
  const outcomes: Outcome[] = [];
  const past = [...earlier];
  const before = new Map<number, PlayerState>();
  // What nobody counts again is not kept: it would be as large as all that the stretch has made.
  const isCounted = isPast || entries.some(({ ruleset }) => countsAgain(rulesetOf(ruleset)));
  for (const [place, entry] of entries.entries()) {
    if (keep(place)) before.set(place, state);
    const decision = decide(rulesetOf(entry.ruleset), state, entry, past);
    if (decision.kind === 'refused') return decision;
    state = decision.state;
    outcomes.push(decision.outcome);
    if (isCounted) past.push(pastEntry(entry, decision));
  }
  return { kind: 'folded', state, outcomes, before, past };
}

/** Whether a version may count again what was folded before. */
function countsAgain({ movingMissions, recountedStreaks }: Ruleset): boolean {
  return movingMissions.length > 0 || recountedStreaks.length > 0;
}

/** What later entries may count again of an entry that was decided. */
export function pastEntry(entry: Entry, { outcome, player }: Extract<Decision, { readonly kind: 'decided' }>): Past {
  return { entry, marks: outcome.marks, given: outcome.given ?? [], player };
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
