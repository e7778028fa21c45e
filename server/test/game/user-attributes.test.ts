import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics } from './definitions.ts';
import {
  clockAt,
  codeOf,
  codesOf,
  type Game,
  openGame,
  otherProcess,
  playerClient,
  refusalOf,
  times,
} from './world.ts';

type Declarations = NonNullable<Awaited<ReturnType<Laurel['workspace']['get']>>['userAttributes']>;

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame({ clock: clockAt('2026-06-01T12:00:00Z') });
  laurel = game.laurel;
});
afterEach(() => game.close());

const typed: Declarations = {
  plan: { type: 'string', playersMay: 'read' },
  level: { type: 'integer' },
  ratio: { type: 'number' },
  nick: { type: 'string', playersMay: 'write' },
};

/** Declares attributes of users; null lets them have any. */
async function declare(userAttributes: Declarations | null) {
  return laurel.workspace.update({ userAttributes }, { ifMatch: await laurel.workspace.get() });
}

describe('the settings of a workspace', () => {
  test('change one by one, by their version', async () => {
    const found = await laurel.workspace.get();
    expect(found).toMatchObject({ version: 1, userAttributes: null, teams: { playersMayCreate: false, capacity: 50 } });
    const changed = await laurel.workspace.update({ name: 'Game', zone: 'Asia/Kathmandu' }, { ifMatch: found });
    expect(changed).toEqual({ ...found, name: 'Game', zone: 'Asia/Kathmandu', version: 2 });
    expect(await codeOf(laurel.workspace.update({ language: 'it' }, { ifMatch: found }))).toBe('version_mismatch');
    expect(await laurel.workspace.get()).toEqual(changed);
  });

  test('go to one of twenty who change them at once', async () => {
    const ifMatch = await laurel.workspace.get();
    const codes = await codesOf(times(20, (index) => laurel.workspace.update({ name: `n${index}` }, { ifMatch })));
    expect(codes.toSorted()).toEqual(['none', ...times(19, () => 'version_mismatch')]);
    expect((await laurel.workspace.get()).version).toBe(2);
  });
});

