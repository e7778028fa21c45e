import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runRound } from '../../src/schedule/cell.ts';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import { clockAt, codeOf, type Game, openGame, type TestClock } from '../game/world.ts';
import { defineGame, liveALife, WORDS } from './person.ts';

let game: Game;
let clock: TestClock;
beforeAll(async () => {
  clock = clockAt(new Date().toISOString());
  game = await openGame({ clock });
  await defineGame(game.laurel);
});
afterAll(() => game.close());

let userId: string;
beforeEach(async () => {
  ({ id: userId } = await game.laurel.users.create({ displayName: 'Ada' }));
});

test('an export has all that is held on a person', async () => {
  const { laurel, table } = game;
  const id = await liveALife(game);
  const { records } = await laurel.privacy.export(id);
  const query = { TableName: table.name, KeyConditionExpression: 'pk = :pk' };
  const ExpressionAttributeValues = { ':pk': `T#acme#W#main#U#${id}` };
  const { Items = [] } = await table.client.send(new QueryCommand({ ...query, ExpressionAttributeValues }));
  const placeOf = (sk: unknown) => String(sk).split('#').join('/');
  expect(records.map(({ kind, key }) => [kind, key].join('/').replace(/\/$/, '')).toSorted()).toEqual(
    Items.map(({ sk }) => placeOf(sk).replace(/^[A-Z]+/, (kind) => kind.toLowerCase())).toSorted(),
  );
  const text = JSON.stringify(records);
  const { externalId, renamed, language, zone, changed, tag, said, late, voided, grant, transaction } = WORDS;
  for (const word of [externalId, renamed, language, zone, changed, tag, said, late, voided, grant, transaction])
    expect(text).toContain(word);
  expect(text).not.toContain('sealed:');
  const { items } = await laurel.privacy.requests({ user: id });
  expect(items).toEqual([expect.objectContaining({ kind: 'export', status: 'completed' })]);
});

test('of a restricted user nothing is processed, and nothing is lost', async () => {
  const { laurel } = game;
  await laurel.events.track({ userId, activity: 'lesson' });
  const before = await laurel.users.sheet(userId);
  expect(await laurel.privacy.restrict(userId)).toMatchObject({ status: 'restricted' });
  const occurredAt = clock.now();
  expect(await codeOf(laurel.events.track({ userId, activity: 'lesson' }))).toBe('unprocessable');
  expect(await codeOf(laurel.users.mintToken(userId))).toBe('forbidden');
  const restricted = await laurel.users.get(userId);
  expect(await codeOf(laurel.users.update(userId, { status: 'active' }, { ifMatch: restricted }))).toBe(
    'unprocessable',
  );
  expect((await laurel.users.sheet(userId)).wallets).toEqual(before.wallets);
  expect(await laurel.privacy.release(userId)).toMatchObject({ status: 'active' });
  await laurel.events.track({ userId, activity: 'lesson', occurredAt });
  const kinds = (await laurel.privacy.requests({ user: userId })).items.map(({ kind }) => kind);
  expect(kinds).toEqual(['release', 'restriction']);
});

describe('consents', () => {
  test('are by purpose: own ones are given until they are withdrawn, others not before they are given', async () => {
    const { laurel } = game;
    const workspace = await laurel.workspace.get();
    const purposes = [{ id: 'news', name: 'News' }];
    await laurel.workspace.update({ privacy: { purposes, inactiveDays: null } }, { ifMatch: workspace });
    const me = laurel.as({ userId });
    const granted = async () => (await me.privacy.consents()).items.map(({ purpose, granted }) => [purpose, granted]);
    expect(await granted()).toEqual([
      ['analytics', true],
      ['leaderboards', true],
      ['news', false],
    ]);
    await me.privacy.consent('news', { granted: true });
    await laurel.privacy.consent(userId, 'leaderboards', { granted: false });
    expect(await granted()).toEqual([
      ['analytics', true],
      ['leaderboards', false],
      ['news', true],
    ]);
    expect(await codeOf(me.privacy.consent('unheard-of', { granted: true }))).toBe('not_found');
  });

  test('who withdraws from boards is not shown to others, and keeps the rank', async () => {
    const { laurel } = game;
    const { id: other } = await laurel.users.create({ displayName: 'Bo' });
    for (const id of [userId, other]) await laurel.events.track({ userId: id, activity: 'lesson' });
    const shown = async () => {
      const { items } = await laurel.as({ userId: other }).leaderboards.entries('all');
      return items.length;
    };
    const before = await shown();
    const { rank } = await laurel.as({ userId }).leaderboards.rank('all');
    await laurel.as({ userId }).privacy.consent('leaderboards', { granted: false });
    expect(await shown()).toBe(before - 1);
    expect((await laurel.as({ userId }).leaderboards.rank('all')).rank).toBe(rank);
  });
});

test('who was inactive for longer than people are kept is erased, with a receipt', async () => {
  const { laurel, platform } = game;
  const { id: lively } = await laurel.users.create({});
  const day = 24 * 60 * 60 * 1000;
  const start = Date.parse(clock.now());
  const workspace = await laurel.workspace.get();
  await laurel.workspace.update({ privacy: { purposes: [], inactiveDays: 30 } }, { ifMatch: workspace });
  const round = async (at: number) => {
    clock.set(new Date(at).toISOString());
    await runRound(platform.inside.platform, turnHandlers, clock.now());
  };
  await round(start);
  expect(await codeOf(laurel.users.get(userId))).toBe('none');
  clock.set(new Date(start + 20 * day).toISOString());
  await laurel.events.track({ userId: lively, activity: 'lesson' });
  await round(start + 32 * day);
  expect(await codeOf(laurel.users.get(lively))).toBe('none');
  expect(await codeOf(laurel.users.get(userId))).toBe('not_found');
  const { items } = await laurel.privacy.requests({ user: userId });
  expect(items).toEqual([expect.objectContaining({ kind: 'erasure', by: 'retention', status: 'completed' })]);
});
