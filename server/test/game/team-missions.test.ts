import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { completeForMembers } from '../../src/api/team-completions.ts';
import type { TableChange } from '../../src/ports/stream.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { teamConsumer } from '../../src/teams/consumer.ts';
import { dyingTable } from '../support/dying.ts';
import { defineBasics } from './definitions.ts';
import { settle, teamMission, teamOf } from './team-play.ts';
import {
  clockAt,
  codesOf,
  type Game,
  HOME,
  openGame,
  otherProcess,
  refusalOf,
  type TestClock,
  times,
} from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  // A Wednesday: week 22 ends with the Sunday.
  clock = clockAt('2026-05-27T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
});
afterEach(() => game.close());

const WEEK = '2026-W22';
const scope = workspaceScope(HOME.tenant, HOME.workspace);
const later = (minutes = 1) => clock.set(new Date(Date.parse(clock.now()) + minutes * 60_000).toISOString());
const track = (userId: string, more: { id?: string; value?: number; occurredAt?: string } = {}, client = laurel) =>
  client.events.track({ userId, activity: 'lesson', ...more });
const xpOf = async (userId: string) =>
  (await laurel.as({ userId }).wallets.list()).items.find(({ currency }) => currency === 'xp')?.available ?? 0;
const progressOf = async (team: string, mission: string) =>
  (await laurel.teams.progress(team, { mission }).toArray({ max: 100 }))[0];
const sharesOf = async (team: string, progress: string) =>
  (await laurel.teams.shares(team, progress).toArray({ max: 1000 })).map((one) => [one.userId, one.steps]);
/** What a player was told of, by type. */
async function toldOf(userId: string, type: string) {
  const { Items = [] } = await allItems();
  return Items.filter((item) => item.pk === `T#acme#W#main#U#${userId}` && String(item.sk).startsWith('HAPPENED#'))
    .flatMap((item) => JSON.parse(JSON.stringify(item.record ?? null))?.happenings ?? [])
    .filter((one: { type: string }) => one.type === type);
}
async function allItems() {
  const { ScanCommand } = await import('@aws-sdk/lib-dynamodb');
  return game.table.client.send(new ScanCommand({ TableName: game.table.name }));
}

describe('a team', () => {
  test('completes a mission once, for every member once, when 50 events of 20 members come at once', async () => {
    const members = times(20, (index) => `p${String(index).padStart(2, '0')}`);
    const idle = ['idle'];
    await teamOf(laurel, 'pandas', [...members, ...idle]);
    await laurel.missions.create(teamMission('hundred', 30));
    await laurel.rewardRules.create({
      id: 'bonus',
      name: { en: 'Bonus' },
      trigger: { kind: 'missionCompleted', mission: 'hundred' },
      rewards: [{ kind: 'currency', currency: 'xp', amount: 7 }],
    });
    later();
    const other = await otherProcess(game);
    const codes = await codesOf(
      times(50, (index) => track(members[index % 20] ?? '', {}, index % 2 === 0 ? laurel : other.laurel)),
    );
    await other.close();
    expect(new Set(codes)).toEqual(new Set(['none']));
    await settle(game);
    expect(await progressOf('pandas', 'hundred')).toMatchObject({
      id: `hundred:${WEEK}`,
      team: 'pandas',
      missionVersion: 1,
      state: 'completed',
      amount: 50,
      target: 30,
      steps: [{ amount: 50, target: 30 }],
      completedAt: '2026-05-27T12:01:00.000Z',
    });
    await settle(game);
    for (const member of [...members, ...idle]) {
      expect([member, await xpOf(member)]).toEqual([member, 57]);
      expect(await toldOf(member, 'mission.completed')).toMatchObject([
        { data: { progressId: `hundred:${WEEK}`, mission: 'hundred', period: WEEK } },
      ]);
      // Each has a progress of their own, which stops at the target.
      expect(await laurel.as({ userId: member }).progress.get(`hundred:${WEEK}`)).toMatchObject({
        state: 'completed',
        amount: 30,
        target: 30,
      });
    }
    expect(await sharesOf('pandas', `hundred:${WEEK}`)).toEqual(
      members.map((member, index) => [member, [index < 10 ? 3 : 2]]),
    );
  });

  test('goes on beyond its target, and completes a mission once in each period', async () => {
    await teamOf(laurel, 'pandas', ['ada']);
    await laurel.missions.create(teamMission('pair', 2));
    for (const _ of times(5, (index) => index)) await track('ada');
    await settle(game);
    expect([await xpOf('ada'), (await progressOf('pandas', 'pair'))?.amount]).toEqual([50, 5]);
    clock.set('2026-06-03T12:00:00Z');
    await track('ada', { value: 1 });
    await settle(game);
    expect(await laurel.teams.progress('pandas').toArray({ max: 10 })).toMatchObject([
      { period: WEEK, state: 'completed' },
      { period: '2026-W23', state: 'active', amount: 1 },
    ]);
    await track('ada');
    await settle(game);
    expect(await xpOf('ada')).toBe(100);
  });

  test('reaches several steps, each by its own sum', async () => {
    await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
    await teamOf(laurel, 'pandas', ['ada', 'bob']);
    const steps = [
      { activity: 'lesson', target: 3 },
      { activity: 'quiz', adds: 'value' as const, target: 10, condition: 'event.value < 100' },
      { activity: 'quiz', target: 50 },
    ];
    await laurel.missions.create(teamMission('two-of-three', 1, { steps, combine: { kind: 'any', count: 2 } }));
    const quiz = (userId: string, value: number) => laurel.events.track({ userId, activity: 'quiz', value });
    await Promise.all([track('ada'), track('ada'), track('bob'), quiz('bob', 6), quiz('ada', 400)]);
    await settle(game);
    expect(await progressOf('pandas', 'two-of-three')).toMatchObject({
      state: 'active',
      amount: 1,
      target: 2,
      steps: [{ amount: 3 }, { amount: 6 }, { amount: 2 }],
    });
    await quiz('ada', 4);
    await settle(game);
    expect(await progressOf('pandas', 'two-of-three')).toMatchObject({ state: 'completed', amount: 2 });
    expect(await Promise.all(['ada', 'bob'].map(xpOf))).toEqual([50, 50]);
  });
});

