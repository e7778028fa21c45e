import type { PlayerView } from './player-view.ts';
import { type Taken, withoutTaken } from './taken.ts';

/**
 * A player's turn among the players of a call. They are worked on side by side, but what they share (budgets, caps over
 * all players, the catalogue, ids of events) is handed out in the order in which the call names them.
 */
export interface BatchTurn {
  /** Whether all players before this one are done. */
  readonly hasCome: () => boolean;
  /** Resolves when they are. */
  readonly comes: () => Promise<void>;
  /** Whether a player before this one sends an event of the same id. */
  readonly contends: (event: string) => boolean;
  /** Whether an event of this id was accepted of a player before, in a dry run, which leaves no mark of it. */
  readonly isSpent: (event: string) => boolean;
  /** A player as a dry run finds them after the players before. */
  readonly after: (view: PlayerView) => PlayerView;
  /** Keeps what a dry run would have taken, for the players after this one. */
  readonly took: (taken: Taken, events: readonly string[]) => void;
  /** Lets the next player have their turn, whatever has become of this one. */
  readonly done: () => void;
}

/**
 * The turns of the players of a call, in their order.
 * @param events the ids of events that each of them sends, where they have any
 */
export function batchTurns(events: readonly (readonly string[])[]): readonly BatchTurn[] {
  const taken: Taken[] = [];
  const spent = new Set<string>();
  const finished: boolean[] = events.map(() => false);
  const first = new Map<string, number>();
  for (const [place, ids] of events.entries()) for (const id of ids) if (!first.has(id)) first.set(id, place);
  let before = Promise.resolve();
  return events.map((_, place): BatchTurn => {
    const come = before;
    const { promise, resolve } = Promise.withResolvers<void>();
    before = Promise.all([come, promise]).then(() => {});
    return {
      hasCome: () => finished.slice(0, place).every((one) => one),
      comes: () => come,
      contends: (event) => (first.get(event) ?? place) < place,
      isSpent: (event) => spent.has(event),
      after: (view) => ({ ...view, ...withoutTaken(view, () => taken) }),
      took(more, accepted) {
        taken.push(more);
        for (const id of accepted) spent.add(id);
      },
      done() {
        finished[place] = true;
        resolve();
      },
    };
  });
}
