import { afterAll, beforeAll, expect, test } from 'vitest';
import { startedApi } from '../../src/lambda/started-api.ts';
import { type Game, openGame, times } from '../game/world.ts';
import { recorded } from './world.ts';

/** What Lambda takes from a function, in bytes: the answer is JSON, and its body a text in it. */
const MOST = 6 * 1024 * 1024;

let game: Game;
beforeAll(async () => {
  game = await openGame();
});
afterAll(() => game.close());

test('a page is never larger than a function can answer with, and what it leaves out is on the next', async () => {
  const { laurel } = game;
  await laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' } });
  await laurel.users.create({ id: 'ada' });
  // The largest attributes that there are, in a writing of three bytes a letter.
  const attributes = Object.fromEntries(times(50, (index) => [`a${index}`, '長'.repeat(1000)]));
  const ids = times(45, (index) => `event-${index}`);
  for (const id of ids) await laurel.events.track({ id, activity: 'lesson', userId: 'ada', attributes });
  const found: string[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await laurel.events.list({ limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    const body = JSON.stringify({ items: page.items, nextCursor: page.nextCursor });
    expect(Buffer.byteLength(JSON.stringify({ statusCode: 200, body }))).toBeLessThan(MOST);
    found.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
    pages += 1;
  } while (cursor !== undefined);
  expect(pages).toBeGreaterThan(1);
  expect(found.toSorted()).toEqual(ids.toSorted());
});

test.each([
  ['more than a function can send', 'x'.repeat(7 * 1024 * 1024), 422],
  ['as much of it in quotes, which are escaped', '"'.repeat(4 * 1024 * 1024), 422],
  ['less', 'x'.repeat(5 * 1024 * 1024), 200],
])('an answer of %s is a problem that says so, and not a reason to try again', async (_, text, status) => {
  const api = startedApi({
    start: async () => async () => ({ statusCode: 200, headers: {}, body: text, isBase64Encoded: false }),
    newRequestId: () => 'req_test',
    onError: () => undefined,
  });
  const answer = await api(recorded('api-list-activities'));
  expect([answer.statusCode, answer.headers?.['retry-after']]).toEqual([status, undefined]);
  expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(MOST);
  if (status === 422) expect(JSON.parse(answer.body)).toMatchObject({ code: 'unprocessable', requestId: 'req_test' });
});
