import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook as Receiver } from 'standardwebhooks';

/** What is told to a webhook. */
export interface Told {
  readonly id: string;
  readonly type: string;
  readonly userId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Receives what is delivered, and takes only what is signed. */
export async function openReceiver() {
  const told = new Map<string, Told>();
  let receiver: Receiver | undefined;
  let status = 204;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, `${value}`]));
      const happening = receiver?.verify(Buffer.concat(parts).toString(), headers) as Told;
      if (status === 204) told.set(happening.id, happening);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    told,
    /** How it answers from now on; what it does not take is not told. */
    answer(next: 204 | 503) {
      status = next;
    },
    signedWith(secret: string) {
      receiver = new Receiver(secret);
    },
    close: () => server.close(),
  };
}
