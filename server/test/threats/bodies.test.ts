import { createConnection } from 'node:net';
import { gzipSync } from 'node:zlib';
import { MAX_AMOUNT } from '@laurel/contract/shared/numbers';
import { afterAll, describe, expect, test } from 'vitest';
import { MAX_BODY_BYTES } from '../../src/api/gateway-event.ts';
import { openWorld } from '../isolation/world.ts';
import { type Answer, call } from '../support/platform.ts';
import { expectProblem, pointersOf } from '../support/problems.ts';

const world = await openWorld();
afterAll(() => world.close());
const { home, own } = world;
const USERS = '/dashboard/v1/users';
const xp = `${own.mark}.xp`;

async function newUser(): Promise<string> {
  return String((await call(home, 'POST', USERS, { body: {} })).body.id);
}

async function available(userId: string): Promise<number> {
  const { body } = await call(home, 'GET', `/app/v1/wallets/${xp}`, { headers: { 'x-user-id': userId } });
  return Number(body.available ?? 0);
}

const post = (kind: string, userId: string, amount: number | string): Promise<Answer> =>
  call(home, 'POST', '/dashboard/v1/ledger/transactions', {
    body: `{"kind":"${kind}","note":"a test","legs":[{"userId":"${userId}","currency":"${xp}","amount":${amount}}]}`,
  });

describe('threat 38: amounts that are none, and sums that are too large', () => {
  test.each(['-1', '0', '1.5', '1e21', '9007199254740992', '"10"', '"NaN"', '-0', '1e-400', '1e400'])(
    '%s',
    async (amount) => {
      const userId = await newUser();
      const answer = await post('credit', userId, amount);
      expect([400, 422]).toContain(answer.status);
      expect(await available(userId)).toBe(0);
    },
  );

  test('what is held is never less than nothing, nor more than can be counted', async () => {
    const userId = await newUser();
    for (let times = 0; times < 12; times += 1) await post('credit', userId, MAX_AMOUNT);
    const held = await available(userId);
    expect([Number.isSafeInteger(held), held]).toEqual([true, 12 * MAX_AMOUNT]);
    expectProblem(await post('debit', await newUser(), 1), 'insufficient_funds');
  });
});

