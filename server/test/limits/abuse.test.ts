import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attemptLimits, createAttempts } from '../../src/limits/attempts.ts';
import { memoryLimiter } from '../../src/limits/limiter.ts';
import { createGateway } from '../../src/local/gateway.ts';
import type { WorkspaceAccess } from '../../src/local/index.ts';
import { type Game, HOME, openGame, times } from '../game/world.ts';

describe('the token endpoint', () => {
  let game: Game;
  let access: WorkspaceAccess;
  beforeAll(async () => {
    game = await openGame();
    access = await game.platform.createWorkspaceClient(HOME);
  });
  afterAll(() => game.close());

  const ask = (clientId: string, secret: string, headers: Record<string, string> = {}) =>
    fetch(access.tokenEndpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`, ...headers },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
  const { quota } = attemptLimits.token.account;

  test('gives as many tokens as are asked for, one after the other', async () => {
    for (let time = 0; time < quota + 20; time += 1) {
      expect((await ask(access.clientId, access.clientSecret)).status).toBe(200);
    }
  });

  test('answers guesses the same, whether or not there is such a client, until there are too many', async () => {
    const known: unknown[] = [];
    const unknown: unknown[] = [];
    const told = async (response: Response) => [response.status, await response.text()];
    for (let time = 0; time < quota + 5; time += 1) {
      const spoofed = { 'x-forwarded-for': `203.0.113.${time}` };
      known.push(await told(await ask(access.clientId, 'guess', spoofed)));
      unknown.push(await told(await ask('cli_nobody', 'guess', spoofed)));
    }
    const kinds = (answers: readonly unknown[]) => new Set(answers.map((one) => JSON.stringify(one)));
    expect(kinds(known)).toEqual(kinds(unknown));
    const statuses = known.map((one) => (Array.isArray(one) ? one[0] : undefined));
    expect(statuses.slice(0, quota)).toEqual(times(quota, () => 401));
    expect(statuses.at(-1)).toBe(429);
    const last = await ask(access.clientId, access.clientSecret);
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeLessThanOrEqual(15);
  });
});

describe('attempts', () => {
  let now = 1_800_000_000_000;
  const attempts = createAttempts(memoryLimiter(() => now));
  const tried = async (...asked: Parameters<typeof attempts.begin>) =>
    typeof (await attempts.begin(...asked)) !== 'number';

  test('at one account are counted from wherever they come, also at the same moment', async () => {
    const all = await Promise.all(times(40, (index) => tried('password', 'ada@example.com', `192.0.2.${index}`)));
    expect(all.filter(Boolean)).toHaveLength(attemptLimits.password.account.quota);
    expect(await tried('password', 'bob@example.com', '192.0.2.1')).toBe(true);
    now += 90_000;
    expect(await tried('password', 'ada@example.com', '192.0.2.99')).toBe(true);
  });

  test('from one address, or network of addresses, are counted over all accounts', async () => {
    const { quota } = attemptLimits.password.address;
    const all = await Promise.all(
      times(2 * quota, (index) => tried('password', `user-${index}`, `2001:db8:1:2::${index.toString(16)}`)),
    );
    expect(all.filter(Boolean)).toHaveLength(quota);
    expect(await tried('password', 'user-new', '2001:db8:1:3::1')).toBe(true);
    expect(await tried('code', 'user-new', '2001:db8:1:2::1')).toBe(true);
  });

  test("at a machine's secret do not lock it out elsewhere", async () => {
    const { quota } = attemptLimits.token.account;
    for (let time = 0; time < quota; time += 1) await tried('token', 'cli_a', '198.51.100.1');
    expect(await tried('token', 'cli_a', '198.51.100.1')).toBe(false);
    expect(await tried('token', 'cli_a', '198.51.100.2')).toBe(true);
  });

  test('that succeed are not counted', async () => {
    for (let time = 0; time < 50; time += 1) {
      const attempt = await attempts.begin('password', 'cleo@example.com', '198.51.100.9');
      if (typeof attempt === 'number') throw new Error('it was counted');
      await attempt.succeeded();
    }
  });
});

describe('the gateway', () => {
  test('waits neither for headers nor for a body that does not come', async () => {
    const parts = {
      own: new Map(),
      authorizerOf: async () => undefined,
      api: () => Promise.reject(new Error('it was called')),
      onError: () => undefined,
    };
    const server = createGateway(Promise.resolve(parts), () => 'req_test', { headersMs: 300, requestMs: 600 });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    for (const begun of [
      'GET /acme/app/v1/me HTTP/1.1\r\nHost: a\r\nX-Slow: ',
      'POST /acme/app/v1/events HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{',
    ]) {
      const socket = connect(port, '127.0.0.1');
      socket.write(begun);
      const started = performance.now();
      socket.resume();
      await once(socket, 'close');
      expect(performance.now() - started).toBeLessThan(5000);
    }
    server.close();
  });

  test('says on every surface that nothing is to be guessed, framed or told on', async () => {
    const game = await openGame();
    try {
      const { origin } = new URL(game.platform.baseUrl);
      for (const path of [
        '/docs',
        '/docs/reference.js',
        '/openapi/app.json',
        '/openapi/none.json',
        '/health',
        '/issuer/jwks',
        '/issuer/.well-known/openid-configuration',
        '/issuer/auth',
        '/issuer/nothing',
        '/acme/app/v1/me',
        '/acme/issuers/main/did.json',
        '/nobody/app/v1/me',
      ]) {
        const { headers } = await fetch(`${origin}${path}`, { redirect: 'manual' });
        expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
        expect([path, headers.get('referrer-policy')]).toEqual([path, 'no-referrer']);
        expect([path, headers.get('strict-transport-security')]).toEqual([path, 'max-age=63072000; includeSubDomains']);
        const framed = headers.get('x-frame-options') ?? headers.get('content-security-policy');
        expect([path, framed]).toEqual([path, expect.stringMatching(/^DENY$|frame-ancestors 'none'/)]);
        expect([path, headers.get('x-powered-by')]).toEqual([path, null]);
      }
    } finally {
      await game.close();
    }
  });
});
