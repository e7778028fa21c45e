import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chunks, codeOf, type Game, openGame, refusalOf, times } from './world.ts';

let game: Game;
let laurel: Laurel;

const COUNT = 2_300;
const LANGUAGES = ['en', 'it', null] as const;
const users = times(COUNT, (index) => ({
  id: `u${String(index).padStart(5, '0')}`,
  language: LANGUAGES[index % 3] ?? null,
  attributes: { level: index % 10 },
  tags: index % 4 === 0 ? ['fourth'] : [],
}));

beforeAll(async () => {
  game = await openGame();
  laurel = game.laurel;
  await laurel.workspace.update(
    { language: 'de', userAttributes: { level: { type: 'integer' } } },
    { ifMatch: await laurel.workspace.get() },
  );
  for (const part of chunks(users, 100)) await laurel.users.createBatch({ users: part });
});
afterAll(() => game.close());

const define = (id: string, condition: string) => laurel.segments.create({ id, name: { en: id }, condition });

describe('members', () => {
  test.each([
    [
      'some',
      'user.attributes.level >= 7 && "fourth" in user.tags',
      (index: number) => index % 10 >= 7 && index % 4 === 0,
    ],
    ['one', 'user.id == "u02299"', (index: number) => index === 2299],
    ['none', '"missing" in user.tags', () => false],
    ['all', 'true', () => true],
    ['german', 'user.language == "de" && user.zone == "UTC"', (index: number) => index % 3 === 2],
  ] as const)('of %s are those for whom the condition holds, each once', async (id, condition, holds) => {
    await define(id, condition);
    const members = await laurel.segments.members(id, { limit: 200 }).toArray({ max: COUNT + 1 });
    const wanted = users.filter((_, index) => holds(index)).map((user) => user.id);
    expect(members.map((user) => user.id).toSorted()).toEqual(wanted);
    expect(await laurel.segments.size(id)).toEqual({
      segment: id,
      size: wanted.length,
      scanned: COUNT,
      complete: true,
    });
  });

  test('of a rare kind are found in pages of bounded work, which may be empty before the end', async () => {
    await define('rare', 'user.id == "u00001"');
    const pages: number[] = [];
    for await (const { items } of laurel.segments.members('rare').pages()) pages.push(items.length);
    expect(pages.length).toBe(Math.ceil(COUNT / 1000));
    expect(pages.reduce((sum, length) => sum + length, 0)).toBe(1);
  });

  test('follow the segment and the users', async () => {
    const made = await define('changing', '"changing" in user.tags');
    expect((await laurel.segments.size('changing')).size).toBe(0);
    const user = await laurel.users.get('u00007');
    await laurel.users.setTags(user.id, { tags: ['changing'] }, { ifMatch: user });
    expect((await laurel.segments.size('changing')).size).toBe(1);
    const changed = await laurel.segments.update(
      'changing',
      { name: made.name, condition: 'false' },
      { ifMatch: made },
    );
    expect(changed).toMatchObject({ version: 2, status: made.status });
    expect((await laurel.segments.size('changing')).size).toBe(0);
    await laurel.users.setTags(user.id, { tags: [] }, { ifMatch: await laurel.users.get(user.id) });
  });
});

describe('a condition', () => {
  test.each([
    ['event.value > 1', 'event'],
    ['player.balances["xp"] > 1', 'player'],
    ['now > timestamp("2026-01-01T00:00:00Z")', 'now'],
    ['user.attributes.levle > 1', 'levle'],
    ['user.attributes.level', 'int'],
    ['user.tags', 'list'],
  ])('%s is refused, since it is about a user alone and is true or false', async (condition, what) => {
    const refused = await refusalOf(define('refused', condition));
    expect(refused).toMatchObject({ code: 'invalid_expression', pointers: ['/condition'] });
    expect(refused.detail).toContain(what);
    expect(await codeOf(laurel.segments.get('refused'))).toBe('not_found');
  });
});
