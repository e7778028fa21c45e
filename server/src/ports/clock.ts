/** Where the time comes from. Handlers are given the time; nobody else asks a clock. */
export interface Clock {
  /** The present moment, RFC 3339 in UTC with milliseconds. */
  now(): string;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
