import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roleIdOf } from '../../src/api/people/role-grants.ts';
import { codeOf, codesOf, times } from '../game/world.ts';
import { openPeople, type People, SIDE, setTime } from './world.ts';

let people: People;
let home: Laurel;
let side: Laurel;
beforeAll(async () => {
  people = await openPeople();
  home = await people.machine();
  side = await people.machine(undefined, SIDE);
});
afterAll(() => people.test.close());

let players = 0;
/** A player who has done nothing yet. */
async function newPlayer() {
  players += 1;
  const { id } = await home.users.create({ externalId: `p-${players}` });
  return { id, app: home.as({ userId: id }) };
}

type Made = Parameters<Laurel['joinCodes']['create']>[0];
const codeFor = async (gives: Made['gives'], more: Partial<Made> = {}, by = home) =>
  by.joinCodes.create({ name: 'Beta', gives, ...more });
const BETA: { kind: 'player'; tags: string[]; team: string | null } = { kind: 'player', tags: ['beta'], team: null };

describe('a player who redeems a code', () => {
  test('is in its audience, once, and it is used once', async () => {
    const { code, joinCode } = await codeFor(BETA, { uses: 2 });
    const { id, app } = await newPlayer();
    await app.joinCodes.redeem({ code });
    // As it is read aloud or typed.
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`;
    expect(await app.joinCodes.redeem({ code: typed })).toEqual({ name: 'Beta', team: null });
    expect((await home.users.get(id)).tags).toEqual(['beta']);
    expect(await home.joinCodes.get(joinCode.id)).toMatchObject({ used: 1, status: 'active' });
  });

  test('is in its team as well, also a closed and private one, and what happened is told', async () => {
    const team = await home.teams.create({ name: 'Foxes', visibility: 'private', joining: 'closed', capacity: 1 });
    const { code } = await codeFor({ ...BETA, team: team.id });
    const [first, second] = [await newPlayer(), await newPlayer()];
    expect(await first.app.joinCodes.redeem({ code })).toEqual({ name: 'Beta', team: team.id });
    expect((await first.app.teams.get(team.id)).role).toBe('captain');
    expect((await home.users.get(first.id)).tags).toEqual(['beta']);
    expect(await codeOf(second.app.joinCodes.redeem({ code }))).toBe('team_full');
    expect((await home.users.get(second.id)).tags).toEqual([]);
  });

  test('has it from their own workspace alone', async () => {
    const { code } = await codeFor(BETA, {}, side);
    const { app } = await newPlayer();
    expect(await codeOf(app.joinCodes.redeem({ code }))).toBe('invalid_code');
  });
});

test('of ten who redeem the last use at once, one does', async () => {
  const { code, joinCode } = await codeFor(BETA, { uses: 1 });
  const ten = await Promise.all(times(10, newPlayer));
  const codes = await codesOf(ten.map(({ app }) => app.joinCodes.redeem({ code })));
  expect(codes.toSorted()).toEqual([...times(9, () => 'invalid_code'), 'none']);
  expect(await home.joinCodes.get(joinCode.id)).toMatchObject({ used: 1, status: 'used_up' });
  const tagged = await Promise.all(ten.map(async ({ id }) => (await home.users.get(id)).tags));
  expect(tagged.flat()).toEqual(['beta']);
});

describe('guessing', () => {
  test('is slowed down, also many at once, and a right code does not help then', async () => {
    const { code } = await codeFor(BETA);
    const { app } = await newPlayer();
    const codes = await codesOf(times(15, () => app.joinCodes.redeem({ code: 'AAAA-AAAA-AAAA-AAAA' })));
    expect(codes.filter((one) => one === 'invalid_code')).toHaveLength(10);
    expect(codes.filter((one) => one === 'rate_limited')).toHaveLength(5);
    expect(await codeOf(app.joinCodes.redeem({ code }))).toBe('rate_limited');
    const another = await newPlayer();
    expect(await codeOf(another.app.joinCodes.redeem({ code }))).toBe('none');
    await setTime(people, '+601s', async () => expect(await codeOf(app.joinCodes.redeem({ code }))).toBe('none'));
  });

  test('learns nothing: unknown, revoked, expired, used up, of another kind', async () => {
    const revoked = await codeFor(BETA);
    await home.joinCodes.revoke(revoked.joinCode.id);
    await home.joinCodes.revoke(revoked.joinCode.id);
    const forOperators = await codeFor({ kind: 'membership', role: 'viewer' });
    const expired = await codeFor(BETA, { expiresIn: 60 });
    const { app } = await newPlayer();
    await setTime(people, '+61s', async () => {
      const answers = [];
      for (const { code } of [revoked, forOperators, expired, { code: '__proto__' }]) {
        const answer = await app.joinCodes.redeem({ code }).catch((error: unknown) => error);
        answers.push({ ...Object(answer), requestId: '', headers: undefined, stack: undefined });
      }
      expect(new Set(answers.map(({ code, detail, status }) => JSON.stringify({ code, detail, status }))).size).toBe(1);
      expect(answers[0]?.code).toBe('invalid_code');
    });
  });

  test('a code is stored nowhere, and told once', async () => {
    const { code, joinCode } = await codeFor(BETA);
    const kept = `${await people.test.snapshot()} ${JSON.stringify(await home.joinCodes.get(joinCode.id))}`;
    for (const spelling of [code, code.replaceAll('-', '')]) expect(kept).not.toContain(spelling);
  });
});

describe('an operator who redeems a code', () => {
  test('works in its workspace too, keeping what they are', async () => {
    const { code } = await codeFor({ kind: 'membership', role: 'manager' }, { uses: 1 }, side);
    const viewer = await people.operator('member');
    expect(await viewer.joinCodes.redeem({ code })).toEqual({ workspace: 'side', role: 'manager', status: 'active' });
    expect(await viewer.joinCodes.redeem({ code })).toMatchObject({ role: 'manager' });
    expect((await viewer.me.get()).memberships).toEqual([
      { workspace: 'main', role: 'member', status: 'active' },
      { workspace: 'side', role: 'manager', status: 'active' },
    ]);
    const other = await people.operator('member');
    expect(await codeOf(other.joinCodes.redeem({ code }))).toBe('invalid_code');
  });

  test('has nothing of a code of another tenant', async () => {
    const bolt = await people.machine(undefined, { tenant: 'bolt', workspace: 'main' });
    const { code } = await codeFor({ kind: 'membership', role: 'viewer' }, {}, bolt);
    expect(await codeOf((await people.operator('member')).joinCodes.redeem({ code }))).toBe('invalid_code');
  });

  test('nobody makes a code for a role above their own', async () => {
    const admin = await people.operator('admin');
    const make = (role: 'owner' | 'admin') =>
      codeOf(admin.joinCodes.create({ name: 'x', gives: { kind: 'membership', role } }));
    expect([await make('owner'), await make('admin')]).toEqual(['forbidden', 'none']);
  });
});

test('a code that would give nothing, or a team that is not there, is refused', async () => {
  expect(await codeOf(codeFor({ kind: 'player', tags: [], team: null }))).toBe('unprocessable');
  expect(await codeOf(codeFor({ ...BETA, team: 'nowhere' }))).toBe('unknown_reference');
});

test('nobody gives by a code what they could not give by hand: tags, or a place in a team', async () => {
  await home.teams.create({ id: 'closed', name: 'Closed', joining: 'closed', visibility: 'private' });
  const permissions = ['dashboard:join-codes.write'];
  const inTeam = { kind: 'player' as const, tags: [], team: 'closed' };
  const by = async (more: readonly string[]) => {
    const role = await home.roles.create({ name: 'Codes', permissions: [...permissions, ...more] });
    const operator = await people.operator(roleIdOf(role.id));
    const scopes = more.map((one) => one.replace('dashboard:', '').replace('.', ':'));
    const machine = await people.machine(['join-codes:write', ...scopes]);
    return Promise.all(
      [operator, machine].flatMap((one) => [codeOf(codeFor(BETA, {}, one)), codeOf(codeFor(inTeam, {}, one))]),
    );
  };
  expect(await by([])).toEqual(['forbidden', 'forbidden', 'insufficient_scope', 'insufficient_scope']);
  expect(await by(['dashboard:users.write'])).toEqual(['none', 'forbidden', 'none', 'insufficient_scope']);
  expect(await by(['dashboard:teams.write'])).toEqual(['forbidden', 'none', 'insufficient_scope', 'none']);
});
