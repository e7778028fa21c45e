import type { Facts } from '../condition.ts';
import type { ScoreChange } from '../leaderboard/score.ts';
import { credit } from '../ledger/wallet.ts';
import type { PlayerState } from '../player.ts';
import { walletOf } from '../player.ts';
import { playerFactsOf } from '../player-facts.ts';
import { withEntry } from '../record.ts';
import type { Refusal } from '../refusal.ts';
import type { Ruleset } from '../ruleset.ts';
import type { StreakChange } from '../streak/change.ts';
import type { TraceEntry } from '../trace.ts';
import type { Entry } from './entry.ts';
import type { Grant } from './grant.ts';
import type { Occurrence } from './occurrence.ts';
import { type RecordChange, type RecordRef, refOf } from './records.ts';

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
  /** The records that the entry moved, as they stand after it. */
  readonly records: Map<RecordRef, RecordChange>;
  readonly streaks: StreakChange[];
  readonly scores: ScoreChange[];
  /** What the entry brought about once for ever, as words: `completed weekly 2026-W48`. */
  readonly marks: string[];
  readonly trace: TraceEntry[];
  refusal: Refusal | null;
  /** Why the act of the entry does nothing; null where it does what it says, and for events. */
  actRefusal: ActRefusal | null;
}

/**
 * Why an act does nothing. Whoever acts is told so, and the act is never written down; in a refold, where it was done
 * before and cannot be done any more, it comes to nothing.
 */
export interface ActRefusal {
  readonly code: 'no_freeze_left' | 'unprocessable';
  /** For people: what is in the way. */
  readonly detail: string;
}

/** Opens the turn of an entry. */
export function openTurn(ruleset: Ruleset, state: PlayerState, entry: Entry): Turn {
  const facts: Facts = {
    event: entry,
    user: entry.user,
    player: playerFactsOf(state),
    counted: ruleset.counted,
    now: entry.receivedAt,
  };
  return {
    ruleset,
    entry,
    facts,
    state,
    queue: [],
    granted: [],
    records: new Map(),
    streaks: [],
    scores: [],
    marks: [],
    trace: [],
    refusal: null,
    actRefusal: null,
  };
}

/** Tells that a record of the player is another one now; the hot state is the mechanic's own to change. */
export function tell(turn: Turn, change: RecordChange): void {
  turn.records.set(refOf(change.kind, change.id), change);
}

/** Gives an amount, more than 0, for a cause: into the wallet, and on to whatever reacts to what was earned. */
export function give(turn: Turn, grant: Grant): void {
  const { currency, amount } = grant;
  const wallet = credit(walletOf(turn.state, currency), amount);
  if (wallet === null) {
    const detail = `${amount} more of ${currency} would take the balance beyond ${Number.MAX_SAFE_INTEGER}`;
    turn.refusal ??= { kind: 'refused', code: 'amount_overflow', detail };
    return;
  }
  turn.state = { ...turn.state, wallets: withEntry(turn.state.wallets, currency, wallet) };
  turn.granted.push(grant);
  turn.queue.push({ kind: 'credited', currency, amount });
}
