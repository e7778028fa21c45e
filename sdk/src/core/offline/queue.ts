import type { BatchItem, EventReceipt } from '../../generated/types.ts';
import { UsageError } from '../errors.ts';
import { newId } from '../id.ts';
import { alone } from '../locks.ts';
import type { Tracking } from '../tracker.ts';
import { indexedDbStore } from './indexed-db.ts';
import { memoryStore, type QueuedEvent, type QueueStore } from './store.ts';
import { isLater, itemsOf, problemIn, type Refusal, verdictOf } from './verdict.ts';

/** How a queue works. */
export interface OfflineQueueOptions {
  /** What sends: `laurel.events`, or a `LaurelTracker`. */
  readonly events: Tracking;
  /** Whose events these are, such as the player's id: what one player did is never sent as another's. */
  readonly player: string;
  /** Where they wait: IndexedDB where it is missing, or memory in a runtime that has none. */
  readonly store?: QueueStore | undefined;
  /** Told of each event that counts, with what it brought about. */
  readonly onAccepted?: ((receipt: EventReceipt, event: QueuedEvent) => void) | undefined;
  /** Told of each event that never will count, and why. It waits no longer. */
  readonly onRejected?: ((why: Refusal, event: QueuedEvent) => void) | undefined;
  /** Told where the store fails, such as on a full disk; or where one of these functions throws. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Events that are kept until the server has them. */
export interface OfflineQueue {
  /**
   * Keeps an event, and sends it as soon as may be, with its time as it is now.
   * @returns its id, once it would survive the end of the page
   * @throws UsageError if it is no event
   */
  track(event: Omit<Parameters<Tracking['track']>[0], 'dryRun'>): Promise<string>;
  /** Sends what waits; done when nothing waits any more, or it is not the time for it. */
  flush(): Promise<void>;
  /** How many wait. */
  size(): Promise<number>;
  /** Sends nothing any more by itself. What waits stays, for the next queue of this player. */
  close(): void;
}

/** So many events go at once. */
const BATCH = 100;
/** What is sent as a page goes must fit into the 64 KiB that browsers give to it. */
const LEAVING_BYTES = 60_000;
const FIRST_MS = 1_000;
const MOST_MS = 300_000;
/** However long a server asks to wait: it is asked again within a day. */
const LONGEST_MS = 86_400_000;

function startOf(events: readonly QueuedEvent[], bytes: number): readonly QueuedEvent[] {
  const text = new TextEncoder();
  let sum = 0;
  const end = events.findIndex((event) => {
    sum += text.encode(JSON.stringify(event)).length + 1;
    return sum > bytes;
  });
  return end < 0 ? events : events.slice(0, end);
}

/**
 * A queue of events that outlives lost connections and reloads: each is kept before anything else, is sent in order when
 * there is a connection, and goes once it was answered. An event whose answer was lost is sent again with its id, so
 * that it counts once.
 *
 * @example
 * const queue = offlineQueue({ events: laurel.events, player: me.id });
 * await queue.track({ activity: 'lesson.completed' });
 */
export function offlineQueue(options: OfflineQueueOptions): OfflineQueue {
  const { events, player, onAccepted, onRejected, onError } = options;
  const name = `laurel.events.${player}`;
  const store = options.store ?? (globalThis.indexedDB === undefined ? memoryStore() : indexedDbStore(name));

  let most = BATCH;
  let failures = 0;
  let isLeaving = false;
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stopWaiting(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  function later(afterMs: number | undefined): void {
    stopWaiting();
    // The server's own wish, as far as a timer goes: but never a loop without a wait.
    const wait = Math.max(
      Math.min(afterMs ?? 0, LONGEST_MS),
      Math.random() * Math.min(MOST_MS, FIRST_MS * 2 ** failures++),
    );
    if (isClosed) return;
    timer = setTimeout(() => {
      timer = undefined;
      inBackground();
    }, wait);
  }

  /** Takes out what was dealt with, then tells of it. Whether nothing of it must be sent again. */
  async function settle(batch: readonly QueuedEvent[], items: readonly (BatchItem | undefined)[]): Promise<boolean> {
    const over = batch.filter((_, index) => !isLater(items[index]));
    await store.remove(over.map(({ id }) => id));
    for (const [index, event] of batch.entries()) {
      const item = items[index];
      if (item === undefined || isLater(item)) continue;
      const problem = problemIn(item);
      if (problem !== undefined) onRejected?.(problem, event);
      else if (item.status === 'accepted') onAccepted?.(item.receipt, event);
    }
    return over.length === batch.length;
  }

  /** Sends the first that wait. Whether to go on at once. */
  async function sendFirst(): Promise<boolean> {
    if (globalThis.navigator?.onLine === false) return false;
    const first = await store.first(most);
    const batch = isLeaving ? startOf(first, LEAVING_BYTES) : first;
    if (batch.length === 0) return false;
    const verdict = await events
      .trackBatch({ events: [...batch] }, { keepalive: isLeaving })
      .then((receipt) => ({ kind: 'answered', items: itemsOf(receipt) }) as const, verdictOf);
    if (verdict.kind === 'answered') {
      const isWhole = await settle(batch, verdict.items);
      most = BATCH;
      if (isWhole) failures = 0;
      else later(undefined);
      return isWhole;
    }
    if (verdict.kind === 'later') {
      later(verdict.afterMs);
      return false;
    }
    const [only, ...more] = batch;
    // The one that is to blame is found by halves, so that the others are not lost with it.
    most = Math.max(1, Math.floor(batch.length / 2));
    if (only === undefined || more.length > 0) return true;
    await store.remove([only.id]);
    onRejected?.(verdict.error, only);
    return true;
  }

  let flight: Promise<void> | undefined;
  let isAsked = false;
  function flush(): Promise<void> {
    isAsked = true;
    if (flight === undefined) stopWaiting();
    flight ??= (async () => {
      try {
        while (isAsked && timer === undefined) {
          isAsked = false;
          await alone(name, async () => {
            while (await sendFirst());
          });
        }
      } finally {
        flight = undefined;
      }
    })();
    return flight;
  }

  /** Where nobody is told of it, a store that fails is an unhandled rejection, which runtimes report. */
  function inBackground(): void {
    const done = flush();
    if (onError) done.catch(onError);
  }

  const onOnline = (): void => {
    failures = 0;
    inBackground();
  };
  const onVisibility = (): void => {
    isLeaving = globalThis.document?.visibilityState === 'hidden';
    if (isLeaving) inBackground();
  };
  const onPageHide = (): void => {
    isLeaving = true;
    inBackground();
  };
  globalThis.addEventListener?.('online', onOnline);
  globalThis.addEventListener?.('pagehide', onPageHide);
  globalThis.document?.addEventListener('visibilitychange', onVisibility);
  inBackground();

  return {
    async track(event) {
      if (typeof event?.activity !== 'string') throw new UsageError('An event takes an activity.');
      const { id = newId('evt'), occurredAt = new Date().toISOString(), ...rest } = event;
      await store.add({ ...rest, id, occurredAt });
      if (timer === undefined) inBackground();
      return id;
    },
    flush,
    size: () => store.count(),
    close() {
      isClosed = true;
      stopWaiting();
      globalThis.removeEventListener?.('online', onOnline);
      globalThis.removeEventListener?.('pagehide', onPageHide);
      globalThis.document?.removeEventListener('visibilitychange', onVisibility);
    },
  };
}
