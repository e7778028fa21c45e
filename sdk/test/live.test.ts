import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { LaurelLive } from '@laurel/sdk/live';
import { expect, onTestFinished, test } from 'vitest';

const happening = (nth: number) => ({ id: `hap_${nth}`, type: 'mission.completed', data: { mission: `m${nth}` } });
const event = (nth: number) => `id: ${nth}.0\ndata: ${JSON.stringify(happening(nth))}\n\n`;
const ready = (id: string) => `event: ready\nid: ${id}\ndata: {}\n\n`;

/** A server whose connections each get what the test says; it keeps the headers of each. */
async function streaming(answer: (response: ServerResponse, nth: number) => void) {
  const received: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    received.push(request.headers);
    answer(response, received.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { baseUrl: `http://127.0.0.1:${address.port}/acme`, received };
}

const head = { 'content-type': 'text/event-stream; charset=utf-8' };

function problem(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ status, code, title: code, detail: code }));
}

async function take(live: LaurelLive, count: number, options = {}): Promise<string[]> {
  const taken: string[] = [];
  for await (const { id } of live.live.subscribe(options)) if (taken.push(id) === count) break;
  return taken;
}

test('goes on after the last event when a connection ends, and after the place that it was told where none came', async () => {
  const { baseUrl, received } = await streaming((response, nth) => {
    response.writeHead(200, head);
    if (nth === 1) response.end(ready('41'));
    else if (nth === 2) response.end(event(42) + event(43));
    else response.end(event(44));
  });
  expect(await take(new LaurelLive({ baseUrl, auth: { token: 't' } }), 3)).toEqual(['hap_42', 'hap_43', 'hap_44']);
  expect(received.map((headers) => headers['last-event-id'])).toEqual([undefined, '41', '43.0']);
  expect(received[0]).toMatchObject({
    authorization: 'Bearer t',
    accept: expect.stringContaining('text/event-stream'),
  });
});

test('reads events however they are cut, comments between them included', async () => {
  const { baseUrl } = await streaming(async (response) => {
    response.writeHead(200, head);
    for (const byte of Buffer.from(`retry: 1000\n\n:\n\n${event(1)}:\n\n${event(2).replaceAll('\n', '\r\n')}`)) {
      response.write(Buffer.from([byte]));
    }
    response.end();
  });
  expect(await take(new LaurelLive({ baseUrl, auth: { token: 't' } }), 2)).toEqual(['hap_1', 'hap_2']);
});

test('connects again after an outage, and after a connection that breaks in the middle of an event', async () => {
  const { baseUrl, received } = await streaming((response, nth) => {
    if (nth === 1) return problem(response, 503, 'unavailable');
    response.writeHead(200, head);
    if (nth > 2) return void response.end(event(2));
    response.write(event(1) + event(2).slice(0, 20), () => response.destroy());
  });
  expect(await take(new LaurelLive({ baseUrl, auth: { token: 't' } }), 2)).toEqual(['hap_1', 'hap_2']);
  expect(received.at(-1)?.['last-event-id']).toBe('1.0');
});

test('asks for a fresh token once when one is refused, and gives up when that is refused as well', async () => {
  const tokens = ['old', 'new', 'newer'];
  const asked: boolean[] = [];
  const getToken = ({ refused }: { refused: boolean }) => {
    asked.push(refused);
    return tokens[Math.min(asked.length, tokens.length) - 1] ?? '';
  };
  const { baseUrl, received } = await streaming((response, nth) => {
    if (nth === 1) return problem(response, 401, 'invalid_token');
    response.writeHead(200, head).end(event(nth));
  });
  expect(await take(new LaurelLive({ baseUrl, auth: { getToken } }), 1)).toEqual(['hap_2']);
  expect([asked, received.map(({ authorization }) => authorization)]).toEqual([
    [false, true],
    ['Bearer old', 'Bearer new'],
  ]);
  const closed = await streaming((response) => problem(response, 401, 'invalid_token'));
  const refused = take(new LaurelLive({ baseUrl: closed.baseUrl, auth: { token: 't' } }), 1);
  await expect(refused).rejects.toMatchObject({ name: 'ProblemError', code: 'invalid_token' });
  expect(closed.received).toHaveLength(2);
});

test.each([
  [400, 'invalid_request'],
  [403, 'forbidden'],
  [404, 'not_found'],
])('throws a %i at once, since another try would not mend it', async (status, code) => {
  const { baseUrl, received } = await streaming((response) => problem(response, status, code));
  await expect(take(new LaurelLive({ baseUrl, auth: { token: 't' } }), 1)).rejects.toMatchObject({ code, status });
  expect(received).toHaveLength(1);
});

test('ends without an error when its signal does, while it waits or before it starts', async () => {
  const stop = new AbortController();
  const { baseUrl, received } = await streaming((response) => {
    response.writeHead(200, head);
    response.write(event(1));
  });
  const heard: string[] = [];
  for await (const { id } of new LaurelLive({ baseUrl, auth: { token: 't' } }).live.subscribe({
    signal: stop.signal,
  })) {
    heard.push(id);
    setImmediate(() => stop.abort());
  }
  expect(heard).toEqual(['hap_1']);
  expect(await take(new LaurelLive({ baseUrl, auth: { token: 't' } }), 2, { signal: stop.signal })).toEqual([]);
  expect(received).toHaveLength(1);
});

test('leaving the loop ends the connection', async () => {
  const closed = Promise.withResolvers<void>();
  const { baseUrl } = await streaming((response) => {
    response.once('close', () => closed.resolve());
    response.writeHead(200, head);
    response.write(event(1));
  });
  await take(new LaurelLive({ baseUrl, auth: { token: 't' } }), 1);
  await closed.promise;
});