describe('what arrives late or is taken back', () => {
  beforeEach(async () => {
    await teamOf(laurel, 'pandas', ['ada', 'bob']);
    await laurel.missions.create(teamMission('three', 3));
    later(60);
  });

  test('moves the progress like any record, until it is completed', async () => {
    await track('ada', { id: 'one' });
    await track('bob', { id: 'two', occurredAt: '2026-05-27T12:30:00Z' });
    await settle(game);
    expect(await progressOf('pandas', 'three')).toMatchObject({ amount: 2, startedAt: '2026-05-27T12:30:00.000Z' });
    await laurel.events.void('two', { note: 'A mistake.' });
    await settle(game);
    expect(await progressOf('pandas', 'three')).toMatchObject({ amount: 1, startedAt: '2026-05-27T13:00:00.000Z' });
    expect(await sharesOf('pandas', `three:${WEEK}`)).toEqual([['ada', [1]]]);
    await laurel.events.void('one', { note: 'A mistake.' });
    await settle(game);
    expect(await laurel.teams.progress('pandas').toArray({ max: 10 })).toEqual([]);
    for (const _ of times(3, () => 0)) await track('bob', { occurredAt: '2026-05-27T12:45:00Z' });
    await settle(game);
    expect(await progressOf('pandas', 'three')).toMatchObject({
      state: 'completed',
      completedAt: '2026-05-27T12:45:00.000Z',
    });
  });

  test('takes no completion back, since it is not theirs alone', async () => {
    await track('ada', { id: 'one' });
    await track('ada', { id: 'two' });
    await track('bob', { id: 'three' });
    await settle(game);
    await laurel.events.void('one', { note: 'A mistake.' });
    await laurel.events.void('two', { note: 'A mistake.' });
    await laurel.events.void('three', { note: 'A mistake.' });
    await settle(game);
    expect(await progressOf('pandas', 'three')).toMatchObject({ state: 'completed', amount: 0 });
    expect(await Promise.all(['ada', 'bob'].map(xpOf))).toEqual([50, 50]);
    for (const _ of times(4, () => 0)) await track('bob');
    await settle(game);
    expect(await progressOf('pandas', 'three')).toMatchObject({ state: 'completed', amount: 4 });
    expect(await Promise.all(['ada', 'bob'].map(xpOf))).toEqual([50, 50]);
  });

  test('completes it also after its period, and who was in the team then has it', async () => {
    await track('ada');
    await track('ada');
    await settle(game);
    clock.set('2026-06-02T12:00:00Z');
    expect(await progressOf('pandas', 'three')).toMatchObject({ state: 'expired' });
    await track('bob', { occurredAt: '2026-05-31T23:59:59Z' });
    await settle(game);
    expect(await progressOf('pandas', 'three')).toMatchObject({ state: 'completed' });
    expect(await Promise.all(['ada', 'bob'].map(xpOf))).toEqual([50, 50]);
  });
});

