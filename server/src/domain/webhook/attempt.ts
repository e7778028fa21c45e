/** All times here are milliseconds since 1970. */
const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;

/** How long a delivery is tried. */
export const TRIED_FOR = 24 * HOUR;
const FIRST_DELAY = 10 * SECOND;
const GROWTH = 3;
const LONGEST_DELAY = 4 * HOUR;
/** How far a delay is moved at random, so that what failed together does not return together. */
const SPREAD = 0.2;

/** How an attempt ended, as far as it matters for the next one. */
export type Ending = 'delivered' | 'failed' | 'final';

/** What is known when an attempt has ended. */
export interface Attempted {
  readonly ending: Ending;
  /** How many attempts there were, this one included. */
  readonly attempts: number;
  /** When the delivery was due first. */
  readonly startedAt: number;
  readonly now: number;
  /** A random number from 0 to 1. */
  readonly chance: number;
}

/** What becomes of a delivery. */
export type Fate =
  | { readonly status: 'delivered' | 'dead' }
  | { readonly status: 'pending'; readonly nextAttemptAt: number };

/** The delay after so many attempts, without chance: 10 s, 30 s, 90 s and so on, at most 4 h. */
export function delayAfter(attempts: number): number {
  return Math.min(LONGEST_DELAY, FIRST_DELAY * GROWTH ** (attempts - 1));
}

/** Decides whether and when a delivery is tried again: with growing delays, the last time after 24 hours. */
export function fateOf({ ending, attempts, startedAt, now, chance }: Attempted): Fate {
  if (ending === 'delivered') return { status: 'delivered' };
  const end = startedAt + TRIED_FOR;
  if (ending === 'final' || now >= end) return { status: 'dead' };
  const delay = Math.round(delayAfter(attempts) * (1 - SPREAD + 2 * SPREAD * chance));
  return { status: 'pending', nextAttemptAt: Math.min(now + delay, end) };
}
