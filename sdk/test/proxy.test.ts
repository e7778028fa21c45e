import { execFile } from 'node:child_process';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { Laurel } from '@laurel/sdk';
import { LaurelLive } from '@laurel/sdk/live';
import { Laurel as ServerLaurel } from '@laurel/sdk/server';
import { expect, onTestFinished, test } from 'vitest';
import { type Received, type Reply, serve } from './server.ts';

function answer({ url }: Received): Reply {
  if (url === '/token') return { json: { access_token: 't', token_type: 'Bearer', expires_in: 600 } };
  if (url.startsWith('/app/v1/live')) {
    return { headers: { 'content-type': 'text/event-stream' }, text: 'id: 1\ndata: {"id":"hap_1"}\n\n' };
  }
  return { json: { items: [], nextCursor: null } };
}

/** A proxy on a free port, for the length of one test, by both ways that a client may ask it. */
async function openProxy(): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    const { method, headers } = incoming;
    const onward = request(incoming.url ?? '', { method, headers }, (answered) => {
      outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  proxy.on('connect', ({ url = '' }, socket) => {
    asked.push(`CONNECT ${url}`);
    const { hostname, port } = new URL(`http://${url}`);
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const one of [socket, onward]) one.on('error', () => [socket, onward].map((end) => end.destroy()));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

test('a fetch of your own sends all there is: calls, streams, and requests for tokens', async () => {
  const { url } = await serve(answer);
  const sent: string[] = [];
  const own: typeof fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    sent.push(pathname);
    return fetch(input, init);
  };
  const auth = { clientId: 'c', clientSecret: 's', tokenEndpoint: `${url}/token` };
  await new ServerLaurel({ baseUrl: url, auth, fetch: own }).missions.list();
  await new Laurel({ baseUrl: url, auth: { token: 't' }, fetch: own }).missions.list();
  for await (const _ of new LaurelLive({ baseUrl: url, auth: { token: 't' }, fetch: own }).live.subscribe()) break;
  expect(sent).toEqual(['/token', '/dashboard/v1/missions', '/app/v1/missions', '/app/v1/live']);
});

test('the proxy of the surroundings is taken, as Node takes it', async () => {
  const { url, received } = await serve(answer);
  const proxy = await openProxy();
  const program = `
    import { Laurel } from '@laurel/sdk/server';
    const auth = { clientId: 'c', clientSecret: 's', tokenEndpoint: '${url}/token' };
    await new Laurel({ baseUrl: '${url}', auth }).events.track({ userId: 'u', activity: 'a' });
  `;
  await promisify(execFile)(
    process.execPath,
    ['--conditions=@laurel/source', '--input-type=module', '--eval', program],
    {
      cwd: import.meta.dirname,
      env: { ...process.env, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy.url, NO_PROXY: '', no_proxy: '' },
      timeout: 60_000,
    },
  );
  expect(received.map(({ url: path }) => path)).toEqual(['/token', '/dashboard/v1/events']);
  expect(proxy.asked.length).toBeGreaterThan(0);
});