test('threat 39: of ten that spend all of a balance at once, one does', async () => {
  const userId = await newUser();
  await post('credit', userId, 50);
  const answers = await Promise.all(Array.from({ length: 10 }, () => post('debit', userId, 50)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  for (const { status } of answers.filter((one) => one.status !== 201)) expect([409, 422]).toContain(status);
  expect(await available(userId)).toBe(0);
});

/** Sends bytes as they are, and answers with the first line. */
function raw(bytes: readonly (string | Uint8Array)[]): Promise<string> {
  const { hostname, port } = new URL(home.baseUrl);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = createConnection({ host: hostname, port: Number(port) }, () => {
      for (const one of bytes) socket.write(one);
    });
    socket.on('data', (chunk) => {
      text += String(chunk);
      if (!text.includes('\r\n')) return;
      resolve(text.split('\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

const head = (more: string) =>
  `POST /acme${USERS} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${home.token}\r\ncontent-type: application/json\r\n${more}\r\n\r\n`;

describe('threat 40: bodies of the wrong size, form or writing', () => {
  test('chunks without a length are counted as they come', async () => {
    const chunk = `${(64 * 1024).toString(16)}\r\n${' '.repeat(64 * 1024)}\r\n`;
    const many = Array.from({ length: 20 }, () => chunk);
    expect(await raw([head('transfer-encoding: chunked'), ...many, '0\r\n\r\n'])).toContain(' 413 ');
  });

  test('a length and chunks at once, and two lengths, are no request', async () => {
    expect(await raw([head('content-length: 2\r\ntransfer-encoding: chunked'), '{}'])).toContain(' 400 ');
    expect(await raw([head('content-length: 2\r\ncontent-length: 3'), '{} '])).toContain(' 400 ');
  });

  test('what is compressed is never unpacked, whatever it says of itself', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const used = process.memoryUsage().rss;
    for (const encoding of ['gzip', 'GZIP', 'br', 'deflate, gzip', 'identity']) {
      const answer = await call(home, 'POST', USERS, { body: bomb, headers: { 'content-encoding': encoding } });
      expect([400, 415]).toContain(answer.status);
    }
    expect(process.memoryUsage().rss - used).toBeLessThan(100_000_000);
  });

  test('a mark of its byte order, or something behind it', async () => {
    // RFC 8259, section 8.1: whoever parses may pass over the mark.
    expect((await call(home, 'POST', USERS, { body: '\ufeff{}' })).status).toBe(201);
    for (const body of ['{}\ufeff', '{} x', '{}{}', '{}\u0000']) {
      expectProblem(await call(home, 'POST', USERS, { body }), 'malformed_json');
    }
  });
});

describe('threat 41: deep, wide and doubled JSON costs next to nothing', () => {
  const wide = Array.from({ length: 1_000_000 }, (_, at) => `"k${at}":0`).join();
  const cases = {
    'a hundred thousand levels': '['.repeat(100_000),
    'objects in objects': '{"a":'.repeat(40_000),
    'a million names': `{${wide}}`,
    'a million items': `[${'0,'.repeat(999_999)}0]`,
    'a name of a megabyte': `{"${'k'.repeat(1_000_000)}":0}`,
    'as many names as a body holds': `{${wide.slice(0, MAX_BODY_BYTES - 20).replace(/,[^,]*$/, '')}}`,
    'as many items as a body holds': `{"tags":[${'0,'.repeat(MAX_BODY_BYTES / 2 - 20)}0]}`,
    'the same name twice': `{"attributes":{${'"a":1,'.repeat(20_000)}"a":1},"id":"a#b","id":"a#b"}`,
  };

  test.each(Object.entries(cases))('%s', async (_what, body) => {
    await call(home, 'POST', USERS, { body: '[]' });
    const before = process.cpuUsage();
    const answer = await call(home, 'POST', USERS, { body });
    const { user } = process.cpuUsage(before);
    expect([400, 413]).toContain(answer.status);
    expect(answer.text.length).toBeLessThan(100_000);
    // Microseconds, of this process: the caller's share is in it.
    expect(user).toBeLessThan(400_000);
  });
});

describe('threat 43: headers without end', () => {
  test('many of them, and one of 64 KB', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => `x-${at}: 1`).join('\r\n');
    expect(await raw([head(`content-length: 0\r\n${many}`)])).toContain(' 431 ');
    expect(await raw([head(`content-length: 0\r\nx-long: ${'a'.repeat(65_536)}`)])).toContain(' 431 ');
  });

  test('a line break in a value comes back in no header', async () => {
    for (const path of [`${USERS}?cursor=a%0d%0ax-injected:%201`, `${USERS}/a%0d%0ax-injected:%201`]) {
      const { status, headers } = await call(home, 'GET', path);
      expect([status, headers['x-injected'], headers.location]).toEqual([400, undefined, undefined]);
    }
  });
});

describe('threat 44: an expression that would not end is never saved', () => {
  const attacks = [
    '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!".matches("(a+)+$")',
    `${'('.repeat(900)}true${')'.repeat(900)}`,
    '[1,2,3].all(a, [1,2,3].all(b, [1,2,3].all(c, a + b + c > 0)))',
    `"x" in [${'"a",'.repeat(450)}"b"]`,
    'nothing.that.is()',
  ];

  test.each(attacks)('%s', async (condition) => {
    const started = performance.now();
    const body = { id: 'never', name: { en: 'x' }, condition };
    const answer = await call(home, 'POST', '/dashboard/v1/segments', { body });
    expectProblem(answer, 'invalid_expression');
    expect(performance.now() - started).toBeLessThan(5000);
    expectProblem(await call(home, 'GET', '/dashboard/v1/segments/never'), 'not_found');
  });
});

describe('threat 45: times and zones that are none', () => {
  test.each(['../../etc/passwd', 'Europe/../Rome', 'Mars/Base', '+25:00', '', 'a'.repeat(65)])(
    'the zone %j',
    async (zone) => {
      const answer = await call(home, 'POST', USERS, { body: { zone } });
      expect(pointersOf(expectProblem(answer, 'invalid_request'))).toContain('/zone');
    },
  );

  test('a day that the clocks skip has an event all the same, by the server’s calendar', async () => {
    const userId = await newUser();
    for (const occurredAt of ['2026-03-29T01:30:00+01:00', '2026-03-29T02:30:00+01:00', '2026-10-25T02:30:00+02:00']) {
      const body = { userId, activity: `${own.mark}.lesson.completed`, occurredAt };
      expect((await call(home, 'POST', '/dashboard/v1/events', { body })).status).toBe(200);
    }
  });
});
