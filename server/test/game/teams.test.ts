import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  clockAt,
  codeOf,
  codesOf,
  type Game,
  laurelOf,
  openGame,
  otherProcess,
  playerClient,
  randomFrom,
  type TestClock,
  times,
} from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-03-01T10:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
});
afterEach(() => game.close());

const as = (userId: string, client = laurel) => client.as({ userId }).teams;
const team = (id: string, more: object = {}) => laurel.teams.create({ id, name: id, ...more });
const players = (...ids: readonly string[]) => laurel.users.createBatch({ users: ids.map((id) => ({ id })) });
const membersOf = (id: string) => laurel.teams.members(id).toArray({ max: 1000 });
const teamsOf = async (userId: string, at?: string) =>
  (await laurel.users.teams(userId, at === undefined ? {} : { at }).toArray({ max: 1000 })).map((one) => one.team);

describe('capacity', () => {
  test('64 who join at once, from two processes, where 10 have room: 10 are in', async () => {
    const other = await otherProcess(game);
    const ids = times(64, (index) => `p${index}`);
    await players(...ids);
    await team('pandas', { capacity: 10 });
    const codes = await codesOf(
      ids.map((id, index) => as(id, index % 2 === 0 ? laurel : other.laurel).join('pandas', {})),
    );
    await other.close();
    expect(codes.toSorted()).toEqual([...times(10, () => 'none'), ...times(54, () => 'team_full')]);
    expect(await laurel.teams.get('pandas')).toMatchObject({ size: 10, capacity: 10, version: 1 });
    const members = await membersOf('pandas');
    expect(members.map(({ userId }) => userId).toSorted()).toEqual(
      ids.filter((_, index) => codes[index] === 'none').toSorted(),
    );
    expect(members.filter(({ role }) => role === 'captain')).toHaveLength(1);
    for (const [index, id] of ids.entries())
      expect(await teamsOf(id)).toEqual(codes[index] === 'none' ? ['pandas'] : []);
  });

  test('holds for operators as well, and cannot be set below who is there', async () => {
    await players('ada', 'bob');
    const made = await team('pandas', { capacity: 1 });
    await laurel.teams.addMember('pandas', { userId: 'ada' });
    expect(await codeOf(laurel.teams.addMember('pandas', { userId: 'bob' }))).toBe('team_full');
    const wider = await laurel.teams.update('pandas', { capacity: 2 }, { ifMatch: made });
    await laurel.teams.addMember('pandas', { userId: 'bob' });
    expect(await codeOf(laurel.teams.update('pandas', { capacity: 1 }, { ifMatch: wider }))).toBe('team_full');
    expect(await codeOf(laurel.teams.addMember('pandas', { userId: 'nobody' }))).toBe('unknown_reference');
  });

  test('is the one of the workspace where a team names none', async () => {
    const settings = { teams: { playersMayCreate: true, capacity: 3 } };
    await laurel.workspace.update(settings, { ifMatch: await laurel.workspace.get() });
    expect((await team('pandas')).capacity).toBe(3);
    await players('ada');
    expect(await as('ada').create({ name: 'Foxes' })).toMatchObject({ capacity: 3, size: 1, role: 'captain' });
  });
});

describe('a player', () => {
  test('is in one team at a time, also when 20 teams are joined at once', async () => {
    await players('ada');
    const ids = times(20, (index) => `t${index}`);
    for (const id of ids) await team(id);
    const codes = await codesOf(ids.map((id) => as('ada').join(id, {})));
    expect(codes.toSorted()).toEqual([...times(19, () => 'already_in_team'), 'none']);
    const joined = ids.filter((_, index) => codes[index] === 'none');
    expect(await teamsOf('ada')).toEqual(joined);
    expect((await as('ada').list({ mine: 'true' })).items.map(({ id }) => id)).toEqual(joined);
    const sizes = (await laurel.teams.list().toArray({ max: 100 })).map(({ size }) => size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1);
    expect(await codeOf(as('ada').create({ name: 'Another' }))).toBe('already_in_team');
  });

  test('joins twice as once, and leaves twice as once', async () => {
    await players('ada');
    await team('pandas');
    const joins = await Promise.all(times(10, () => as('ada').join('pandas', {})));
    expect(new Set(joins.map(({ role, size }) => `${role} ${size}`))).toEqual(new Set(['captain 1']));
    const leaves = await Promise.all(times(10, () => as('ada').leave('pandas')));
    expect(new Set(leaves.map(({ role, size }) => `${role} ${size}`))).toEqual(new Set(['null 0']));
    expect(await laurel.teams.get('pandas')).toMatchObject({ size: 0 });
  });

  test('who is suspended joins nothing', async () => {
    await players('ada');
    await team('pandas');
    await laurel.users.update('ada', { status: 'suspended' }, { ifMatch: 1 });
    expect(await codeOf(as('ada').join('pandas', {}))).toBe('unprocessable');
    expect(await codeOf(laurel.teams.addMember('pandas', { userId: 'ada' }))).toBe('unprocessable');
  });

  test("makes a team by their own client only where the workspace lets players' clients", async () => {
    await players('ada');
    const player = await playerClient(game, 'ada');
    expect(await codeOf(player.teams.create({ name: 'Pandas' }))).toBe('forbidden');
    const settings = { teams: { playersMayCreate: true, capacity: 5 } };
    await laurel.workspace.update(settings, { ifMatch: await laurel.workspace.get() });
    const made = await player.teams.create({ name: 'Pandas' });
    expect(made).toMatchObject({ name: 'Pandas', role: 'captain', size: 1, joining: 'open', visibility: 'public' });
    expect((await membersOf(made.id)).map(({ userId, role }) => [userId, role])).toEqual([['ada', 'captain']]);
  });
});

