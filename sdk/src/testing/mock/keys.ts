import { type Asked, isRefusal, type Reply } from './reply.ts';
import type { Route } from './routes.ts';

/** What was answered under each Idempotency-Key. */
export interface Keys {
  /** The same key, the same answer; and never another request under it. */
  once(route: Route, asked: Asked, make: () => Reply): Reply;
  reset(): void;
}

/** No key was used yet. */
export function createKeys(): Keys {
  const kept = new Map<string, { readonly text: string; readonly reply: Reply }>();
  return {
    once(route, asked, make) {
      const key = asked.headers.get('idempotency-key');
      if (key === null) return make();
      const text = JSON.stringify([route.name, asked.path, asked.body]);
      const before = kept.get(key);
      if (before === undefined) {
        // As it is now: what is changed later changes no answer that was given.
        const reply = structuredClone(make());
        kept.set(key, { text, reply });
        return reply;
      }
      if (before.text !== text)
        return { problem: 'idempotency_mismatch', detail: 'The key was used for another request.' };
      const { reply } = before;
      return isRefusal(reply) ? reply : { ...reply, headers: { ...reply.headers, 'idempotent-replayed': 'true' } };
    },
    reset: () => kept.clear(),
  };
}
