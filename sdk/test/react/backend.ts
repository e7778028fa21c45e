import { createServer, type ServerResponse } from 'node:http';
import { type AppClient, type Happening, Laurel } from '@laurel/sdk';
import { LaurelLive } from '@laurel/sdk/live';
import { onTestFinished } from 'vitest';
import type { Reply } from '../server.ts';

/** A request that reads or changes something of a player. */
export interface Asked {
  /** Method, path below the app API, and query: `GET /missions?limit=200`. */
  readonly line: string;
  /** The token, which names the player. */
  readonly token: string;
  readonly json: unknown;
}

/** A backend that answers as the test says, and tells who listens. */
export interface Backend {
  readonly baseUrl: string;
  /** The lines of what was asked for, but for streams. */
  readonly asked: string[];
  /** The lines of what was asked for and broken off before it was answered. */
  readonly broken: string[];
  /** How many listen. */
  listeners(): number;
  /** How many began to listen so far. */
  subscriptions(): number;
  tell(...happenings: readonly Happening[]): void;
  client(token?: string): AppClient;
  live(token?: string): LaurelLive;
}

/** @param openStream what a stream waits for before it is open */
export async function openBackend(
  answer: (asked: Asked) => Reply | Promise<Reply>,
  openStream: () => Reply | Promise<Reply> = () => ({}),
): Promise<Backend> {
  const asked: string[] = [];
  const broken: string[] = [];
  const streams = new Set<ServerResponse>();
  let subscriptions = 0;
  let told = 0;

  async function listen(response: ServerResponse): Promise<void> {
    subscriptions += 1;
    response.on('close', () => streams.delete(response));
    const reply = await openStream();
    if (typeof reply === 'object' && (reply.status ?? 200) !== 200) return send(response, reply);
    streams.add(response);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`event: ready\nid: ${told}\ndata: {}\n\n`);
  }

  function send(response: ServerResponse, reply: Reply): void {
    if (typeof reply === 'string') {
      if (reply === 'hangUp') response.destroy();
      return;
    }
    const { status = 200, json = {} } = reply;
    response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' });
    response.end(JSON.stringify(json));
  }

  const server = createServer(async (request, response) => {
    const line = `${request.method} ${(request.url ?? '').replace('/app/v1', '')}`;
    if (line === 'GET /live') return listen(response);
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    asked.push(line);
    response.on('close', () => response.writableEnded || broken.push(line));
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    send(response, await answer({ line, token, json: body === '' ? undefined : JSON.parse(body) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const baseUrl = `http://127.0.0.1:${address.port}`;
  return {
    baseUrl,
    asked,
    broken,
    listeners: () => streams.size,
    subscriptions: () => subscriptions,
    tell(...happenings) {
      const text = happenings.map((happening) => `id: ${++told}.0\ndata: ${JSON.stringify(happening)}\n\n`).join('');
      for (const stream of streams) stream.write(text);
    },
    client: (token = 'ann') => new Laurel({ baseUrl, auth: { token }, maxRetries: 0 }),
    live: (token = 'ann') => new LaurelLive({ baseUrl, auth: { token } }),
  };
}

/** One whole list. */
export function listOf(...items: readonly unknown[]): Reply {
  return { json: { items, nextCursor: null } };
}