describe('membership in time', () => {
  test('tells the team of every moment, also after many changes', async () => {
    await players('ada');
    await team('a');
    await team('b');
    const changes: [string, () => Promise<unknown>][] = [
      ['2026-03-01T10:00:00.000Z', () => as('ada').join('a', {})],
      ['2026-03-02T10:00:00.000Z', () => as('ada').leave('a')],
      ['2026-03-03T10:00:00.000Z', () => as('ada').join('b', {})],
      ['2026-03-04T10:00:00.000Z', () => as('ada').leave('b')],
      // On the same instant: a membership of no time at all, and the next.
      ['2026-03-04T10:00:00.000Z', () => as('ada').join('a', {})],
      ['2026-03-04T10:00:00.000Z', () => as('ada').leave('a')],
      ['2026-03-04T10:00:00.000Z', () => as('ada').join('b', {})],
    ];
    for (const [instant, change] of changes) {
      clock.set(instant);
      await change();
    }
    const asked = [
      ['1999-01-01T00:00:00Z', []],
      ['2026-03-01T09:59:59.999Z', []],
      ['2026-03-01T10:00:00Z', ['a']],
      ['2026-03-02T12:59:59.999+03:00', ['a']],
      ['2026-03-02T10:00:00Z', []],
      ['2026-03-03T10:00:00Z', ['b']],
      ['2026-03-04T09:59:59.999Z', ['b']],
      ['2026-03-04T10:00:00Z', ['b']],
      ['2090-01-01T00:00:00Z', ['b']],
    ] as const;
    for (const [at, teams] of asked) expect(await teamsOf('ada', at), at).toEqual(teams);
    expect(await teamsOf('ada')).toEqual(['b', 'a', 'b', 'a']);
  });

  test('may begin in the past where an operator says so, but never before the last change, nor ahead', async () => {
    await players('ada');
    await team('a');
    await team('b');
    const add = (id: string, joinedAt: string) => laurel.teams.addMember(id, { userId: 'ada', joinedAt });
    const member = await add('a', '2020-01-01T00:00:00+01:00');
    expect(member).toMatchObject({ joinedAt: '2019-12-31T23:00:00.000Z', role: 'captain' });
    expect(await teamsOf('ada', '2024-02-29T00:00:00Z')).toEqual(['a']);
    await laurel.teams.removeMember('a', member.id);
    for (const joinedAt of [
      '2026-03-01T09:59:59Z',
      '2026-03-01T10:00:01Z',
      '0000-01-01T00:00:00Z',
      '9999-01-01T00:00:00Z',
    ]) {
      expect(await codeOf(add('b', joinedAt)), joinedAt).toBe('time_out_of_range');
    }
    expect(await codeOf(add('b', '2026-03-01T10:00:00Z'))).toBe('none');
  });

  test('goes forward though a clock goes back', async () => {
    await players('ada');
    await team('a');
    await as('ada').join('a', {});
    clock.set('2026-02-01T10:00:00Z');
    await as('ada').leave('a');
    await as('ada').join('a', {});
    const [last, first] = await laurel.users.teams('ada').toArray({ max: 9 });
    expect(first).toMatchObject({ joinedAt: '2026-03-01T10:00:00.000Z', leftAt: '2026-03-01T10:00:00.000Z' });
    expect(last).toMatchObject({ joinedAt: '2026-03-01T10:00:00.000Z', leftAt: null });
  });
});

