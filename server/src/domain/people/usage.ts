/** How many events of a player were accepted, by month of real time: the last two months in which there were any. */
export type Accepted = Readonly<Record<string, number>>;

/**
 * How many months a player keeps: the one that is, and the one before it, of which the last events may still have to be
 * counted.
 */
const MONTHS = 2;

/** The month in UTC of an instant, RFC 3339 in UTC, such as `2026-11`. */
export function monthOf(instant: string): string {
  return instant.slice(0, 7);
}

function latest(accepted: Accepted): Accepted {
  const months = Object.entries(accepted).toSorted(([a], [b]) => (a < b ? 1 : -1));
  return Object.fromEntries(months.slice(0, MONTHS));
}

/** What was accepted, with so many events more. */
export function withAccepted(accepted: Accepted, month: string, count: number): Accepted {
  return latest({ ...accepted, [month]: (accepted[month] ?? 0) + count });
}

/** What one player adds to the use of their tenant. */
export interface PlayerUse {
  /** 1 where there is the player, else 0. */
  readonly players: number;
  readonly accepted: Accepted;
}

/** What use grows by. */
export interface UseChange {
  /** Of players, or of the events of a month. */
  readonly place: readonly ['PLAYERS'] | readonly ['EVENTS', string];
  readonly amount: number;
}

/** A player adds something now in place of what was counted of them before. What was accepted stays so for good. */
export function changeOfUse(counted: PlayerUse, now: PlayerUse): { counted: PlayerUse; changes: UseChange[] } {
  const grown = Object.entries(now.accepted).flatMap(([month, count]): UseChange[] => {
    const amount = count - (counted.accepted[month] ?? 0);
    return amount > 0 ? [{ place: ['EVENTS', month], amount }] : [];
  });
  const players = now.players - counted.players;
  return {
    counted: { players: now.players, accepted: latest({ ...counted.accepted, ...now.accepted }) },
    changes: [...grown, ...(players === 0 ? [] : [{ place: ['PLAYERS'] as const, amount: players }])],
  };
}
