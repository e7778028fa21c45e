/** One who takes up a part of what a plan allows. */
export interface Holding {
  /** What is counted: holders of the same count once, such as the invitations of one person and who they became. */
  readonly of: string;
  /** Until when, RFC 3339 in UTC; null where it is held until it is given back. */
  readonly until: string | null;
}

/** Who holds what of a limited kind in one tenant, by the holder's name. */
export type Held = Readonly<Record<string, Holding>>;

/** Who holds something still: what ended by itself is given back without a word. */
export function heldAt(held: Held, now: string): Held {
  return Object.fromEntries(Object.entries(held).filter(([, { until }]) => until === null || until > now));
}

/** How much is held. */
export function countHeld(held: Held): number {
  return new Set(Object.values(held).map((holding) => holding.of)).size;
}

/**
 * Who else holds something for one who is counted, until a time. They count once, so nothing but this keeps them few: all
 * holders stand in one item.
 */
export function waitingFor(held: Held, of: string, holder: string): number {
  return Object.entries(held).filter(([name, one]) => name !== holder && one.of === of && one.until !== null).length;
}

/** Without some holders. */
export function withoutHolders(held: Held, gone: readonly string[]): Held {
  return Object.fromEntries(Object.entries(held).filter(([holder]) => !gone.includes(holder)));
}

/**
 * With one holder more, some others going, or nothing where that would be more than the limit. Where more is held than
 * the limit, as after a change of plan, what is held stays, and can pass from one to another.
 */
export function withHolder(
  held: Held,
  holder: string,
  holding: Holding,
  limit: number,
  going: readonly string[] = [],
): Held | undefined {
  const next = { ...withoutHolders(held, going), [holder]: holding };
  return countHeld(next) > Math.max(limit, countHeld(held)) ? undefined : next;
}