describe('captains', () => {
  beforeEach(async () => {
    await players('ada', 'bob', 'eve', 'joe');
    await team('pandas');
    for (const id of ['ada', 'bob', 'eve']) await as(id).join('pandas', {});
  });
  const memberId = async (userId: string) =>
    (await membersOf('pandas')).find((member) => member.userId === userId)?.id ?? 'missing';
  const roles = async () => (await membersOf('pandas')).map(({ userId, role }) => `${userId} ${role}`);

  test('change the team, and nobody else of it does', async () => {
    const found = await as('ada').get('pandas');
    expect(await codeOf(as('bob').update('pandas', { name: 'Mine' }, { ifMatch: found }))).toBe('forbidden');
    expect(await codeOf(as('joe').update('pandas', { name: 'Mine' }, { ifMatch: found }))).toBe('forbidden');
    const changed = await as('ada').update('pandas', { name: 'Red', joining: 'closed' }, { ifMatch: found });
    expect(changed).toMatchObject({ name: 'Red', joining: 'closed', version: 2 });
    expect(await codeOf(as('joe').join('pandas', {}))).toBe('team_closed');
    expect(await codeOf(as('ada').update('pandas', {}, { ifMatch: found }))).toBe('version_mismatch');
    // Who goes and comes is no change of what is set.
    await as('eve').leave('pandas');
    expect(await as('ada').update('pandas', { joining: 'open' }, { ifMatch: changed })).toMatchObject({ size: 2 });
    expect(await codeOf(as('joe').join('pandas', {}))).toBe('none');
  });

  test('take out members, but no captain, and make captains', async () => {
    const [ada, bob, eve] = [await memberId('ada'), await memberId('bob'), await memberId('eve')];
    expect(await codeOf(as('bob').removeMember('pandas', eve))).toBe('forbidden');
    expect(await as('ada').removeMember('pandas', eve)).toMatchObject({ size: 2 });
    expect(await codeOf(as('ada').removeMember('pandas', eve))).toBe('not_found');
    expect(await codeOf(as('ada').removeMember('pandas', ada))).toBe('unprocessable');
    expect(await codeOf(as('ada').setRole('pandas', ada, { role: 'member' }))).toBe('unprocessable');
    expect(await as('ada').setRole('pandas', bob, { role: 'captain' })).toMatchObject({ role: 'captain', isMe: false });
    expect(await codeOf(as('ada').removeMember('pandas', bob))).toBe('unprocessable');
    await as('bob').setRole('pandas', ada, { role: 'member' });
    expect(await roles()).toEqual(['ada member', 'bob captain']);
    // An operator takes out whom they want.
    await laurel.teams.removeMember('pandas', bob);
    expect(await roles()).toEqual(['ada captain']);
  });

  test('are followed by who has been there longest, and a team that was empty by who comes first', async () => {
    await as('ada').leave('pandas');
    expect(await roles()).toEqual(['bob captain', 'eve member']);
    await as('bob').leave('pandas');
    await as('eve').leave('pandas');
    expect(await roles()).toEqual([]);
    await as('joe').join('pandas', {});
    expect(await roles()).toEqual(['joe captain']);
  });
});

