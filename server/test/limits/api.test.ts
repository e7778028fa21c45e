import type { Laurel as PlayerLaurel } from '@laurel/sdk';
import { isProblem, type Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedPlans } from '../../src/domain/people/plans.ts';
import type { ClassLimits, PlanLimits } from '../../src/limits/plans.ts';
import { callLimitsOf } from '../../src/limits/plans.ts';
import type { WorkspaceAccess } from '../../src/local/index.ts';
import { type Game, HOME, laurelOf, openGame, playerClient, times } from '../game/world.ts';

/** Longer than any test: what a bucket holds is all that there is. */
const LONG = 86_400;
const PLENTY = 100_000;

/** One limit for every class. */
function all(quota: number, window = LONG): ClassLimits {
  const limit = { quota, window };
  return { read: limit, write: limit, ingest: limit, bulk: limit, credential: limit };
}

function limitsOf(own: Partial<Record<keyof PlanLimits, number>>, window = LONG): PlanLimits {
  const of = (counted: keyof PlanLimits) => all(own[counted] ?? PLENTY, window);
  return {
    tenant: of('tenant'),
    workspace: of('workspace'),
    client: of('client'),
    operator: of('operator'),
    player: of('player'),
  };
}

async function tokenOf({ tokenEndpoint, clientId, clientSecret }: WorkspaceAccess): Promise<string> {
  const response = await fetch(tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token }: { access_token: string } = await response.json();
  return token;
}

/** Reads the workspace, with a token and more headers. */
const read = ({ baseUrl }: WorkspaceAccess, token: string, headers: Record<string, string> = {}) =>
  fetch(`${baseUrl}/dashboard/v1/workspace`, { headers: { authorization: `Bearer ${token}`, ...headers } });

/** The codes of so many calls, so many at a time: `200` of those that were answered. */
async function outcomes(calls: number, call: (index: number) => Promise<Response>): Promise<Map<number, number>> {
  const waiting = times(calls, (index) => index).values();
  const found = new Map<number, number>();
  await Promise.all(
    times(20, async () => {
      for (const index of waiting) {
        const { status } = await call(index);
        found.set(status, (found.get(status) ?? 0) + 1);
      }
    }),
  );
  return found;
}

async function opened(limits: PlanLimits, work: (game: Game) => Promise<void>): Promise<void> {
  const game = await openGame({ limits });
  try {
    await work(game);
  } finally {
    await game.close();
  }
}

