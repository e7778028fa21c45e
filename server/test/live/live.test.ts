import { request } from 'node:http';
import { LaurelLive } from '@laurel/sdk/live';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commit } from '../../src/store/commit.ts';
import { happen } from '../../src/store/happen.ts';
import { saveHappenings } from '../../src/store/happenings.ts';
import { type Game, HOME, openGame, times } from '../game/world.ts';
import { ACME_SIDE, type Access, call, type Place } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';
import { completed, scopeAt } from '../webhooks/world.ts';

let game: Game;
const LIVE = '/app/v1/live';

beforeAll(async () => {
  game = await openGame();
  for (const id of ['ada', 'bob', 'eve', 'late', 'busy']) await game.laurel.users.create({ id });
});
afterAll(() => game.close());

/** Commits what happened to a player, as ingest would. */
async function tell(userId: string, sequence: number, missions: readonly string[], place: Place = HOME): Promise<void> {
  const { newId } = game.platform.inside.platform;
  const happenings = happen({ newId, scope: scopeAt(place) }, userId, missions.map(completed));
  const batch = { userId, sequence, at: new Date().toISOString(), happenings };
  const result = await commit(game.table, saveHappenings(game.table, scopeAt(place), batch));
  expect(result.kind).toBe('committed');
}

async function accessOf(userId: string): Promise<Access & { token: string }> {
  const { accessToken } = await game.laurel.users.mintToken(userId);
  return { baseUrl: `${game.platform.baseUrl}/${HOME.tenant}`, token: accessToken };
}

/** The events of a stream's text: the id and the mission of each. */
const told = (text: string) =>
  [...text.matchAll(/^id: (\S+)\ndata: (.+)$/gm)].flatMap(([, id, data = '{}']) => {
    const mission: unknown = JSON.parse(data).data?.mission;
    return mission === undefined ? [] : [[id, mission]];
  });

/** Where a stream says that it is once it has told all. */
const reached = (text: string) => /^event: ready\nid: (\S+)$/m.exec(text)?.[1];

describe('a stream', () => {
  test('is server-sent events, which nobody keeps, with the headers of every answer', async () => {
    const answer = await call(await accessOf('bob'), 'GET', LIVE);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      'x-request-id': expect.stringMatching(/^req_/),
    });
    expect(answer.text).toBe('retry: 1000\n\nevent: ready\nid: 0\ndata: {}\n\n');
  });

  test('begins with what is new, or after an event, or with the oldest, and misses nothing in between', async () => {
    const access = await accessOf('ada');
    await tell('ada', 3, ['a', 'b', 'c']);
    await tell('ada', 7, ['d']);
    const after = async (id?: string) => {
      const headers = id === undefined ? {} : { 'last-event-id': id };
      return told((await call(access, 'GET', LIVE, { headers })).text);
    };
    const all = [
      ['3.0', 'a'],
      ['3.1', 'b'],
      ['3.2', 'c'],
      ['7.0', 'd'],
    ];
    expect(await after('0')).toEqual(all);
    expect(await after()).toEqual([]);
    for (const [index, [id]] of all.entries()) expect(await after(id)).toEqual(all.slice(index + 1));
    expect(await after('3')).toEqual(all.slice(3));
    expect(await after('5.9')).toEqual(all.slice(3));
    expect(await after('99')).toEqual([]);
    const fresh = await call(access, 'GET', LIVE);
    expect(reached(fresh.text)).toBe('7');
  });

  test('of many batches is told whole and in order', async () => {
    for (const sequence of times(67, (index) => index + 1))
      await tell('busy', sequence, [`x${sequence}`, `y${sequence}`]);
    const { text } = await call(await accessOf('busy'), 'GET', LIVE, { headers: { 'last-event-id': '12.0' } });
    const expected = times(67, (index) => index + 1).flatMap((nth) => [
      [`${nth}.0`, `x${nth}`],
      [`${nth}.1`, `y${nth}`],
    ]);
    expect(told(text)).toEqual(expected.slice(expected.findIndex(([id]) => id === '12.1')));
  });

  test.each(['x', '-1', '1.2.3', '1e5', '99999999999999999', '1.99999', ' ', '*'])(
    'after "%s", which is no place, is a problem',
    async (id) => {
      const access = await accessOf('ada');
      const problem = expectProblem(
        await call(access, 'GET', LIVE, { headers: { 'last-event-id': id } }),
        'invalid_request',
      );
      expect(JSON.stringify(problem)).toContain('/headers/last-event-id');
    },
  );

  test('belongs to nobody else: not another player, not the same id elsewhere, whatever is asked', async () => {
    await game.platform.createWorkspaceClient(ACME_SIDE);
    await tell('ada', 50, ['of the side'], ACME_SIDE);
    await tell('ada', 60, ['mine']);
    const eve = await accessOf('eve');
    for (const headers of [{ 'x-user-id': 'ada' }, { 'x-external-user-id': 'ada' }, {}]) {
      const { text } = await call(eve, 'GET', `${LIVE}?userId=ada`, { headers: { ...headers, 'last-event-id': '0' } });
      expect(told(text)).toEqual([]);
    }
    const { text } = await call(await accessOf('ada'), 'GET', LIVE, { headers: { 'last-event-id': '7.0' } });
    expect(told(text)).toEqual([['60.0', 'mine']]);
  });

  test('of HEAD has no body, and another method is refused', async () => {
    const access = await accessOf('ada');
    const head = await call(access, 'HEAD', LIVE);
    expect([head.status, head.text]).toEqual([200, '']);
    expectProblem(await call(access, 'POST', LIVE, { body: {} }), 'method_not_allowed');
  });

  test('too many at once are refused, and a place is free again when one ends', async () => {
    const access = await accessOf('late');
    const open = () =>
      new Promise<{ status: number; end: () => void }>((resolve, reject) => {
        const { hostname, port, pathname } = new URL(access.baseUrl);
        const headers = { authorization: `Bearer ${access.token}` };
        const sent = request({ hostname, port, path: `${pathname}${LIVE}`, headers }, (response) => {
          response.on('error', () => undefined).resume();
          resolve({ status: response.statusCode ?? 0, end: () => sent.destroy() });
        });
        sent.once('error', reject).end();
      });
    const streams = await Promise.all(times(20, open));
    expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
    const refused = await call(access, 'GET', LIVE);
    expectProblem(refused, 'rate_limited');
    expect(refused.headers['retry-after']).toBe('5');
    for (const { end } of streams) end();
    await expect.poll(async () => (await call(access, 'GET', LIVE)).status).toBe(200);
  });
});

