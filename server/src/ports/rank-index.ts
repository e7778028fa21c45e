import type { Scope } from '../store/scope.ts';

/** One ranking: a period of a board, as it stands or as it was frozen when the period was closed. */
export interface Ranking {
  readonly leaderboard: string;
  readonly period: string;
  readonly frozen?: true;
}

/** Keys from one to another, both included; open where one is missing. */
export interface KeyInterval {
  readonly from?: string;
  readonly to?: string;
}

/** Which keys to read. */
export interface KeyPage {
  readonly limit: number;
  /** Keys strictly after this; before it, in descending order. */
  readonly after?: string;
  readonly descending?: boolean;
}

/**
 * The order of the lines of every ranking. A line is one key, made by `store/leaderboards.ts`, and keys sort as the
 * lines stand: by score, then by who was there first, then by id; up to its first `#` a key is the score. Ranks follow
 * from counting keys, so a version of this has to know nothing but texts in order.
 */
export interface RankIndex {
  /** How many keys are in an interval. */
  count(scope: Scope, ranking: Ranking, interval: KeyInterval): Promise<number>;
  /** How many different scores the keys before one have. */
  countScoresBefore(scope: Scope, ranking: Ranking, key: string): Promise<number>;
  /** Keys, in order. */
  keys(scope: Scope, ranking: Ranking, page: KeyPage): Promise<string[]>;
  /** Forgets what it may hold of a ranking and builds it anew from the table. */
  rebuild(scope: Scope, ranking: Ranking): Promise<void>;
}
