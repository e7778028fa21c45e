import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics, defineRule, missionOf } from './definitions.ts';
import { codeOf, codesOf, type Game, HOME, laurelOf, openGame, otherProcess, times } from './world.ts';

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame();
  laurel = game.laurel;
  await defineBasics(laurel);
  await defineRule(laurel, 10);
});
afterEach(() => game.close());

/** A client of a workspace that the platform's own people opened with these settings. */
async function openWorkspace(settings: { createsUnknownUsers?: boolean; language?: string }): Promise<Laurel> {
  const operations = laurelOf(await game.platform.createPlatformClient());
  await operations.platform.workspaces.create(HOME.tenant, { slug: 'other', name: 'Other', ...settings });
  const other = laurelOf(await game.platform.createWorkspaceClient({ ...HOME, workspace: 'other' }));
  await defineBasics(other);
  return other;
}

describe('external ids', () => {
  test('belong to one user, also when 20 ask for one at once', async () => {
    const codes = await Promise.all(times(20, () => codeOf(laurel.users.create({ externalId: 'ada' }))));
    expect(codes.toSorted()).toEqual([...times(19, () => 'already_exists'), 'none']);
    expect((await laurel.users.list()).items).toHaveLength(1);
    expect(await codeOf(laurel.users.create({ id: 'new', externalId: 'ada' }))).toBe('already_exists');
    expect(await codeOf(laurel.users.get('new'))).toBe('not_found');
  });

  test('that are unknown make one user, also by 50 first events at once from several processes', async () => {
    const other = await otherProcess(game);
    const receipts = await Promise.all(
      times(50, (index) =>
        (index % 2 === 0 ? laurel : other.laurel).events.track({ externalUserId: 'ada', activity: 'lesson' }),
      ),
    );
    await other.close();
    expect(new Set(receipts.map(({ event }) => event.userId)).size).toBe(1);
    const { items } = await laurel.users.list();
    expect(items).toMatchObject([{ id: receipts[0]?.event.userId, externalId: 'ada', status: 'active' }]);
    expect((await laurel.as({ externalUserId: 'ada' }).wallets.get('xp')).available).toBe(500);
  });

  test('that are unknown make a user although the transaction loses against others at first', async () => {
    const error = { cancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }] };
    game.platform.inside.database.engine.failNext({ operation: 'TransactWriteItems', error, times: 5 });
    const { event } = await laurel.events.track({ externalUserId: 'ada', activity: 'lesson' });
    expect(await laurel.users.getByExternalId('ada')).toMatchObject({ id: event.userId });
  });

  test('that are unknown make nobody by an event that is refused, and one by the first that is not', async () => {
    const open = await openWorkspace({ createsUnknownUsers: true });
    await defineRule(open, 10);
    const { id: bob } = await open.users.create({ externalId: 'bob' });
    await open.events.track({ id: 'taken', userId: bob, activity: 'lesson' });
    const of = (more: object) => ({ externalUserId: 'ada', activity: 'lesson', ...more });
    const refused = [of({ id: 'taken' }), of({ activity: 'unheard' }), of({ occurredAt: '2100-01-01T00:00:00Z' })];
    const codes = ['event_conflict', 'unknown_reference', 'time_out_of_range'];
    const before = await game.snapshot();
    expect(await codesOf(refused.map((event) => open.events.track(event)))).toEqual(codes);
    expect(await codesOf(refused.map((event) => open.events.track({ ...event, dryRun: true })))).toEqual(codes);
    await open.events.trackBatch({ events: refused });
    expect(await game.snapshot()).toBe(before);
    const { accepted, rejected } = await open.events.trackBatch({ events: [...refused, of({}), of({})] });
    expect([accepted, rejected]).toEqual([2, 3]);
    expect((await open.users.list()).items).toHaveLength(2);
    expect((await open.as({ externalUserId: 'ada' }).wallets.get('xp')).available).toBe(20);
  });

  test('that are unknown are refused where the workspace does not create users', async () => {
    const strict = await openWorkspace({ createsUnknownUsers: false });
    const sent = { externalUserId: 'ada', activity: 'lesson' };
    expect(await codeOf(strict.events.track(sent))).toBe('unknown_reference');
    await strict.users.create({ externalId: 'ada' });
    expect(await codeOf(strict.events.track(sent))).toBe('none');
    expect((await strict.users.list()).items).toHaveLength(1);
  });

  test('and user ids are two names that never meet', async () => {
    await laurel.users.create({ id: 'ada', externalId: 'bob' });
    await laurel.users.create({ id: 'bob', externalId: 'ada' });
    await laurel.events.track({ userId: 'ada', activity: 'lesson' });
    expect((await laurel.as({ externalUserId: 'bob' }).wallets.get('xp')).available).toBe(10);
    expect((await laurel.as({ externalUserId: 'ada' }).wallets.get('xp')).available).toBe(0);
  });

  test('an event names its user by one of both', async () => {
    const named = { userId: 'ada', externalUserId: 'bob' };
    expect(await codeOf(laurel.events.track({ ...named, activity: 'lesson' }))).toBe('invalid_request');
    expect(await codeOf(laurel.events.track({ activity: 'lesson' }))).toBe('invalid_request');
    expect(await codeOf(laurel.events.track({ userId: 'nobody', activity: 'lesson' }))).toBe('unknown_reference');
  });
});