describe('a private team', () => {
  beforeEach(async () => {
    await players('ada', 'bob', 'eve');
    await team('secret', { visibility: 'private' });
    await laurel.teams.addMember('secret', { userId: 'ada' });
    await team('open');
  });

  test('looks like none to who is not in it, and lets in who has its code', async () => {
    const { joinCode } = await laurel.teams.get('secret');
    const tries = [
      as('bob').get('secret'),
      as('bob').members('secret'),
      as('bob').leave('secret'),
      as('bob').join('secret', {}),
      as('bob').join('secret', { joinCode: joinCode.toLowerCase().slice(1) }),
      as('bob').join('missing', { joinCode }),
      as('bob').join('secret', { joinCode: '' }),
    ];
    expect(new Set(await codesOf(tries))).toEqual(new Set(['not_found']));
    expect((await as('bob').list()).items.map(({ id }) => id)).toEqual(['open']);
    expect((await as('ada').list()).items.map(({ id }) => id).toSorted()).toEqual(['open', 'secret']);
    expect(await as('bob').join('secret', { joinCode })).toMatchObject({ role: 'member', joinCode: null, size: 2 });
  });

  test('has a code that captains see and change', async () => {
    const { joinCode } = await as('ada').get('secret');
    expect(joinCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    await as('bob').join('secret', { joinCode: joinCode ?? '' });
    expect(await codeOf(as('bob').rotateCode('secret'))).toBe('forbidden');
    const changed = await as('ada').rotateCode('secret');
    expect(changed.joinCode).not.toBe(joinCode);
    expect(await codeOf(as('eve').join('secret', { joinCode: joinCode ?? '' }))).toBe('not_found');
    expect(await codeOf(as('eve').join('secret', { joinCode: changed.joinCode ?? '' }))).toBe('none');
  });

  test('has members that another team, or another workspace, does not reach', async () => {
    const theirs = laurelOf(await game.platform.createWorkspaceClient({ tenant: 'bolt', workspace: 'main' }));
    await theirs.users.create({ id: 'ada' });
    await theirs.teams.create({ id: 'secret', name: 'theirs' });
    const member = (await membersOf('secret'))[0]?.id ?? '';
    const foreign = await theirs.teams.addMember('secret', { userId: 'ada' });
    await laurel.teams.addMember('open', { userId: 'eve' });
    const tries = [
      laurel.teams.removeMember('open', member),
      laurel.teams.setRole('open', member, { role: 'captain' }),
      as('eve').removeMember('open', member),
      laurel.teams.removeMember('secret', foreign.id),
      as('ada').setRole('secret', foreign.id, { role: 'captain' }),
      theirs.teams.removeMember('secret', member),
    ];
    expect(new Set(await codesOf(tries))).toEqual(new Set(['not_found']));
    const { joinCode } = await theirs.teams.get('secret');
    expect(await codeOf(as('bob').join('secret', { joinCode }))).toBe('not_found');
    expect([await membersOf('secret'), await theirs.teams.members('secret').toArray({ max: 9 })]).toMatchObject([
      [{ id: member }],
      [{ id: foreign.id }],
    ]);
  });

  test('shows no id of a user to players', async () => {
    const { joinCode } = await laurel.teams.get('secret');
    await as('bob').join('secret', { joinCode });
    const { items } = await as('bob').members('secret');
    expect(items.map(({ isMe, role }) => [isMe, role])).toEqual([
      [false, 'captain'],
      [true, 'member'],
    ]);
    for (const { id, displayName } of items) expect(`${id} ${displayName}`).not.toMatch(/ada|bob/);
  });
});

test('a storm of joins, leaves, removals and changes of captains leaves all in order', async () => {
  const random = randomFrom(20260301);
  const ids = times(12, (index) => `p${index}`);
  const teams = ['a', 'b', 'c'];
  await players(...ids);
  for (const id of teams) await team(id, { capacity: 5 });
  const other = await otherProcess(game);
  const allowed = new Set([
    'none',
    'team_full',
    'already_in_team',
    'not_found',
    'unprocessable',
    'forbidden',
    'version_mismatch',
  ]);
  const act = async (user: string, id: string, what: number, client: Laurel): Promise<string> => {
    if (what < 4) return codeOf(as(user, client).join(id, {}));
    if (what < 7) return codeOf(as(user, client).leave(id));
    const member = (await client.teams.members(id)).items[random.below(5)]?.id ?? 'missing';
    if (what === 7) return codeOf(client.teams.removeMember(id, member));
    if (what === 8)
      return codeOf(client.teams.setRole(id, member, { role: random.below(2) === 0 ? 'captain' : 'member' }));
    return codeOf(client.teams.update(id, { capacity: 3 + random.below(4) }, { ifMatch: await client.teams.get(id) }));
  };
  for (let round = 0; round < 25; round += 1) {
    const codes = await Promise.all(
      times(16, () =>
        act(
          ids[random.below(ids.length)] ?? '',
          teams[random.below(3)] ?? '',
          random.below(10),
          random.below(2) === 0 ? laurel : other.laurel,
        ),
      ),
    );
    expect(codes.filter((code) => !allowed.has(code))).toEqual([]);
    const seen: string[] = [];
    for (const id of teams) {
      const [{ size, capacity }, members] = [await laurel.teams.get(id), await membersOf(id)];
      expect(members).toHaveLength(size);
      expect(size).toBeLessThanOrEqual(capacity);
      expect(members.some(({ role }) => role === 'captain')).toBe(size > 0);
      for (const { userId } of members) {
        expect((await as(userId).list({ mine: 'true' })).items.map((one) => one.id)).toEqual([id]);
        seen.push(userId);
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
  }
  await other.close();
  for (const id of ids) {
    const history = (await laurel.users.teams(id).toArray({ max: 1000 })).toReversed();
    for (const [index, { joinedAt, leftAt }] of history.entries()) {
      expect(leftAt === null).toBe(
        index === history.length - 1 && (await as(id).list({ mine: 'true' })).items.length > 0,
      );
      if (leftAt !== null) expect(leftAt >= joinedAt).toBe(true);
    }
  }
});
