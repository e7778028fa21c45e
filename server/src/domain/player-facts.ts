import type { PlayerState } from './player.ts';

/** Numbers by name. */
type Counts = Readonly<Record<string, number>>;

/** What conditions see of a player's state, as it was before what is decided. A name that is missing counts 0. */
export interface PlayerFacts {
  /** By currency: what is available. */
  readonly balances: Counts;
  /** By level track: the level reached. */
  readonly levels: Counts;
  /** By badge: how often they have it. */
  readonly badges: Counts;
  /** By activity: how many events of it were counted. */
  readonly counters: Counts;
}

/** The names that a workspace knows, by what is counted under them: each can be asked for, and counts 0 at least. */
export type CountedNames = Readonly<Record<keyof PlayerFacts, ReadonlyMap<string, unknown>>>;

/** The facts of what is kept of a player so far: their wallets. */
export function playerFactsOf({ wallets }: Pick<PlayerState, 'wallets'>): PlayerFacts {
  const balances = Object.entries(wallets).map(([currency, { balance }]) => [currency, balance] as const);
  return { balances: Object.fromEntries(balances), levels: {}, badges: {}, counters: {} };
}
