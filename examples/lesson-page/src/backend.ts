import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { isProblem, type Laurel } from '@laurel/sdk/server';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { PageConfig } from './config.ts';

/** What the backend works with. */
export interface BackendOptions {
  readonly config: PageConfig;
  /** A client of the workspace that may create users and mint their tokens. */
  readonly laurel: Laurel;
  /** The folder of the built page. */
  readonly page: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** The player of a person: made when they come for the first time. */
async function playerOf(laurel: Laurel, person: string): Promise<string> {
  try {
    return (await laurel.users.get(person)).id;
  } catch (error) {
    if (!isProblem(error, 'not_found')) throw error;
    return (await laurel.users.create({ id: person })).id;
  }
}

/** A backend that serves the page, and gives tokens of players to people who signed in. */
export function createBackend(options: () => BackendOptions): Server {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  async function playerToken(request: IncomingMessage): Promise<{ readonly status: number; readonly body: object }> {
    const { config, laurel } = options();
    keys ??= createRemoteJWKSet(new URL(`${config.issuer}/jwks`));
    const text = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const verified = await jwtVerify(text, keys, { issuer: config.issuer }).catch(() => undefined);
    const person = verified?.payload.client_id === config.clientId ? verified.payload.sub : undefined;
    if (person === undefined) return { status: 401, body: { error: 'Sign in first.' } };
    return { status: 200, body: await laurel.users.mintToken(await playerOf(laurel, person)) };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const json = ({ status, body }: { readonly status: number; readonly body: object }) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (path === '/config.json') return json({ status: 200, body: options().config });
    if (path === '/player-token' && request.method === 'POST') return json(await playerToken(request));
    // The page is one file and what Vite made of its script and style, whose names hold no path.
    const asset = /^\/assets\/[\w.-]+$/.test(path) ? path.slice(1) : 'index.html';
    const file = await readFile(join(options().page, asset));
    response.writeHead(200, { 'content-type': TYPES[extname(asset)] ?? 'application/octet-stream' }).end(file);
  }

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      process.stderr.write(`${error}\n`);
      response.writeHead(500).end();
    });
  });
}
