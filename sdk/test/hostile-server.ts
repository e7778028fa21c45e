import { createServer, type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** What a hostile server does with a connection once a request is there. */
export type Malice = (socket: Socket, places: { readonly self: string; readonly elsewhere: string }) => void;

/** A server that does just this to everybody, but answers honestly with JSON where `honest` has some. */
export interface HostileServer extends AsyncDisposable {
  readonly url: string;
  /** The first lines and headers of what came. */
  readonly requests: readonly string[];
}

/** Starts a server that speaks bytes. */
export async function hostileServer(
  malice: Malice,
  elsewhere = '',
  honest: (path: string, self: string) => unknown = () => undefined,
): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  let url = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      // The rest of a body is no request.
      const [, path] = /^[A-Z]+ (\S+) HTTP\/1\.1\r\n/.exec(text) ?? [];
      if (path === undefined && requests.length > 0) return;
      requests.push(text);
      const json = honest(path ?? '', url);
      if (json === undefined) malice(socket, { self: url, elsewhere });
      else socket.write(answer(200, {}, JSON.stringify(json)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    requests,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Headers = Readonly<Record<string, string | number>>;

/** An answer as bytes. Headers of it win: so it may lie about its length. */
function answer(status: number | string, headers: Headers, body: string | Buffer = ''): Buffer {
  const all = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} X\r\n${lines.join('')}\r\n`), Buffer.from(body)]);
}

const says =
  (...[status, headers, body]: Parameters<typeof answer>): Malice =>
  (socket) =>
    socket.write(answer(status, headers, body));

const saysAndEnds =
  (...[status, headers, body]: Parameters<typeof answer>): Malice =>
  (socket) =>
    socket.end(answer(status, headers, body));

/** Writes a beginning, and then more for ever. */
const drips =
  (beginning: string, drop: string, everyMs = 5): Malice =>
  (socket) => {
    socket.write(beginning);
    const timer = setInterval(() => socket.write(drop), everyMs);
    socket.on('close', () => clearInterval(timer));
  };

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const chunked = `${head}transfer-encoding: chunked\r\n\r\n`;
const stream = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n';
const page = '{"items":[],"nextCursor":null}';
const zeros = gzipSync(Buffer.alloc(32 * 1024 * 1024));

const transports: Readonly<Record<string, Malice>> = {
  silence: () => undefined,
  'a closed connection': (socket) => void socket.end(),
  'a reset connection': (socket) => void socket.resetAndDestroy(),
  'headers a byte at a time': drips('HTTP/1.1 200 OK\r\nx-slow: ', 'a'),
  'headers without end': drips('HTTP/1.1 200 OK\r\n', `x-flood: ${'a'.repeat(4000)}\r\n`, 1),
  'a huge header': says(200, { 'x-huge': 'a'.repeat(1_000_000) }, page),
  'many headers': says(200, Object.fromEntries([...Array(4_000)].map((_, index) => [`x-${index}`, index])), page),
  'a body a byte at a time': drips(`${head}content-length: 100000\r\n\r\n{"items":[`, ' '),
  'chunks without end': drips(`${chunked}1\r\n[\r\n`, '1\r\n1\r\n'),
  'a broken chunk': (socket) => socket.write(`${chunked}zz\r\n{}`),
  'an end within the headers': (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-ty'),
  'an end within the body': saysAndEnds(200, { 'content-length': 1000 }, '{"items":[{"id":"a'),
  'an end within a chunk': (socket) => socket.end(`${chunked}40\r\n{"items":`),
  'a body longer than it says': says(200, { 'content-length': 5 }, page),
  'a length below zero': says(200, { 'content-length': -1 }, page),
  'a length that is none': says(200, { 'content-length': 'many' }, page),
  'two lengths': says(200, { 'content-length': 2, 'Content-Length': 30 }, page),
  'what is not HTTP': (socket) => socket.write('220 mail.example.com ESMTP\r\n'),
  noise: (socket) => socket.write(Buffer.from([...Array(2000)].map((_, index) => (index * 7919) % 256))),
  'HTTP of another age': (socket) => socket.write(`HTTP/9.9 200 OK\r\n\r\n${page}`),
  'informational answers without end': drips('', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n', 1),
  'another protocol': says('101 Switching', { upgrade: 'websocket', connection: 'upgrade' }),
  'a gzip bomb': says(200, { 'content-encoding': 'gzip' }, zeros),
  'gzip that is none': says(200, { 'content-encoding': 'gzip' }, 'not gzip at all'),
  'gzip that is cut': says(200, { 'content-encoding': 'gzip' }, gzipSync(page.repeat(50)).subarray(0, 30)),
  'brotli that is cut': says(200, { 'content-encoding': 'br' }, brotliCompressSync(page.repeat(50)).subarray(0, 9)),
  'an unknown encoding': says(200, { 'content-encoding': 'rot13' }, page),
};

/** Gigabytes, as fast as they are taken. */
export const floods: Readonly<Record<string, Malice>> = {
  'a body without end': (socket) => {
    const megabyte = Buffer.alloc(2 ** 20, 0x20);
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), megabyte, Buffer.from('\r\n')]);
    socket.write(`${head}x-request-id: req_f\r\ntransfer-encoding: chunked\r\n\r\n`);
    const flood = (): void => {
      while (!socket.destroyed && socket.write(chunk));
      if (!socket.destroyed) socket.once('drain', flood);
    };
    flood();
  },
  'two megabytes that unpack to two gigabytes': says(
    200,
    { 'content-encoding': 'gzip', 'x-request-id': 'req_f' },
    Buffer.concat(Array(64).fill(zeros)),
  ),
};

const bodies: Record<string, Malice> = {
  'no body': says(200, {}),
  'a page of a proxy': says(200, { 'content-type': 'text/html' }, '<h1>Welcome</h1>'),
  'no type': (socket) => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}`),
  'a type that is none': says(200, { 'content-type': ';;;' }, page),
  'a picture': says(200, { 'content-type': 'image/png' }, Buffer.from([137, 80, 78, 71, 0, 255])),
  'broken JSON': says(200, {}, '{"items": [}'),
  'no UTF-8': says(200, {}, Buffer.from([0x22, 0xff, 0xfe, 0x80, 0x22])),
  'JSON 100,000 levels deep': says(200, {}, '['.repeat(100_000) + ']'.repeat(100_000)),
  'a problem 100,000 levels deep': says(400, {}, `{"code":"x","detail":${'['.repeat(1e5)}${']'.repeat(1e5)}}`),
  'much JSON': says(200, {}, `[${'1,'.repeat(300_000)}1]`),
  'an event stream': drips(stream, 'id: 1\ndata: {"id":"hap_1"}\n\n'),
  'an event stream of noise': drips(stream, '\u0000data:\r\r: \uFFFF\nid\n:::\ndata: {\n\n'),
  'one line without end': drips(stream, 'data: aaaaaaaa'),
};
for (const json of ['null', 'true', '1', '"x"', '[]', '[null]', '{}', '{"__proto__":{"code":"x"}}']) {
  bodies[`the JSON ${json}`] = says(200, {}, json);
}
for (const members of [
  '"items":null,"nextCursor":null',
  '"items":{},"nextCursor":"a"',
  '"items":[null],"nextCursor":{}',
  '"items":"abc","nextCursor":null',
  '"items":[{"status":"rejected"}]',
  '"items":[{"status":"accepted"},null,7]',
  '"items":[],"nextCursor":"again"',
  '"items":[{"id":1}],"nextCursor":"again"',
  '"access_token":7,"expires_in":"soon"',
  '"access_token":"","expires_in":-1',
  '"access_token":"a\\r\\nx: y"',
  '"access_token":"\u00e9\u0142"',
]) {
  bodies[`{${members}}`] = says(200, {}, `{${members}}`);
}
for (const members of [
  '"code":7',
  '"code":""',
  '"code":"x","detail":{"toString":1}',
  '"code":"x","title":{"toString":null,"valueOf":null},"errors":"all"',
  '"code":"x","title":null,"detail":null,"errors":null,"requestId":{"toString":1}',
  '"code":"constructor","errors":{"length":-1}',
  '"error":{"toString":1},"error_description":[]',
  '"code":"invalid_token"',
  '"code":"conflict"',
]) {
  bodies[`the problem {${members}}`] = says(409, { 'content-type': 'application/problem+json' }, `{${members}}`);
}

const statuses: Readonly<Record<string, Malice>> = Object.fromEntries([
  ...[100, 199, 204, 205, 206, 304, 400, 401, 404, 418, 429, 500, 502, 503, 599, 600, 999, 99, 1000].map(
    (status): [string, Malice] => [`the status ${status}, always`, says(status, {}, status === 204 ? '' : page)],
  ),
  ...['soon', '-1', '1e9', '61', '99999999', '9'.repeat(400), '', 'Fri, 31 Dec 9999 23:59:59 GMT', '1, 2', '0x10'].map(
    (value): [string, Malice] => [`Retry-After: ${value.slice(0, 40)}`, says(503, { 'retry-after': value }, page)],
  ),
]);

const redirects: Readonly<Record<string, Malice>> = Object.fromEntries(
  [301, 302, 303, 307, 308].flatMap((status) => {
    const to = (place: string, locationOf: (places: Parameters<Malice>[1]) => string): [string, Malice] => [
      `${status} to ${place}`,
      (socket, places) => socket.write(answer(status, { location: locationOf(places) }, page)),
    ];
    return [
      to('another origin', ({ elsewhere }) => `${elsewhere}/stolen`),
      to('itself', ({ self }) => `${self}/again`),
      to('a path', () => '/again'),
      to('a script', () => 'javascript:alert(1)'),
      to('a file', () => 'file:///etc/passwd'),
      to('nowhere', () => ''),
    ];
  }),
);

/** An honest answer that somebody on the way cut, or changed by a byte, at many places. */
const honest = answer(200, {}, page);
const damages: Readonly<Record<string, Malice>> = Object.fromEntries(
  [...Array(Math.ceil(honest.length / 5))].flatMap((_, nth) => {
    const at = nth * 5;
    const changed = (byte: number): Malice => {
      const bytes = Buffer.from(honest);
      bytes[at] = byte;
      return (socket) => socket.write(bytes);
    };
    return [
      [`an answer that ends at byte ${at}`, (socket: Socket) => socket.end(honest.subarray(0, at))],
      [`an answer whose byte ${at} is a line's end`, changed(10)],
      [`an answer whose byte ${at} is none of a text`, changed(0xff)],
    ];
  }),
);

/** Everything that a server can do to a client, as far as anybody thought of it. */
export const malices: readonly (readonly [string, Malice])[] = Object.entries({
  ...transports,
  ...bodies,
  ...statuses,
  ...redirects,
  ...damages,
});
