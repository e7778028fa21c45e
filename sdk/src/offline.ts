/** A queue for events that survives lost connections and reloads: an entry of its own, for those who want it. */
export { type OfflineQueue, type OfflineQueueOptions, offlineQueue } from './core/offline/queue.ts';
export { memoryStore, type QueuedEvent, type QueueStore } from './core/offline/store.ts';
export type { Refusal } from './core/offline/verdict.ts';
