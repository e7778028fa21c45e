/**
 * How much may be asked for: a bucket of so many points, which fills again at an even pace within its window. So within
 * any time `t` no more than `quota + quota / window * t` is given, and no less than that but one.
 */
export interface Limit {
  /** How many points the bucket holds, and so the most that can be taken at once. */
  readonly quota: number;
  /** In how many seconds an empty bucket is full again. */
  readonly window: number;
}

/** One bucket that is asked. */
export interface Bucket {
  /** Whose it is, by a key of `store/scope.ts`: it says the tenant, so that no two tenants share one. */
  readonly key: string;
  readonly limit: Limit;
}

/** What is in a bucket. */
export interface Level {
  readonly remaining: number;
  /** In how many milliseconds it is full again, if nobody takes anything. */
  readonly fullInMs: number;
}

/** What came of asking. */
export type Taken =
  | { readonly allowed: true; readonly levels: readonly Level[] }
  | {
      readonly allowed: false;
      /** The first of the buckets that did not have it. */
      readonly by: number;
      /** In how many milliseconds it will, if nobody else takes it. */
      readonly retryInMs: number;
    };

/** Gives out what is limited. */
export interface RateLimiter {
  /**
   * Takes points from all of the buckets, or from none. They are asked in their order: what the first refuses is not
   * counted by those after it, and what a later one refuses is put back. More than a bucket holds is asked for as all
   * that it holds, so that what is large waits, and is not shut out for good.
   */
  take(buckets: readonly Bucket[], points?: number): Promise<Taken>;
  /** Puts back what was taken and not used. */
  putBack(buckets: readonly Bucket[], points?: number): Promise<void>;
}