describe('who comes and goes', () => {
  const memberOf = async (team: string, userId: string) =>
    (await laurel.teams.members(team).toArray({ max: 100 })).find((one) => one.userId === userId)?.id ?? '';
  const leave = async (team: string, userId: string) => laurel.teams.removeMember(team, await memberOf(team, userId));

  test('gives to the team of the moment, and completes what the team completed while they were in it', async () => {
    await teamOf(laurel, 'pandas', ['ada', 'bob', 'eve']);
    await teamOf(laurel, 'foxes', ['fox']);
    await laurel.users.create({ id: 'new' });
    await laurel.missions.create(teamMission('three', 3));
    later();
    await track('ada', { occurredAt: clock.now() });
    await track('ada');
    later();
    // Eve goes before it is completed, Bob after it, and somebody comes after it: only then it is counted.
    await leave('pandas', 'eve');
    later();
    await track('ada');
    later();
    await leave('pandas', 'bob');
    await laurel.teams.addMember('foxes', { userId: 'bob' });
    await laurel.teams.addMember('pandas', { userId: 'new' });
    later();
    // What occurred while Bob was a panda is the pandas', whenever it arrives.
    await track('bob', { occurredAt: '2026-05-27T12:02:00Z' });
    await track('bob');
    await settle(game);
    expect(await sharesOf('pandas', `three:${WEEK}`)).toEqual([
      ['ada', [3]],
      ['bob', [1]],
    ]);
    expect(await sharesOf('foxes', `three:${WEEK}`)).toEqual([['bob', [1]]]);
    expect(await Promise.all(['ada', 'bob', 'eve', 'new', 'fox'].map(xpOf))).toEqual([50, 50, 0, 0, 0]);

    // The foxes complete it as well: Bob has it already.
    await track('fox');
    await track('fox');
    await settle(game);
    expect(await progressOf('foxes', 'three')).toMatchObject({ state: 'completed', amount: 3 });
    expect(await Promise.all(['ada', 'bob', 'fox'].map(xpOf))).toEqual([50, 50, 50]);
  });

  test('is another member when they come back, and without a team gives to nobody', async () => {
    await teamOf(laurel, 'pandas', ['ada', 'bob']);
    await laurel.missions.create(teamMission('ten', 10));
    later();
    await track('ada');
    await leave('pandas', 'ada');
    later();
    const alone = await track('ada', { id: 'alone' });
    expect(alone.effects.progress).toEqual([]);
    const told = await laurel.events.explain('alone');
    expect(told.rules).toMatchObject([{ kind: 'mission', id: 'ten', fired: false, why: 'not_in_team' }]);
    later();
    await laurel.teams.addMember('pandas', { userId: 'ada' });
    later();
    await track('ada', { id: 'back', value: 5 });
    expect((await laurel.events.explain('back')).rules).toMatchObject([
      { kind: 'mission', id: 'ten', fired: true, why: 'share_moved', values: { team: 'pandas', added: 1, given: 1 } },
    ]);
    await settle(game);
    expect(await progressOf('pandas', 'ten')).toMatchObject({ amount: 2 });
    expect(await sharesOf('pandas', `ten:${WEEK}`)).toEqual([
      ['ada', [1]],
      ['ada', [1]],
    ]);
    expect(await laurel.as({ userId: 'ada' }).missions.get('ten')).toMatchObject({
      for: 'team',
      progress: { id: `ten:${WEEK}`, amount: 2, target: 10, state: 'active' },
      share: { team: 'pandas', steps: [1] },
    });
  });

  test('who is suspended when it is completed goes without', async () => {
    await teamOf(laurel, 'pandas', ['ada', 'bob']);
    await laurel.missions.create(teamMission('one', 1));
    await laurel.users.update('bob', { status: 'suspended' }, { ifMatch: 1 });
    await track('ada');
    await settle(game);
    expect([await xpOf('ada'), await xpOf('bob')]).toEqual([50, 0]);
  });
});

