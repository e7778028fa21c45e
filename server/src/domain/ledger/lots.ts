/** An amount that expires at the beginning of a day, counted from 1970 in UTC. Lots of one day are one lot. */
export type Lot = readonly [day: number, amount: number];

const DAY = 24 * 60 * 60 * 1000;

/** The day at whose beginning expires what is earned at an instant: it is good for so many whole days at least. */
export function expiryDay(earnedAt: string, afterDays: number): number {
  return Math.floor(Date.parse(earnedAt) / DAY) + afterDays + 1;
}

/** The instant at which a lot expires. */
export function expiryInstant(day: number): string {
  return new Date(day * DAY).toISOString();
}

/** The first day whose lots have not expired at an instant. */
export function firstDayAfter(instant: string): number {
  return Math.floor(Date.parse(instant) / DAY) + 1;
}

/** Lots with more in them, the first to expire first. */
export function addLots(lots: readonly Lot[], more: readonly Lot[]): readonly Lot[] {
  const byDay = new Map<number, number>(lots);
  for (const [day, amount] of more) byDay.set(day, (byDay.get(day) ?? 0) + amount);
  return [...byDay].filter(([, amount]) => amount > 0).toSorted(([a], [b]) => a - b);
}

/** What lots give of an amount, the first to expire first, and what is left of them. */
export function takeLots(lots: readonly Lot[], amount: number): { readonly taken: Lot[]; readonly left: Lot[] } {
  const taken: Lot[] = [];
  const left: Lot[] = [];
  let open = amount;
  for (const [day, size] of lots) {
    const part = Math.min(open, size);
    open -= part;
    if (part > 0) taken.push([day, part]);
    if (size > part) left.push([day, size - part]);
  }
  return { taken, left };
}

/** How much lots hold together. */
export function sumOfLots(lots: readonly Lot[]): number {
  return lots.reduce((sum, [, amount]) => sum + amount, 0);
}