describe('attributes', () => {
  test('may be anything where nothing is declared', async () => {
    const user = await laurel.users.create({ attributes: { plan: 'pro', level: 1.5, live: true } });
    expect(user.attributes).toEqual({ plan: 'pro', level: 1.5, live: true });
    const changed = await laurel.users.update(
      user.id,
      { attributes: { live: null, level: 2, seen: false } },
      { ifMatch: user },
    );
    expect(changed.attributes).toEqual({ plan: 'pro', level: 2, seen: false });
    expect(await laurel.users.get(user.id)).toEqual(changed);
  });

  test('are held to what is declared, and pointed at', async () => {
    await declare({ ...typed, plan: { type: 'string', required: true } });
    const create = (attributes: Record<string, string | number | boolean>) =>
      refusalOf(laurel.users.create({ attributes }));
    expect(await create({ plan: 'pro', level: 1.5 })).toMatchObject({
      code: 'unprocessable',
      pointers: ['/attributes/level'],
    });
    expect(await create({ plan: 7, hat: 'red', ratio: true })).toMatchObject({
      pointers: ['/attributes/plan', '/attributes/hat', '/attributes/ratio'],
    });
    expect(await create({ level: 1 })).toMatchObject({ pointers: ['/attributes/plan'] });
    const user = await laurel.users.create({ attributes: { plan: 'pro' } });
    const change = (attributes: Record<string, string | null>) =>
      refusalOf(laurel.users.update(user.id, { attributes }, { ifMatch: user }));
    expect(await change({ plan: null })).toMatchObject({ pointers: ['/attributes/plan'] });
    expect(await change({ level: 'high' })).toMatchObject({ pointers: ['/attributes/level'] });
    expect(await laurel.users.get(user.id)).toEqual(user);
  });

  test('of one user of a batch do not fail the rest', async () => {
    await declare(typed);
    const { items } = await laurel.users.createBatch({
      users: [{ id: 'a', attributes: { level: 'x' } }, { id: 'b', attributes: { level: 1 } }, { id: 'c' }],
    });
    expect(items).toMatchObject([
      { status: 'rejected', problem: { code: 'unprocessable', errors: [{ pointer: '/attributes/level' }] } },
      { status: 'created', user: { id: 'b', attributes: { level: 1 } } },
      { status: 'created', user: { id: 'c', attributes: {} } },
    ]);
  });

  test('are at most 50 in all, however they come', async () => {
    const some = (from: number, count: number) => Object.fromEntries(times(count, (index) => [`a${from + index}`, 1]));
    const user = await laurel.users.create({ attributes: some(0, 50) });
    const more = laurel.users.update(user.id, { attributes: some(50, 1) }, { ifMatch: user });
    expect(await refusalOf(more)).toMatchObject({ code: 'unprocessable', pointers: ['/attributes'] });
    const swapped = await laurel.users.update(user.id, { attributes: { a0: null, b0: 1 } }, { ifMatch: user });
    expect(Object.keys(swapped.attributes)).toHaveLength(50);
  });

  test('with the name of something that every object has are refused', async () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
      expect(await codeOf(laurel.users.create({ attributes: { [name]: 1 } }))).toBe('invalid_request');
      expect(await codeOf(declare({ [name]: { type: 'string' } }))).toBe('invalid_request');
    }
  });

  test('are seen and written by players as the workspace lets them, and what is hidden looks absent', async () => {
    await laurel.users.create({ id: 'ada', attributes: { plan: 'pro', level: 3, nick: 'a', secret: 'x' } });
    const player = await playerClient(game, 'ada');
    expect((await player.me.get()).attributes).toEqual({});
    await declare(typed);
    const me = await player.me.get();
    expect(me.attributes).toEqual({ plan: 'pro', nick: 'a' });
    const write = (attributes: Record<string, string>) => refusalOf(player.me.update({ attributes }, { ifMatch: me }));
    const [readable, hidden, absent] = [
      await write({ plan: 'x' }),
      await write({ level: 'x' }),
      await write({ no: 'x' }),
    ];
    expect([readable.code, hidden.code, absent.code]).toEqual(times(3, () => 'unprocessable'));
    expect(hidden.detail.replace('level', 'no')).toBe(absent.detail);
    const changed = await player.me.update({ attributes: { nick: 'Ada' }, language: 'it' }, { ifMatch: me });
    expect(changed).toMatchObject({ attributes: { plan: 'pro', nick: 'Ada' }, language: 'it' });
    expect((await laurel.users.get('ada')).attributes).toEqual({ plan: 'pro', level: 3, nick: 'Ada', secret: 'x' });
    // A backend that acts for the player is the player.
    const acting = laurel.as({ userId: 'ada' });
    expect(await codeOf(acting.me.update({ attributes: { plan: 'x' } }, { ifMatch: changed }))).toBe('unprocessable');
  });
});

describe('tags', () => {
  test('are each there once, in order, and replaced as a whole by their version', async () => {
    const user = await laurel.users.create({ tags: ['vip', 'plan:pro', 'vip'] });
    expect(user.tags).toEqual(['plan:pro', 'vip']);
    const set = await laurel.users.setTags(user.id, { tags: ['z', 'a', 'z'] }, { ifMatch: user });
    expect(set).toEqual({ userId: user.id, tags: ['a', 'z'], version: 2 });
    expect(await codeOf(laurel.users.setTags(user.id, { tags: [] }, { ifMatch: user }))).toBe('version_mismatch');
    expect(await laurel.users.getTags(user.id)).toEqual(set);
    const changed = await laurel.users.update(user.id, { displayName: 'Ada' }, { ifMatch: set });
    expect(changed.tags).toEqual(['a', 'z']);
    expect((await laurel.users.update(user.id, { tags: [] }, { ifMatch: changed })).tags).toEqual([]);
  });

  test.each(['', ' ', 'a b', ':a', 'a:', 'a:b:c', '-a', 'é', 'a#b', 'x'.repeat(64)])('%j is none', async (tag) => {
    expect(await codeOf(laurel.users.create({ tags: [tag] }))).toBe('invalid_request');
  });

  test('and attributes filter the list of users, page by page', async () => {
    const users = times(120, (index) => ({
      id: `u${index}`,
      attributes: { level: index % 7, plan: index % 2 === 0 ? 'pro' : 'free:x' },
      tags: index % 3 === 0 ? ['third', `n:${index}`] : [],
    }));
    for (const part of [users.slice(0, 60), users.slice(60)]) await laurel.users.createBatch({ users: part });
    const found = async (query: Parameters<Laurel['users']['list']>[0]) =>
      (await laurel.users.list({ limit: 7, ...query }).toArray({ max: 200 })).map(({ id }) => id).toSorted();
    const wanted = (keep: (index: number) => boolean) =>
      users.flatMap(({ id }, index) => (keep(index) ? [id] : [])).toSorted();
    expect(await found({ tag: 'third' })).toEqual(wanted((index) => index % 3 === 0));
    expect(await found({ tag: 'n:6' })).toEqual(['u6']);
    expect(await found({ attribute: 'level:3' })).toEqual(wanted((index) => index % 7 === 3));
    expect(await found({ attribute: 'plan:free:x', tag: 'third' })).toEqual(
      wanted((index) => index % 2 === 1 && index % 3 === 0),
    );
    expect(await found({ attribute: 'constructor:x' })).toEqual([]);
    expect(await codeOf(laurel.users.list({ attribute: 'level' }))).toBe('invalid_request');
  });
});