describe('a process that dies', () => {
  test('while members complete it, at any request, leaves the rest to the next; each has it once', async () => {
    await teamOf(laurel, 'pandas', ['ada', 'bob']);
    await laurel.missions.create(teamMission('one', 1));
    const { platform: inside, streams } = game.platform.inside;
    const place = (week: number) => ({ team: 'pandas', mission: 'one', period: `2026-W${week}` });
    let week = 22;
    let survived = false;
    for (let nth = 1; !survived; nth += 1) {
      const when = nth % 2 === 0 ? 'before' : 'after';
      await track('ada', { occurredAt: clock.now() });
      await streams.settled();
      const { table, died } = dyingTable(game.table, nth, when);
      const dying = completeForMembers({ scope, now: clock.now(), platform: { ...inside, table } }, place(week));
      await dying.catch((error: unknown) => expect(String(error)).toContain('died'));
      survived = !died();
      await settle(game);
      const xp = (week - 21) * 50;
      expect([nth, when, await Promise.all(['ada', 'bob'].map(xpOf))]).toEqual([nth, when, [xp, xp]]);
      week += 1;
      clock.set(new Date(Date.parse(clock.now()) + 7 * 86_400_000).toISOString());
    }
    const completed = await laurel.teams.progress('pandas', { state: 'completed' }).toArray({ max: 100 });
    expect(completed).toHaveLength(week - 22);
    expect(week).toBeGreaterThan(30);
  }, 120_000);

  test('and changes that come twice, and out of order, complete it once', async () => {
    await teamOf(laurel, 'pandas', ['ada', 'bob']);
    await laurel.missions.create(teamMission('four', 4));
    for (const [index] of times(6, () => 0).entries()) await track(index % 2 === 0 ? 'ada' : 'bob');
    const { Items = [] } = await allItems();
    const changes = Items.map(
      (after): TableChange => ({ key: { pk: String(after.pk), sk: String(after.sk) }, before: undefined, after }),
    );
    const consumers = times(3, () => teamConsumer(game.table, clock));
    const [first] = consumers;
    const wanted = changes.filter(({ key }) => first?.wants(key));
    expect(wanted.length).toBeGreaterThan(1);
    await Promise.all(
      consumers.map(async (consumer) => {
        for (const change of [...wanted, ...wanted.toReversed()]) await consumer.consume([change]);
      }),
    );
    await settle(game);
    await first?.rebuild?.(scope);
    await settle(game);
    expect(await progressOf('pandas', 'four')).toMatchObject({ state: 'completed', amount: 6 });
    expect(await Promise.all(['ada', 'bob'].map(xpOf))).toEqual([50, 50]);
  });
});

describe('a new version', () => {
  test('leaves what teams have running on the one that they started on, and is kept by the next period', async () => {
    await teamOf(laurel, 'pandas', ['ada', 'bob']);
    await teamOf(laurel, 'foxes', ['fox']);
    const made = await laurel.missions.create(teamMission('goal', 3));
    await track('ada');
    later();
    const { id: _, ...wider } = teamMission('goal', 10, {
      rewards: [{ kind: 'currency', currency: 'xp', amount: 500 }],
    });
    await laurel.missions.update('goal', wider, { ifMatch: made });
    later();
    // Bob has done nothing by the first version: what he does counts for what his team has running all the same.
    await track('bob');
    await track('bob');
    await track('fox');
    await settle(game);
    expect(await progressOf('pandas', 'goal')).toMatchObject({ missionVersion: 1, state: 'completed', target: 3 });
    expect(await progressOf('foxes', 'goal')).toMatchObject({ missionVersion: 2, state: 'active', target: 10 });
    expect(await Promise.all(['ada', 'bob'].map(xpOf))).toEqual([50, 50]);
    clock.set('2026-06-03T12:00:00Z');
    await track('ada');
    await settle(game);
    const [, next] = await laurel.teams.progress('pandas').toArray({ max: 10 });
    expect(next).toMatchObject({ missionVersion: 2, amount: 1, target: 10 });
  });

  test('that counts something else counts it beside what the older one counts', async () => {
    await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
    await teamOf(laurel, 'pandas', ['ada', 'bob']);
    await teamOf(laurel, 'foxes', ['fox']);
    const made = await laurel.missions.create(teamMission('goal', 3));
    await track('ada');
    later();
    const { id: _, ...other } = teamMission('goal', 1, { steps: [{ activity: 'quiz', target: 2 }] });
    await laurel.missions.update('goal', other, { ifMatch: made });
    later();
    for (const userId of ['ada', 'bob', 'fox']) {
      await track(userId);
      await laurel.events.track({ userId, activity: 'quiz' });
    }
    await settle(game);
    expect(await progressOf('pandas', 'goal')).toMatchObject({ missionVersion: 1, state: 'completed', amount: 3 });
    expect(await progressOf('foxes', 'goal')).toMatchObject({ missionVersion: 2, amount: 1, target: 2 });
    await laurel.missions.archive('goal');
    later();
    await laurel.events.track({ userId: 'fox', activity: 'quiz' });
    await settle(game);
    expect(await progressOf('foxes', 'goal')).toMatchObject({ state: 'completed' });
    // What is archived starts nothing any more.
    await teamOf(laurel, 'owls', ['owl']);
    later();
    await laurel.events.track({ userId: 'owl', activity: 'quiz' });
    await settle(game);
    expect(await laurel.teams.progress('owls').toArray({ max: 10 })).toEqual([]);
  });
});

