import { afterAll, describe, expect, test } from 'vitest';
import { readyPath } from '../support/definition-life.ts';
import { allRoutes, fillPath, furnish } from '../support/examples.ts';
import { ACME, call, OPERATIONS, startTestPlatform } from '../support/platform.ts';
import { auditItems, sealedRecords } from './world.ts';

const laurel = await startTestPlatform();
afterAll(() => laurel.close());
const home = await laurel.machine(ACME);
const root = await laurel.platformMachine();
const furnished = await furnish(home, ACME);
const bare = await laurel.machine(ACME, ['segments:read']);

const HANDLED = (status: number) => (status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'succeeded');

test('threat 56: each route leaves exactly one record of each call, with how it ended, and so do all refusals', async () => {
  const expected = new Map<string, { route: string; status: number; outcome: string; code: unknown; kind: string }>();
  for (const [name, placed] of allRoutes) {
    const access = placed.context === 'platform' ? root : home;
    const { method, headers, body } = furnished.exampleOf(placed);
    const path =
      placed.context === 'platform'
        ? fillPath(placed.route.path, { ...OPERATIONS })
        : await readyPath(home, furnished, placed);
    const parcel = { headers, ...(body === undefined ? {} : { body }) };
    const answers = [
      [await call(access, method, path, parcel), 'machine'],
      [await call(bare, method, path, parcel), 'machine'],
      [await call(laurel.stranger(ACME), method, path, parcel), 'stranger'],
      ...(body === undefined ? [] : [[await call(access, method, path, { headers, body: '[' }), 'machine'] as const]),
    ] as const;
    for (const [answer, caller] of answers) {
      // Where no token is asked for, one that comes along says nothing of who calls.
      const kind = placed.meta?.open === true ? 'stranger' : caller;
      const { status, body: told } = answer;
      const code = status >= 400 ? told.code : null;
      const requestId = answer.headers['x-request-id'] ?? name;
      expected.set(requestId, { route: name, status, outcome: HANDLED(status), code, kind });
    }
  }
  const records = Map.groupBy(await sealedRecords(laurel), ({ requestId }) => requestId ?? '');
  const found = [...expected.keys()].map((requestId) =>
    (records.get(requestId) ?? []).map(({ route, status, outcome, code, actor }) => ({
      route,
      status,
      outcome,
      code,
      kind: actor.kind,
    })),
  );
  expect(found).toEqual([...expected.values()].map((one) => [one]));
  // What was there at all: successes of many routes, not refusals alone.
  const successes = new Set([...expected.values()].filter(({ status }) => status < 300).map(({ route }) => route));
  expect(successes.size).toBeGreaterThan(allRoutes.length / 2);
}, 240_000);

test('a replay by Idempotency-Key is recorded as one, beside the call', async () => {
  const headers = { 'idempotency-key': 'once' };
  const send = () => call(home, 'POST', '/dashboard/v1/users', { body: { displayName: 'Ada' }, headers });
  const answers = [await send(), await send(), ...(await Promise.all(Array.from({ length: 20 }, send)))];
  const records = await sealedRecords(laurel);
  const outcomes = answers.map(({ headers: { 'x-request-id': id } }) =>
    records.filter(({ requestId }) => requestId === id).map(({ outcome, status }) => `${outcome} ${status}`),
  );
  expect(outcomes).toEqual(answers.map((_, index) => [index === 0 ? 'succeeded 201' : 'replayed 201']));
});

test('a call that changed something and was refused after it is recorded as refused, with a flag', async () => {
  const event = { externalUserId: 'never-seen', activity: `${furnished.mark}.lesson.completed`, value: -1 };
  const answer = await call(home, 'POST', '/dashboard/v1/events', { body: event });
  const records = (await sealedRecords(laurel)).filter(({ requestId }) => requestId === answer.headers['x-request-id']);
  expect(records).toHaveLength(1);
  expect(records).toMatchObject([{ status: answer.status, outcome: HANDLED(answer.status) }]);
});

describe('no record holds', () => {
  const CANARY = 'c4n4ry-s3cret';

  test('what was sent in a body, a query, a header or a token (case 56)', async () => {
    const headers = {
      'x-user-id': CANARY,
      'x-tenant-id': CANARY,
      'x-forwarded-for': CANARY,
      'user-agent': CANARY,
      'idempotency-key': CANARY,
      cookie: CANARY,
      'if-match': CANARY,
      traceparent: CANARY,
    };
    const body = { displayName: CANARY, attributes: { password: CANARY }, externalId: CANARY };
    const path = `/dashboard/v1/users?token=${CANARY}`;
    await call(home, 'POST', path, { body, headers });
    await call(home, 'POST', '/dashboard/v1/users', { body, headers: { 'idempotency-key': CANARY } });
    await call(home, 'POST', '/dashboard/v1/users', { body: `{"${CANARY}` });
    await call(home, 'GET', `/dashboard/v1/${CANARY}/%0d%0a${CANARY}`);
    await call(home, CANARY.toUpperCase(), '/app/v1/me');
    const payload = Buffer.from(JSON.stringify({ iss: CANARY, sub: CANARY })).toString('base64url');
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: CANARY })).toString('base64url');
    const forged = { ...home, token: `${header}.${payload}.c2ln` };
    await call(forged, 'GET', '/app/v1/me');
    await sealedRecords(laurel);
    const items = JSON.stringify(await auditItems(laurel.table));
    expect(items).not.toMatch(new RegExp(CANARY, 'i'));
    expect(items).not.toContain(payload);
    expect(items).not.toContain(home.token ?? '-');
  });

  test('a control character, whatever ids and names were asked for', async () => {
    const odd = ['\u001b[31mred', 'a\r\nb', 'a\u0000b', '\u202eabc', '"}{"'];
    for (const name of odd) {
      await call(home, 'GET', `/dashboard/v1/missions/${encodeURIComponent(name)}`);
      await call(home, 'POST', '/dashboard/v1/api-clients', { body: { name, scopes: ['users:read'] } });
    }
    const records = await sealedRecords(laurel);
    const texts = records.map((record) => JSON.stringify(record));
    expect(texts.filter((text) => !/^[\x20-\x7e]*$/.test(text) || /\\u|\\[rn]|\[31m|"abc"/.test(text))).toEqual([]);
  });
});
