import type { RewardSource } from '@laurel/contract/types';
import type { Facts } from '../condition.ts';
import type { ScoreChange } from '../leaderboard/score.ts';
import { type Allowance, type Breach, type Clip, earn } from '../ledger/earn.ts';
import type { Past } from '../mission/recount.ts';
import type { StepMove } from '../mission/steps.ts';
import type { PlayerState } from '../player.ts';
import { playerFactsOf } from '../player-facts.ts';
import type { Refusal } from '../refusal.ts';
import type { Given } from '../reward/give.ts';
import type { PoolAsk } from '../reward/pool.ts';
import type { Ruleset } from '../ruleset.ts';
import type { StreakChange } from '../streak/change.ts';
import type { TraceCode, TraceEntry } from '../trace.ts';
import type { Entry } from './entry.ts';
import { type Grant, isEarned } from './grant.ts';
import type { Occurrence } from './occurrence.ts';
import { type RecordChange, type RecordRef, refOf } from './records.ts';

/** What moved a step of a progress. */
export interface ProgressMove extends StepMove {
  /** The id of the progress. */
  readonly progress: string;
}

/** A reward rule that matched and gave nothing, or something else that was promised and not given. */
export type Withheld =
  | { readonly rule: string; readonly why: TraceCode }
  | { readonly source: RewardSource; readonly why: TraceCode };

/**
 * The turn of one entry: what it starts from, and what has come of it so far. It lives inside `decide` alone, which
 * makes it, hands it to the mechanics one after the other, and reads it out. Mechanics put new states in place of old
 * ones and never change a state itself.
 */
export interface Turn {
  readonly ruleset: Ruleset;
  readonly entry: Entry;
  /** What conditions see: the player as they were just before the entry. */
  facts: Facts;
  /** The player as they are by now. */
  state: PlayerState;
  /** What happened and was not reacted to yet. */
  readonly queue: Occurrence[];
  readonly granted: Grant[];
  /** What was given besides amounts, or is to be claimed. */
  readonly given: Given[];
  /** What was promised and not given. */
  readonly withheld: Withheld[];
  /** What is wanted of what all players share, where no verdict is known: it is taken to be given. */
  readonly asks: PoolAsk[];
  /** The records that the entry moved, as they stand after it. */
  readonly records: Map<RecordRef, RecordChange>;
  /** What moved progress. */
  readonly moves: ProgressMove[];
  /** What was folded before the entry, from where something in it may be counted again, in order. */
  readonly past: readonly Past[];
  readonly streaks: StreakChange[];
  readonly scores: ScoreChange[];
  /** What the entry brought about once for ever, as words: `completed weekly 2026-W48`. */
  readonly marks: string[];
  readonly trace: TraceEntry[];
  /** What was earned and could not be given, or not all of it. */
  readonly clips: Clip[];
  /** What the entry asks of wallets that they do not bear: whoever decides it first may refuse it, a refold does not. */
  readonly breaches: Breach[];
  refusal: Refusal | null;
  /** Why the act of the entry does nothing; null where it does what it says, and for events. */
  actRefusal: ActRefusal | null;
}

/**
 * Why an act does nothing. Whoever acts is told so, and the act is never written down; in a refold, where it was done
 * before and cannot be done any more, it comes to nothing.
 */
export interface ActRefusal {
  readonly code: 'no_freeze_left' | 'sold_out' | 'unprocessable';
  /** For people: what is in the way. */
  readonly detail: string;
}

/** Opens the turn of an entry. */
export function openTurn(ruleset: Ruleset, state: PlayerState, entry: Entry, past: readonly Past[] = []): Turn {
  const facts: Facts = {
    event: entry,
    user: entry.user,
    player: playerFactsOf(state, ruleset.counted),
    counted: ruleset.counted,
    now: entry.occurredAt,
  };
  return {
    ruleset,
    entry,
    facts,
    state,
    queue: [],
    granted: [],
    given: [],
    withheld: [],
    asks: [],
    records: new Map(),
    moves: [],
    past,
    streaks: [],
    scores: [],
    marks: [],
    trace: [],
    clips: [],
    breaches: [],
    refusal: null,
    actRefusal: null,
  };
}

/** Tells that a record of the player is another one now; the hot state is the mechanic's own to change. */
export function tell(turn: Pick<Turn, 'records'>, change: RecordChange): void {
  turn.records.set(refOf(change.kind, change.id), change);
}

/**
 * Gives an amount, more than 0, for a cause: into the wallet, and on to whatever reacts to what was earned.
 * @param allowance what may be given at most, by currency; what is given is taken from it
 */
export function give(turn: Turn, grant: Grant, allowance?: Allowance): void {
  const amount = earn(turn, grant, allowance);
  if (amount > 0)
    turn.queue.push({ kind: 'credited', currency: grant.currency, amount, earned: isEarned(grant.source) });
}
