import type { Happening } from '../../generated/types.ts';

/** What is told, to those who listen. */
export interface Telling {
  tell(happening: Happening): void;
  /** A stream of server-sent events: after the last one that was heard, or from now on. */
  open(lastEventId: string | null): Response;
  /** Forgets what was told, and ends the streams. */
  reset(): void;
}

/** Keeps what was told, as the API does, and streams it. */
export function telling(): Telling {
  const encoder = new TextEncoder();
  let told: Happening[] = [];
  const listeners = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const send = (to: ReadableStreamDefaultController<Uint8Array>, nth: number, happening: Happening): void =>
    to.enqueue(encoder.encode(`id: ${nth}\ndata: ${JSON.stringify(happening)}\n\n`));
  return {
    tell(happening) {
      told.push(happening);
      for (const listener of listeners) send(listener, told.length, happening);
    },
    open(lastEventId) {
      const after = lastEventId === null ? told.length : Number.parseInt(lastEventId, 10);
      let own: ReadableStreamDefaultController<Uint8Array> | undefined;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          own = controller;
          listeners.add(controller);
          controller.enqueue(encoder.encode(': connected\n\n'));
          for (const [index, happening] of told.entries()) if (index >= after) send(controller, index + 1, happening);
        },
        cancel() {
          if (own !== undefined) listeners.delete(own);
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
    },
    reset() {
      told = [];
      for (const listener of listeners) listener.close();
      listeners.clear();
    },
  };
}