describe('a call that is one too many', () => {
  let game: Game;
  let access: WorkspaceAccess;
  let token: string;
  beforeAll(async () => {
    game = await openGame({ limits: limitsOf({ client: 3 }) });
    access = await game.platform.createWorkspaceClient(HOME);
    token = await tokenOf(access);
  });
  afterAll(() => game.close());

  test('those before it are told how much is left, of each that is counted', async () => {
    const response = await read(access, token);
    expect(response.status).toBe(200);
    expect(response.headers.get('ratelimit-policy')).toBe(
      `"tenant";q=${PLENTY};w=${LONG}, "workspace";q=${PLENTY};w=${LONG}, "client";q=3;w=${LONG}`,
    );
    expect(response.headers.get('ratelimit')).toMatch(
      /^"tenant";r=99999;t=1, "workspace";r=99999;t=1, "client";r=2;t=28800$/,
    );
    expect(response.headers.get('access-control-expose-headers')).toContain('ratelimit, ratelimit-policy, retry-after');
  });

  test('it is refused with when to try again', async () => {
    await read(access, token);
    await read(access, token);
    const response = await read(access, token);
    expect(response.status).toBe(429);
    const wait = Number(response.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(28_000);
    expect(wait).toBeLessThanOrEqual(28_800);
    expect(response.headers.get('ratelimit')).toBe(`"client";r=0;t=${wait}`);
    expect(await response.json()).toMatchObject({
      code: 'rate_limited',
      detail: `The limit of this client for read calls is reached: try again in ${wait} s.`,
    });
  });

  test('another address, another token, or another host in a header is the same caller', async () => {
    const spoofed = {
      'x-forwarded-for': '203.0.113.7',
      forwarded: 'for=203.0.113.7',
      'x-real-ip': '203.0.113.7',
      'x-user-id': 'somebody-else',
      'x-tenant-id': 'other',
    };
    expect((await read(access, await tokenOf(access), spoofed)).status).toBe(429);
  });

  test('classes are counted apart, and so is another client', async () => {
    const laurel = laurelOf(access, { maxRetries: 0 });
    await laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' } });
    const other = await game.platform.createWorkspaceClient(HOME);
    expect((await read(other, await tokenOf(other))).status).toBe(200);
  });
});

test('threat 54: no number of clients, players or workspaces gets more than their tenant has', async () => {
  await opened(limitsOf({ tenant: 60, client: 20, player: 20 }), async (game) => {
    const { platform } = game;
    const machines: WorkspaceAccess[] = [];
    for (let index = 0; index < 8; index += 1) {
      const workspace = index < 4 ? 'main' : 'side';
      machines.push(await platform.createWorkspaceClient({ tenant: HOME.tenant, workspace }));
    }
    const tokens = await Promise.all(machines.map(tokenOf));
    const found = await outcomes(240, (index) => {
      const machine = machines[index % 8];
      if (machine === undefined) throw new Error('there is no such machine');
      return read(machine, tokens[index % 8] ?? '');
    });
    expect(found.get(200)).toBe(60);
    expect(found.get(429)).toBe(180);
  });
});

test('threat 52: a tenant at ten times its limit costs another, at half of its own, no call', async () => {
  const quota = 200;
  await opened(limitsOf({ tenant: quota }), async ({ platform }) => {
    const noisy = await platform.createWorkspaceClient({ tenant: 'noisy', workspace: 'main' });
    const quiet = await platform.createWorkspaceClient({ tenant: 'quiet', workspace: 'main' });
    const [noise, word] = [await tokenOf(noisy), await tokenOf(quiet)];
    const [loud, calm] = await Promise.all([
      outcomes(10 * quota, () => read(noisy, noise)),
      outcomes(quota / 2, () => read(quiet, word)),
    ]);
    // What comes back into the bucket meanwhile is less than one.
    expect(Object.fromEntries(loud)).toEqual({ 200: quota, 429: 9 * quota });
    expect(Object.fromEntries(calm)).toEqual({ 200: quota / 2 });
  });
});

test('a batch takes a point for each item, like as many calls', async () => {
  await opened(limitsOf({ client: 10 }), async ({ platform }) => {
    const access = await platform.createWorkspaceClient(HOME);
    const laurel = laurelOf(access, { maxRetries: 0 });
    await laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' } });
    const lesson = { activity: 'lesson', externalUserId: 'ada' };
    await laurel.events.trackBatch({ events: times(7, () => lesson) });
    await laurel.events.track(lesson);
    const refused = await laurel.events.trackBatch({ events: times(3, () => lesson) }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(isProblem(refused, 'rate_limited')).toBe(true);
    await laurel.events.trackBatch({ events: times(2, () => lesson) });
  });
});

test('players are counted one by one, and hear of nobody else', async () => {
  await opened(limitsOf({ tenant: 6, player: 4 }), async (game) => {
    const { laurel, platform } = game;
    const ada = await laurel.users.create({ externalId: 'ada' });
    const bob = await laurel.users.create({ externalId: 'bob' });
    const tokens = new Map<string, string>();
    for (const { id } of [ada, bob]) tokens.set(id, (await laurel.users.mintToken(id)).accessToken);
    const ask = (userId: string) =>
      fetch(`${platform.baseUrl}/${HOME.tenant}/app/v1/me`, {
        headers: { authorization: `Bearer ${tokens.get(userId)}` },
      });
    const first = await ask(ada.id);
    expect(first.headers.get('ratelimit-policy')).toBe(`"player";q=4;w=${LONG}`);
    expect(first.headers.get('ratelimit')).toBe('"player";r=3;t=21600');
    const adas = await outcomes(5, () => ask(ada.id));
    expect(adas.get(429)).toBe(2);
    expect((await ask(bob.id)).status).toBe(200);
    await ask(bob.id);
    const last = await ask(bob.id);
    expect(last.status).toBe(429);
    expect(last.headers.get('ratelimit')).toBeNull();
    expect(await last.json()).toMatchObject({
      detail: expect.stringMatching(/^A limit is reached: try again in \d+ s\.$/),
    });
  });
});

describe('the SDK', () => {
  test('waits for as long as it is told, and every call succeeds', async () => {
    await opened(limitsOf({ client: 20 }, 1), async ({ platform }) => {
      const laurel: Laurel = laurelOf(await platform.createWorkspaceClient(HOME), { maxRetries: 4 });
      const answers = await Promise.all(times(40, () => laurel.workspace.get()));
      expect(answers).toHaveLength(40);
    });
  });

  test('so does that of a player', async () => {
    await opened(limitsOf({ player: 10 }, 1), async (game) => {
      const { id } = await game.laurel.users.create({ externalId: 'ada' });
      const player: PlayerLaurel = await playerClient(game, id);
      expect(await Promise.all(times(15, () => player.me.get()))).toHaveLength(15);
    });
  });
});

test('a stream is counted like a read', async () => {
  await opened(limitsOf({ player: 1 }), async (game) => {
    const { id } = await game.laurel.users.create({ externalId: 'ada' });
    const { accessToken } = await game.laurel.users.mintToken(id);
    const listen = () =>
      fetch(`${game.platform.baseUrl}/${HOME.tenant}/app/v1/live`, {
        headers: { authorization: `Bearer ${accessToken}` },
      });
    const first = await listen();
    expect([first.status, first.headers.get('ratelimit-policy')]).toEqual([200, `"player";q=1;w=${LONG}`]);
    await first.body?.cancel();
    const second = await listen();
    expect([second.status, second.headers.has('retry-after')]).toEqual([429, true]);
  });
});

test('each plan takes the largest batch at once, and each level has less than the one before it', () => {
  for (const { tenant, workspace, client } of Object.values(namedPlans).map(callLimitsOf)) {
    expect(client.ingest.quota).toBeGreaterThanOrEqual(500);
    for (const rate of ['read', 'write', 'ingest', 'bulk', 'credential'] as const) {
      expect(Number.isInteger(client[rate].quota)).toBe(true);
      expect(client[rate].quota).toBeGreaterThan(0);
      expect(workspace[rate].quota).toBeGreaterThan(client[rate].quota);
      expect(tenant[rate].quota).toBeGreaterThan(workspace[rate].quota);
    }
  }
});
