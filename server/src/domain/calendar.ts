/** The civil date of one instant in one zone, worked out by the shell: the core knows neither clocks nor zones. */
export interface CivilStamp {
  /** The calendar day, `2026-11-24`. */
  readonly day: string;
  /** The same day as whole days since 1970-01-01, so that neighbours differ by one. */
  readonly dayNumber: number;
  /** The ISO 8601 week, `2026-W48`. */
  readonly week: string;
  /** The calendar month, `2026-11`. */
  readonly month: string;
}

/** The civil dates of one instant, by IANA zone. */
export type Stamps = Readonly<Record<string, CivilStamp>>;

/** The key of what has just one period, for ever. */
export const ALL_TIME = 'all';

/** The key of the period that the stamped instant falls in: `2026-11-24`, `2026-W48` or `2026-11`. */
export function periodKey(every: 'day' | 'week' | 'month', stamp: CivilStamp): string {
  return stamp[every];
}
