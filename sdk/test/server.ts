import { createServer, type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';

/** A request as it came in. */
export interface Received {
  readonly method: string;
  /** Path and query, undecoded. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What to answer with; `never` leaves the caller without an answer, `hangUp` ends the connection. */
export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly json?: unknown;
      readonly text?: string;
    }
  | 'never'
  | 'hangUp';

/** A server on a free port, for the length of one test, that answers as the test says and keeps what it was sent. */
export async function serve(
  reply: (request: Received, nth: number) => Reply,
): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (part: string) => {
      body += part;
    });
    incoming.on('end', () => {
      const request = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body };
      received.push(request);
      const answer = reply(request, received.length);
      if (answer === 'never') return;
      if (answer === 'hangUp') {
        incoming.socket.destroy();
        return;
      }
      const { status = 200, headers = {}, json, text } = answer;
      outgoing.writeHead(status, {
        ...(json === undefined
          ? {}
          : { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' }),
        ...headers,
      });
      outgoing.end(json === undefined ? text : JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}`, received };
}

/** A problem as the API sends it. */
export function problem(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Reply {
  const json = {
    type: `https://laurel.dev/problems/${code}`,
    title: 'A title',
    status,
    code,
    detail: 'What is wrong.',
    instance: '/x',
    requestId: 'req_1',
  };
  return { status, headers, json };
}