describe('a suspended user', () => {
  test('earns nothing, cannot be given a token, and is back when active again', async () => {
    const user = await laurel.users.create({ externalId: 'ada' });
    await laurel.events.track({ userId: user.id, activity: 'lesson' });
    const suspended = await laurel.users.update(user.id, { status: 'suspended' }, { ifMatch: user });
    const before = await game.snapshot();
    expect(await codeOf(laurel.events.track({ userId: user.id, activity: 'lesson' }))).toBe('unprocessable');
    expect(await codeOf(laurel.events.track({ externalUserId: 'ada', activity: 'lesson' }))).toBe('unprocessable');
    expect(await codeOf(laurel.as({ externalUserId: 'ada' }).events.track({ activity: 'lesson' }))).toBe(
      'unprocessable',
    );
    expect(await codeOf(laurel.users.mintToken(user.id))).toBe('forbidden');
    expect(await game.snapshot()).toBe(before);
    expect((await laurel.users.list({ status: 'suspended' })).items).toEqual([suspended]);

    await laurel.users.update(user.id, { status: 'active' }, { ifMatch: suspended });
    await laurel.events.track({ userId: user.id, activity: 'lesson' });
    expect((await laurel.as({ userId: user.id }).wallets.get('xp')).available).toBe(20);
  });

  test('is refused with a token that was minted before', async () => {
    const user = await laurel.users.create({});
    const { accessToken } = await laurel.users.mintToken(user.id);
    await laurel.users.update(user.id, { status: 'suspended' }, { ifMatch: user });
    const answer = await fetch(`${game.platform.baseUrl}/${HOME.tenant}/app/v1/me`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'forbidden' }]);
  });
});

describe('a change of a user', () => {
  test('must name the latest version: of 20 at once, one is made', async () => {
    const user = await laurel.users.create({ displayName: 'Ada' });
    const codes = await Promise.all(
      times(20, (index) => codeOf(laurel.users.update(user.id, { displayName: `Ada ${index}` }, { ifMatch: user }))),
    );
    expect(codes.toSorted()).toEqual(['none', ...times(19, () => 'version_mismatch')]);
    expect((await laurel.users.get(user.id)).version).toBe(2);
    expect(await codeOf(laurel.users.update(user.id, {}, { ifMatch: 3 }))).toBe('version_mismatch');
  });

  test('leaves what it does not name, and null takes away', async () => {
    const zone = 'Asia/Kathmandu';
    const user = await laurel.users.create({ displayName: 'Ada', language: 'it', zone, externalId: 'ada' });
    const named = await laurel.users.update(user.id, { displayName: 'Countess' }, { ifMatch: user });
    expect(named).toMatchObject({ displayName: 'Countess', language: 'it', zone, externalId: 'ada', version: 2 });
    const bare = await laurel.users.update(user.id, { displayName: null, language: null }, { ifMatch: named });
    expect(bare).toMatchObject({ displayName: null, language: null, zone, version: 3 });
    expect(await laurel.users.get(user.id)).toEqual(bare);
    const me = laurel.as({ userId: user.id }).me;
    expect(await me.update({ zone: null }, { ifMatch: bare })).toMatchObject({ zone: null, version: 4 });
  });
});

describe('names', () => {
  const name = { en: 'Weekly', it: 'Settimanale', 'pt-BR': 'Semanal' };

  test('are in the language that is asked for, else the user’s, else the workspace’s', async () => {
    const other = await openWorkspace({ language: 'pt-BR' });
    await other.missions.create({ id: 'weekly', ...missionOf(5), name });
    await other.users.create({ id: 'ada', language: 'it-CH' });
    await other.users.create({ id: 'bob' });
    const nameFor = async (userId: string, asked?: string) => {
      const headers = asked === undefined ? {} : { 'accept-language': asked };
      const { items } = await other.as({ userId }).missions.list({}, { headers });
      return items[0]?.name;
    };
    expect(await nameFor('ada')).toBe('Settimanale');
    expect(await nameFor('bob')).toBe('Semanal');
    expect(await nameFor('ada', 'en')).toBe('Weekly');
    expect(await nameFor('ada', 'en-GB')).toBe('Weekly');
    expect(await nameFor('ada', 'en;q=0.2, pt-br;q=0.8')).toBe('Semanal');
    expect(await nameFor('ada', 'de, fr;q=0.9')).toBe('Settimanale');
    expect(await nameFor('ada', 'en;q=0, *')).toBe('Settimanale');
    expect(await nameFor('bob', 'pt')).toBe('Semanal');
  });
});

describe('a list of users', () => {
  test('has each user once, in pages of any size', async () => {
    await Promise.all(times(60, (index) => laurel.users.create({ id: `user-${index}` })));
    const whole = await laurel.users.list({ limit: 200 }).toArray({ max: 1000 });
    expect(new Set(whole.map(({ id }) => id)).size).toBe(60);
    for (const limit of [1, 7, 59, 60]) {
      expect(await laurel.users.list({ limit }).toArray({ max: 1000 })).toEqual(whole);
    }
  });
});
