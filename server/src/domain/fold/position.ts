import { compareText } from '../order.ts';

/** Where an entry stands in a player's history: by its instant, then by its id. */
export interface Position {
  /** UTC with milliseconds and `Z`, so that instants compare as text. */
  readonly at: string;
  readonly id: string;
}

/** The order of a history: earlier instants first, entries of one instant by id. Arrival plays no part in it. */
export function comparePositions(a: Position, b: Position): number {
  return compareText(a.at, b.at) || compareText(a.id, b.id);
}
