import { applyAct } from '../act.ts';
import { admitEvent } from '../activity/limits.ts';
import type { ScoreChange } from '../leaderboard/score.ts';
import type { Breach, Clip } from '../ledger/earn.ts';
import type { Past } from '../mission/recount.ts';
import type { PlayerState } from '../player.ts';
import type { PlayerFacts } from '../player-facts.ts';
import type { Refusal } from '../refusal.ts';
import type { Given } from '../reward/give.ts';
import type { PoolAsk } from '../reward/pool.ts';
import type { Ruleset } from '../ruleset.ts';
import type { StreakChange } from '../streak/change.ts';
import type { TraceEntry } from '../trace.ts';
import { runCascade } from './cascade.ts';
import type { Entry } from './entry.ts';
import type { Grant } from './grant.ts';
import type { RecordMap, RecordRef } from './records.ts';
import { passTime } from './time.ts';
import { type ActRefusal, openTurn, type ProgressMove, type Turn, type Withheld } from './turn.ts';

/** What is kept of a turn beside its entry, to hold the next refold against. */
export interface Folded {
  readonly granted: readonly Grant[];
  /** What it gives besides amounts, or lets the player claim; absent in what was kept before such gifts existed. */
  readonly given?: readonly Given[];
  readonly marks: readonly string[];
  /** What moved progress; absent where nothing did. */
  readonly moves?: readonly ProgressMove[];
  /** Which records it put its hand on. */
  readonly touched: readonly RecordRef[];
}

/** All that an entry brings about, in its place of the history. */
export interface Outcome extends Folded {
  /** The records that it moved, as they stood after the entry. */
  readonly records: RecordMap;
  readonly streaks: readonly StreakChange[];
  readonly scores: readonly ScoreChange[];
  /** Why the act does nothing here; null where it does what it says. */
  readonly actRefusal: ActRefusal | null;
  /** What was promised and not given. */
  readonly withheld: readonly Withheld[];
  /** What was asked of what all players share, and no verdict of the entry answers. */
  readonly asks: readonly PoolAsk[];
  readonly clips: readonly Clip[];
  readonly breaches: readonly Breach[];
}

/** What becomes of an entry: what it brings about and the player after it, or a refusal, which changes nothing. */
export type Decision =
  | {
      readonly kind: 'decided';
      readonly state: PlayerState;
      readonly outcome: Outcome;
      /** The player just before the entry, as its conditions saw them. */
      readonly player: PlayerFacts;
      /** One line for each rule that was considered, in the order in which they were. */
      readonly trace: readonly TraceEntry[];
    }
  | Refusal;

/**
 * The game: what one entry of a history means for the player who has lived through all before it. Deterministic; its
 * arguments are never changed, and nothing else is asked.
 *
 * First time passes: what falls due by the entry's moment happens, so that the player stands as they are then. Then missions take the event, then the reward rules, streaks and leaderboards; within each by id. What follows from
 * it (completed missions, what was earned) is taken in the same way, in the order in which it came about.
 *
 * @param past what was folded before, in order, from where `recountedFrom` asks for it
 * @throws RangeError where the entry is not stamped in every zone of `zonesOf`.
 */
export function decide(ruleset: Ruleset, state: PlayerState, entry: Entry, past: readonly Past[] = []): Decision {
  const turn = openTurn(ruleset, state, entry, past);
  passTime(turn);
  if (entry.act !== null) applyAct(turn, entry.act);
  else if (admitEvent(turn)) turn.queue.push({ kind: 'event', activity: entry.activity });
  runCascade(turn);
  if (turn.refusal !== null) return turn.refusal;
  return {
    kind: 'decided',
    state: turn.state,
    outcome: outcomeOf(turn),
    player: turn.facts.player,
    trace: turn.trace,
  };
}

function outcomeOf(turn: Turn): Outcome {
  const { granted, given, marks, moves, records, streaks, scores, withheld, asks, clips, breaches, actRefusal } = turn;
  const touched = [...records.keys()];
  return {
    granted,
    given,
    marks,
    moves,
    touched,
    records,
    streaks,
    scores,
    withheld,
    asks,
    clips,
    breaches,
    actRefusal,
  };
}