describe('the SDK', () => {
  const liveOf = (access: Access & { token: string }) =>
    new LaurelLive({ baseUrl: access.baseUrl, auth: { token: access.token } });

  test('hears what happens while it listens, each thing once and in order', async () => {
    await game.laurel.users.create({ id: 'live' });
    const stop = new AbortController();
    const heard: string[] = [];
    const ids: string[] = [];
    const access = await accessOf('live');
    const listening = (async () => {
      const options = { signal: stop.signal, lastEventId: '0', onEventId: (id: string) => void ids.push(id) };
      for await (const happening of liveOf(access).live.subscribe(options)) {
        if (happening.type === 'mission.completed') heard.push(happening.data.mission);
        if (heard.length === 100) stop.abort();
      }
    })();
    for (const sequence of times(100, (index) => index + 1)) await tell('live', sequence, [`m${sequence}`]);
    await listening;
    expect(heard).toEqual(times(100, (index) => `m${index + 1}`));
    expect(ids.filter((id) => id.includes('.'))).toEqual(times(100, (index) => `${index + 1}.0`));
  });

  test('a machine listens for the player whom it names', async () => {
    await game.laurel.users.create({ id: 'acted' });
    await tell('acted', 1, ['for me']);
    const machine = await game.platform.createWorkspaceClient(HOME);
    const answer = await fetch(machine.tokenEndpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${machine.clientId}:${machine.clientSecret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token }: { access_token: string } = Object(await answer.json());
    const live = new LaurelLive({ baseUrl: machine.baseUrl, auth: { token } });
    for await (const happening of live.live.subscribe({ lastEventId: '0', headers: { 'x-user-id': 'acted' } })) {
      expect(happening).toMatchObject({ userId: 'acted', workspace: 'main', data: { mission: 'for me' } });
      break;
    }
    await expect(
      liveOf({ baseUrl: machine.baseUrl, token }).live.subscribe()[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});

test('a platform that closes ends its streams, and a client that is left waits for the next one', async () => {
  const other = await openGame();
  await other.laurel.users.create({ id: 'ada' });
  const { accessToken } = await other.laurel.users.mintToken('ada');
  const ended = new Promise<string>((resolve, reject) => {
    const headers = { authorization: `Bearer ${accessToken}` };
    const sent = request(`${other.platform.baseUrl}/acme${LIVE}`, { headers }, async (response) => {
      let text = '';
      try {
        for await (const chunk of response) {
          text += String(chunk);
          if (text.includes('ready')) void other.close();
        }
      } catch {
        // Cut off, or ended in good order: it is over either way.
      }
      resolve(text);
    });
    sent.once('error', reject).end();
  });
  expect(await ended).toContain('event: ready');
});
