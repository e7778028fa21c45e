import { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvOf, wantsCsv } from '../../src/api/csv.ts';
import { ACME, type Access, call, startTestPlatform, type TestPlatform } from '../support/platform.ts';

let platform: TestPlatform;
let machine: Access;
beforeAll(async () => {
  platform = await startTestPlatform();
  machine = await platform.machine(ACME);
});
afterAll(() => platform.close());

const PATH = '/dashboard/v1/analytics/users?from=2026-06-01&to=2026-06-02';
const get = (accept: string | undefined, { baseUrl, token }: Access = machine) =>
  fetch(`${baseUrl}${PATH}`, {
    headers: { authorization: `Bearer ${token}`, ...(accept === undefined ? {} : { accept }) },
  });

describe('a report', () => {
  test('comes as CSV to those who ask for it, with a line of names', async () => {
    const answer = await get('text/csv');
    expect(await answer.text()).toBe('day,created,active\r\n2026-06-01,0,0\r\n2026-06-02,0,0\r\n');
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="analytics-users.csv"',
      vary: 'accept',
    });
  });

  test.each([undefined, '*/*', 'application/json', 'application/json, text/csv', 'text/csv;q=0'])(
    'comes as JSON by Accept %s',
    async (accept) => {
      const answer = await get(accept);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.headers.get('vary')).toBe('accept');
      expect(await answer.json()).toMatchObject({ rows: [{ day: '2026-06-01' }, { day: '2026-06-02' }] });
    },
  );

  test('that is refused is a problem, whatever was asked for', async () => {
    const { baseUrl, token } = machine;
    const answer = await fetch(`${baseUrl}${PATH.replace('06-02', '05-02')}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/csv' },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
  });

  test('is for those who may read, and machines with its scope', async () => {
    const [viewer, other] = [await platform.operator(ACME, 'viewer'), await platform.machine(ACME, ['users:read'])];
    expect((await get('text/csv', viewer)).status).toBe(200);
    expect((await get('text/csv', other)).status).toBe(403);
  });
});

test('a report comes as CSV through the SDK, with the numbers that it has as JSON', async () => {
  const { baseUrl, token } = machine;
  const laurel = new Laurel({ baseUrl, auth: { token: token ?? '' } });
  const days = { from: '2026-06-01', to: '2026-06-03' };
  const csv = await laurel.csv.analytics.overview(days);
  const { rows } = await laurel.analytics.overview(days);
  const [first] = rows;
  const lines = [Object.keys(first ?? {}), ...rows.map((row) => Object.values(row))];
  expect(csv).toBe(lines.map((line) => `${line.join(',')}\r\n`).join(''));
  expect(lines).toHaveLength(4);
  // What is refused is the same problem as ever.
  const refused = laurel.csv.analytics.users({ from: '2026-06-02', to: '2026-06-01' });
  await expect(refused).rejects.toMatchObject({ status: 422 });
});

test('a back-test is for authors', async () => {
  const body = { id: 'lesson', name: { en: 'Lesson' } };
  await call(machine, 'POST', '/dashboard/v1/activities', { body });
  const streak = { id: 'daily', name: { en: 'Daily' }, cadence: 'day', zone: 'UTC', activity: 'lesson' };
  await call(machine, 'POST', '/dashboard/v1/streaks', { body: streak });
  const tried = { body: { from: '2026-06-01T00:00:00Z', to: '2026-06-02T00:00:00Z', version: 1 } };
  const [member, manager] = [await platform.operator(ACME, 'member'), await platform.operator(ACME, 'manager')];
  const path = '/dashboard/v1/streaks/daily/backtest';
  expect((await call(member, 'POST', path, tried)).status).toBe(403);
  expect((await call(manager, 'POST', path, tried)).status).toBe(200);
});

test('cells are quoted where they must be, and none of them is a formula', () => {
  const rows = [
    { name: '=HYPERLINK("http://evil")', amount: -5 },
    { name: '@SUM(A1)', amount: 1 },
    { name: '-1+1', amount: 0 },
    { name: 'a,b', amount: null },
    { name: 'two\nlines', amount: 2 },
    { name: '\tx', amount: 3 },
  ];
  expect(csvOf(['name', 'amount'], rows)).toBe(
    [
      'name,amount',
      `"'=HYPERLINK(""http://evil"")",-5`,
      "'@SUM(A1),1",
      "'-1+1,0",
      '"a,b",',
      '"two\nlines",2',
      "'\tx,3",
      '',
    ].join('\r\n'),
  );
});

test('CSV is wanted where it is named before JSON, and not refused', () => {
  expect(['text/csv', 'TEXT/CSV;q=0.9', 'text/html, text/csv, */*'].map(wantsCsv)).toEqual([true, true, true]);
  expect([null, '', 'text/*', 'application/json,text/csv', 'text/csv;q=0.0'].map(wantsCsv)).toEqual(
    Array.from({ length: 5 }, () => false),
  );
});