describe('a mission for teams is refused', () => {
  const cases = {
    '/schedule/zone': { schedule: { kind: 'recurring', every: 'week', zone: 'user' } },
    '/steps/0/target': { steps: [{ activity: 'lesson', target: { expression: '5' } }] },
    '/combine': { combine: { kind: 'sequence' } },
    '/assignment': { assignment: { kind: 'optIn' } },
    '/repeat': { repeat: {} },
    '/prerequisites': { prerequisites: [{ mission: 'first' }] },
  } as const;
  test.each(Object.entries(cases))('with what teams cannot have: %s', async (pointer, more) => {
    const wrong = teamMission('wrong', 5, more as Partial<ReturnType<typeof teamMission>>);
    const refusal = { code: 'unprocessable', pointers: [pointer] };
    expect(await refusalOf(laurel.missions.create(wrong))).toMatchObject(refusal);
    expect(await refusalOf(laurel.missions.create({ ...wrong, draft: true }))).toMatchObject(refusal);
  });

  test('where it changes what has to stay once it was published', async () => {
    const { id: _, for: __, ...alone } = teamMission('goal', 5);
    const made = await laurel.missions.create(teamMission('goal', 5));
    const update = (body: Parameters<Laurel['missions']['update']>[1]) =>
      refusalOf(laurel.missions.update('goal', body, { ifMatch: made }));
    expect(await update(alone)).toMatchObject({ code: 'unprocessable', pointers: ['/for'] });
    const team = { ...alone, for: 'team' as const };
    expect(await update({ ...team, schedule: { kind: 'permanent' } })).toMatchObject({ pointers: ['/schedule'] });
    expect(await update({ ...team, running: 'reset' })).toMatchObject({ pointers: ['/running'] });
    const own = await laurel.missions.create({ ...alone, id: 'own' });
    expect(await refusalOf(laurel.missions.update('own', team, { ifMatch: own }))).toMatchObject({
      pointers: ['/for'],
    });
  });

  test('where it would be assigned, joined or tried on the past', async () => {
    await teamOf(laurel, 'pandas', ['ada']);
    await laurel.missions.create(teamMission('goal', 5));
    const past = { from: '2026-05-01T00:00:00Z', to: '2026-05-20T00:00:00Z', version: 1 };
    const codes = await codesOf([
      laurel.progress.assign({ user: 'ada', mission: 'goal' }),
      laurel.as({ userId: 'ada' }).missions.join('goal'),
      laurel.missions.backtest('goal', past),
    ]);
    expect(codes).toEqual(['unprocessable', 'unprocessable', 'unprocessable']);
  });
});

describe('a player', () => {
  test('sees a mission for teams with what their team and they have done, and the team of the moment', async () => {
    await teamOf(laurel, 'pandas', ['ada', 'bob']);
    await laurel.users.create({ id: 'solo' });
    await laurel.missions.create(teamMission('goal', 5));
    const seen = async (userId: string) => {
      const { items } = await laurel.as({ userId }).missions.list();
      return items.map((one) => [one.id, one.for, one.progress?.amount ?? null, one.share]);
    };
    expect(await seen('solo')).toEqual([['goal', 'team', null, null]]);
    expect(await seen('ada')).toEqual([['goal', 'team', null, { team: 'pandas', steps: [0] }]]);
    await track('ada');
    await track('bob');
    await track('bob');
    await settle(game);
    expect(await seen('ada')).toEqual([['goal', 'team', 3, { team: 'pandas', steps: [1] }]]);
    const [share] = await laurel.teams.shares('pandas', `goal:${WEEK}`).toArray({ max: 10 });
    const log = await laurel.teams.shareLog('pandas', `goal:${WEEK}`, share?.member ?? '').toArray({ max: 10 });
    expect(log).toMatchObject([{ at: '2026-05-27T12:00:00.000Z', step: 0, added: 1, amount: 1 }]);
  });
});