describe('what conditions see', () => {
  const lesson = (condition: string) => ({
    name: { en: 'Lesson' },
    trigger: { kind: 'event' as const, activity: 'lesson' },
    rewards: [{ kind: 'currency' as const, currency: 'xp', amount: 1 }],
    condition,
  });
  const paid = async (userId: string) =>
    (await laurel.events.track({ userId, activity: 'lesson' })).effects.rewards.length;
  beforeEach(() => defineBasics(laurel));

  test('is checked against the declaration, with its place', async () => {
    await declare(typed);
    const check = (expression: string) => laurel.expressions.check({ expression });
    expect(await check('user.attributes.level >= 3 && "vip" in user.tags')).toMatchObject({ ok: true, type: 'bool' });
    expect(await check('user.attributes.ratio > 0.5')).toMatchObject({ ok: true });
    expect(await check('user.attributes.levle >= 3')).toMatchObject({
      ok: false,
      problems: [{ message: 'No such key: levle', from: 16, to: 21 }],
    });
    expect(await check('user.attributes.plan > 3')).toMatchObject({ ok: false });
    expect(await check('3 in user.tags')).toMatchObject({ ok: false });
    const refused = await refusalOf(laurel.rewardRules.create(lesson('user.attributes.levle >= 3')));
    expect(refused).toMatchObject({ code: 'invalid_expression', pointers: ['/condition'] });
  });

  test('decides what an event earns, as the user is then', async () => {
    await declare(typed);
    await laurel.rewardRules.create(lesson('user.attributes.level >= 3 && "vip" in user.tags'));
    await laurel.users.create({ id: 'ada', attributes: { level: 3 }, tags: ['vip'] });
    await laurel.users.create({ id: 'bob', attributes: { level: 2 }, tags: ['vip'] });
    await laurel.users.create({ id: 'eve', tags: ['vip'] });
    expect([await paid('ada'), await paid('bob'), await paid('eve')]).toEqual([1, 0, 0]);
    await laurel.users.update('bob', { attributes: { level: 4 } }, { ifMatch: 1 });
    await laurel.users.setTags('ada', { tags: [] }, { ifMatch: 1 });
    expect([await paid('ada'), await paid('bob')]).toEqual([0, 1]);
  });

  test('follows a new declaration with the next event, and values that no longer fit are not seen', async () => {
    await laurel.users.create({ id: 'ada', attributes: { level: 'high' } });
    await laurel.users.create({ id: 'bob', attributes: { level: 3 } });
    await declare({ level: { type: 'integer' } });
    await laurel.rewardRules.create(lesson('user.attributes.level >= 3 || !has(user.attributes.level)'));
    const text = 'has(user.attributes.level)';
    expect(await codeOf(laurel.segments.create({ id: 'levelled', name: { en: 'Levelled' }, condition: text }))).toBe(
      'none',
    );
    expect((await laurel.segments.members('levelled')).items.map(({ id }) => id)).toEqual(['bob']);
    expect((await laurel.users.get('ada')).attributes).toEqual({ level: 'high' });
    expect(await paid('bob')).toBe(1);
  });

  test('keeps a declaration that a published condition needs from being taken away', async () => {
    await declare(typed);
    const { id } = await laurel.rewardRules.create(lesson('user.attributes.level >= 3'));
    await laurel.segments.create({ id: 'pros', name: { en: 'Pros' }, condition: 'user.attributes.plan == "pro"' });
    const { level: _, ...without } = typed;
    const refused = await refusalOf(declare(without));
    expect(refused).toMatchObject({ code: 'invalid_expression', pointers: ['/userAttributes'] });
    expect(refused.detail).toContain(`the condition of the reward rule ${id}: No such key: level`);
    await laurel.rewardRules.archive(id);
    expect(await codeOf(declare(without))).toBe('none');
    const refusedBySegment = await refusalOf(declare({ level: { type: 'integer' } }));
    expect(refusedBySegment.detail).toContain('the condition of the segment pros: No such key: plan');
  });

  test('stays what it was for events of before, when a late one has them decided again', async () => {
    await declare(typed);
    const { id } = await laurel.rewardRules.create(lesson('user.attributes.level >= 3 && "vip" in user.tags'));
    await laurel.users.create({ id: 'ada', attributes: { level: 3 }, tags: ['vip'] });
    const occurredAt = '2026-05-02T12:00:00Z';
    await laurel.events.track({ id: 'paid', userId: 'ada', activity: 'lesson', occurredAt });
    await laurel.rewardRules.archive(id);
    const { level: _, ...without } = typed;
    await declare(without);
    await laurel.users.update('ada', { attributes: { plan: 'x' }, tags: [] }, { ifMatch: 1 });
    // By a process that has compiled nothing yet.
    const other = await otherProcess(game);
    await other.laurel.events.track({ userId: 'ada', activity: 'lesson', occurredAt: '2026-05-01T12:00:00Z' });
    await other.close();
    expect(await laurel.as({ userId: 'ada' }).wallets.get('xp')).toMatchObject({ available: 1 });
  });

  test('lets a declaration widen, but no type become another', async () => {
    await declare(typed);
    expect(await refusalOf(declare({ ...typed, level: { type: 'string' }, plan: { type: 'boolean' } }))).toMatchObject({
      code: 'unprocessable',
      pointers: ['/userAttributes/plan/type', '/userAttributes/level/type'],
    });
    const wider: Declarations = { ...typed, level: { type: 'number' }, hat: { type: 'string', required: true } };
    expect((await declare(wider)).userAttributes).toEqual(wider);
    expect((await declare(null)).userAttributes).toBeNull();
  });

  test('can be tried on a sample', async () => {
    await declare(typed);
    const evaluate = (expression: string, user: object, about: 'event' | 'user' = 'event') =>
      laurel.expressions.evaluate({ expression, about, facts: { user } });
    const vip = { attributes: { level: 5 }, tags: ['vip'] };
    expect(await evaluate('user.attributes.level * 2 == 10 && "vip" in user.tags', vip)).toMatchObject({ value: true });
    expect(await evaluate('user.tags.exists(t, t.startsWith("v"))', vip, 'user')).toMatchObject({ value: true });
    expect(await refusalOf(evaluate('user.tags.size() > 0', { attributes: { level: 'x' } }))).toMatchObject({
      code: 'unprocessable',
      pointers: ['/facts/user/attributes/level'],
    });
    for (const expression of [
      'event.value > 0',
      'player.balances["xp"] > 0',
      'now > timestamp("2026-01-01T00:00:00Z")',
    ]) {
      expect(await codeOf(evaluate(expression, vip, 'user'))).toBe('invalid_expression');
    }
    const counts = { levels: { ranks: 3 }, badges: { founder: 1 }, counters: { lesson: 4 } };
    const expression = 'player.levels["ranks"] + player.badges["founder"] + player.counters["lesson"] == 8';
    expect(await laurel.expressions.evaluate({ expression, facts: { player: counts } })).toMatchObject({ value: true });
    const zero = 'player.counters["lesson"] == 0 && player.balances["xp"] == 0';
    expect(await laurel.expressions.evaluate({ expression: zero, facts: {} })).toMatchObject({ value: true });
  });
});
