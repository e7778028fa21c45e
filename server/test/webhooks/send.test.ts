import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createSender } from '../../src/webhooks/send.ts';

const rules = { resolve: async () => ['127.0.0.1'], allowLoopback: true };
const send = createSender(rules, 1000);
const parcel = (port: number) => ({
  url: `http://127.0.0.1:${port}/hook`,
  headers: { 'webhook-id': 'hap_1' },
  body: '{"type":"x"}',
  tries: 0,
});

async function httpServer(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A server that says what it likes, to the letter. */
async function rawServer(handle: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

test('posts the body as JSON, with the headers that it is given and no credentials of ours', async () => {
  let seen: { method?: string | undefined; headers: IncomingMessage['headers']; body: string } | undefined;
  const port = await httpServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen = { method: request.method, headers: request.headers, body };
    response.writeHead(204).end();
  });
  expect(await send(parcel(port))).toEqual({ kind: 'answered', status: 204 });
  expect(seen).toMatchObject({
    method: 'POST',
    headers: { 'content-type': 'application/json', 'webhook-id': 'hap_1', host: `127.0.0.1:${port}` },
    body: '{"type":"x"}',
  });
  expect(Object.keys(seen?.headers ?? {})).not.toContain('authorization');
});

test('threat 55: follows no redirect', async () => {
  let reached = 0;
  const inside = await httpServer((_request, response) => {
    reached += 1;
    response.end();
  });
  for (const status of [301, 302, 303, 307, 308]) {
    const port = await httpServer((_request, response) => {
      response.writeHead(status, { location: `http://127.0.0.1:${inside}/` }).end();
    });
    expect(await send(parcel(port))).toEqual({ kind: 'answered', status });
  }
  expect(reached).toBe(0);
});

test('does not read what follows the head: an answer without end costs nothing', async () => {
  let written = 0;
  const closed = Promise.withResolvers<void>();
  const port = await httpServer((_request, response) => {
    response.writeHead(200);
    const chunk = Buffer.alloc(64 * 1024);
    const pour = (): void => {
      while (!response.destroyed && response.write(chunk)) written += chunk.byteLength;
    };
    response.on('drain', pour).once('close', () => closed.resolve());
    pour();
  });
  expect(await send(parcel(port))).toEqual({ kind: 'answered', status: 200 });
  await closed.promise;
  expect(written).toBeLessThan(64 * 1024 * 1024);
});

test('gives up on a head that drips, on silence, and on a head without end', async () => {
  const drip = await rawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => socket.write('x: y\r\n'), 50);
    socket.once('close', () => clearInterval(timer));
  });
  const silence = await rawServer(() => undefined);
  const patient = createSender(rules, 300);
  expect(await patient(parcel(drip))).toEqual({ kind: 'timed_out' });
  expect(await patient(parcel(silence))).toEqual({ kind: 'timed_out' });
  const flood = await rawServer((socket) => void socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`));
  expect(await send(parcel(flood))).toEqual({ kind: 'connection_failed' });
});

test('a name that is never looked up is late as well', async () => {
  const stuck = createSender({ resolve: () => new Promise(() => undefined), allowLoopback: false }, 100);
  expect(await stuck({ ...parcel(1), url: 'https://hooks.example.com/' })).toEqual({ kind: 'timed_out' });
});

test('a closed port, a hang-up and what is not HTTP are failed connections', async () => {
  const closedPort = await httpServer(() => undefined);
  const hangUp = await rawServer((socket) => socket.destroy());
  const other = await rawServer((socket) => void socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
  for (const port of [hangUp, other]) expect(await send(parcel(port))).toEqual({ kind: 'connection_failed' });
  expect(closedPort).toBeGreaterThan(0);
  expect(await send(parcel(1))).toEqual({ kind: 'connection_failed' });
});

test('a host with several addresses is tried at one after the other', async () => {
  const port = await httpServer((_request, response) => void response.end());
  const several = createSender({ resolve: async () => ['127.9.9.9', '127.0.0.1'], allowLoopback: true });
  const url = `http://localhost:${port}/`;
  expect(await several({ ...parcel(port), url, tries: 0 })).toEqual({ kind: 'connection_failed' });
  expect(await several({ ...parcel(port), url, tries: 1 })).toEqual({ kind: 'answered', status: 200 });
});
