import type { QueuedEvent, QueueStore } from './store.ts';

const EVENTS = 'events';

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    // Keys count up, so that events come out as they went in.
    request.result.createObjectStore(EVENTS, { autoIncrement: true }).createIndex('id', 'id', { unique: true });
  };
  return done(request);
}

/** Events that survive the page, in a database of this name; all tabs of an origin share it. */
export function indexedDbStore(name: string): QueueStore {
  let opened: Promise<IDBDatabase> | undefined;

  /** Acts in one transaction; done when that is on disk. */
  async function within<T>(mode: IDBTransactionMode, act: (events: IDBObjectStore) => Promise<T>): Promise<T> {
    opened ??= open(name).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    const transaction = (await opened).transaction(EVENTS, mode, { durability: 'strict' });
    const written = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const [result] = await Promise.all([act(transaction.objectStore(EVENTS)), written]);
    return result;
  }

  return {
    add: (event) =>
      within('readwrite', async (events) => {
        if ((await done(events.index('id').count(event.id))) === 0) await done(events.add(event));
      }),
    first: (most) => within('readonly', (events) => done<QueuedEvent[]>(events.getAll(undefined, most))),
    remove: (ids) =>
      within('readwrite', async (events) => {
        const keys = await Promise.all(ids.map((id) => done(events.index('id').getKey(id))));
        await Promise.all(keys.map((key) => key !== undefined && done(events.delete(key))));
      }),
    count: () => within('readonly', (events) => done(events.count())),
  };
}
