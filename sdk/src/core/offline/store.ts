import type { EventTrack } from '../../generated/types.ts';

/** An event that waits to be sent: it has an id, and its time is that of its making. */
export type QueuedEvent = Omit<EventTrack, 'dryRun'> & Required<Pick<EventTrack, 'id' | 'occurredAt'>>;

/** Where events wait, in the order in which they were added. */
export interface QueueStore {
  /** Adds an event; one with an id that waits already is left out. Done when it would survive the end of the process. */
  add(event: QueuedEvent): Promise<void>;
  /** The first events, at most so many. */
  first(most: number): Promise<readonly QueuedEvent[]>;
  /** Takes events out, by their ids. */
  remove(ids: readonly string[]): Promise<void>;
  count(): Promise<number>;
}

/** Lasts as long as the process: where there is no IndexedDB, and for tests. */
export function memoryStore(): QueueStore {
  const waiting = new Map<string, QueuedEvent>();
  return {
    async add(event) {
      if (!waiting.has(event.id)) waiting.set(event.id, event);
    },
    first: async (most) => [...waiting.values()].slice(0, most),
    async remove(ids) {
      for (const id of ids) waiting.delete(id);
    },
    count: async () => waiting.size,
  };
}
