import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openEngine } from '../../src/local/dynamodb/index.ts';

/** The embedded engine as an endpoint, in a process of its own: it prints its URL, and ends with its standard input. */
const engine = openEngine({ location: ':memory:' });

const server = createServer(async (incoming, answer) => {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join() : (value ?? ''),
    ]),
  );
  const request = {
    method: 'POST',
    protocol: 'http:',
    hostname: '127.0.0.1',
    path: '/',
    query: {},
    headers,
    body: Buffer.concat(parts),
  };
  const { response } = await engine.requestHandler.handle(request);
  answer.writeHead(response.statusCode, response.headers).end(response.body);
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
process.stdin.resume().once('end', () => process.exit());
