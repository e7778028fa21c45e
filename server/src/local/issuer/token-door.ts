import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Attempts } from '../../limits/attempts.ts';

/** The client that a request names by HTTP Basic, which is how machines do (RFC 6749, 2.3.1); nobody where it names none. */
function claimedClient({ headers }: IncomingMessage): string {
  const [, encoded = ''] = /^basic ([A-Za-z0-9+/=]{1,2000})$/i.exec(headers.authorization ?? '') ?? [];
  return Buffer.from(encoded, 'base64').toString('utf8').split(':')[0] ?? '';
}

/**
 * Counts what goes wrong at the token endpoint, before anything is looked up: whether or not there is such a client, too
 * many wrong tries are answered the same. Tokens that are given are not counted.
 */
export function tokenDoor(
  attempts: Attempts,
  answer: (req: IncomingMessage, res: ServerResponse) => Promise<void>,
): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  return async (req, res) => {
    const attempt = await attempts.begin('token', claimedClient(req), req.socket.remoteAddress);
    if (typeof attempt === 'number') {
      res.writeHead(429, {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'retry-after': String(attempt),
        'x-content-type-options': 'nosniff',
      });
      res.end(JSON.stringify({ error: 'temporarily_unavailable', error_description: 'too many attempts' }));
      return;
    }
    await answer(req, res);
    if (res.statusCode === 200) await attempt.succeeded();
  };
}
