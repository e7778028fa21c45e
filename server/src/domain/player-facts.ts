import { badgesOf } from './badge/hold.ts';
import { eventCountsOf } from './event-counts.ts';
import { levelsOf } from './level/climb.ts';
import type { PlayerState } from './player.ts';

/** Numbers by name. */
type Counts = Readonly<Record<string, number>>;

/** What conditions see of a player's state, as it was before what is decided. A name that is missing counts 0. */
export interface PlayerFacts {
  /** By currency: what is available. */
  readonly balances: Counts;
  /** By level track: the level; 1 from the start. */
  readonly levels: Counts;
  /** By badge: how often it was awarded. */
  readonly badges: Counts;
  /** By activity: how many events of it were counted. */
  readonly counters: Counts;
}

/** The names that a workspace knows, by what is counted under them: each can be asked for, and counts 0 at least. */
export type CountedNames = Readonly<Record<keyof PlayerFacts, ReadonlyMap<string, unknown>>>;

/** The facts of what is kept of a player so far. */
export function playerFactsOf(
  state: Pick<PlayerState, 'wallets' | 'badges' | 'levels' | 'eventCounts'>,
  counted: Pick<CountedNames, 'levels'>,
): PlayerFacts {
  return {
    balances: mapped(state.wallets, ({ balance }) => balance),
    levels: {
      ...Object.fromEntries([...counted.levels.keys()].map((track) => [track, 1])),
      ...mapped(levelsOf(state), ({ level }) => level),
    },
    badges: mapped(badgesOf(state), ({ count }) => count),
    counters: eventCountsOf(state),
  };
}

function mapped<Value>(record: Readonly<Record<string, Value>>, of: (value: Value) => number): Counts {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value)]));
}
