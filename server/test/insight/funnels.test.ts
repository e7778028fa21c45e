import type { Laurel } from '@laurel/sdk/server';
import { Temporal } from 'temporal-polyfill';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rebuildAnalytics } from '../../src/analytics/rebuild.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { defineBasics } from '../game/definitions.ts';
import { clockAt, type Game, HOME, openGame, refusalOf, type TestClock, times } from '../game/world.ts';
import { deleteEverything } from './counters.ts';

const DAYS = { from: '2026-06-01', to: '2026-06-30' };

let clock: TestClock;
let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  clock = clockAt('2026-06-20T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
});
afterEach(() => game.close());

type Query = Partial<Parameters<Laurel['analytics']['funnels']>[0]>;

/** The funnels as a list of texts: day, mission, version, stage, step and players. */
async function funnels(query: Query = {}): Promise<string[]> {
  await game.platform.inside.streams.settled();
  const { rows } = await laurel.analytics.funnels({ ...DAYS, ...query });
  return rows.map(
    ({ day, mission, version, stage, step, players }) =>
      `${day.slice(5)} ${mission}@${version} ${step === null ? stage : `${stage} ${step}`}: ${players}`,
  );
}

/** The same, counted from what players themselves see of their progress. */
async function recounted(players: readonly string[], zone = 'UTC'): Promise<string[]> {
  const counts = new Map<string, number>();
  for (const userId of players) {
    for await (const one of laurel.as({ userId }).progress.list()) {
      const day = Temporal.Instant.from(one.startedAt).toZonedDateTimeISO(zone).toPlainDate().toString();
      const reached = one.steps.flatMap(({ completedAt }, step) => (completedAt === null ? [] : [`step ${step}`]));
      for (const stage of ['started', ...reached, one.state]) {
        const name = `${day.slice(5)} ${one.mission}@${one.missionVersion} ${stage}`;
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
  }
  return [...counts].map(([name, count]) => `${name}: ${count}`);
}

const twoSteps = {
  name: { en: 'Two steps' },
  schedule: { kind: 'permanent' as const },
  steps: [
    { activity: 'lesson', adds: 'one' as const, target: 2 },
    { activity: 'quiz', adds: 'one' as const, target: 1 },
  ],
  rewards: [],
};

const track = (userId: string, activity: string, occurredAt: string, id?: string) =>
  laurel.events.track({ userId, activity, occurredAt, ...(id === undefined ? {} : { id }) });

test('a funnel tells by day and version how many began, reached each step, completed it, gave up or are at it', async () => {
  await laurel.missions.create({ id: 'two', ...twoSteps });
  for (const id of ['ada', 'bo', 'cy', 'di']) await laurel.users.create({ id });
  for (const user of ['ada', 'bo', 'cy', 'di']) await track(user, 'lesson', '2026-06-10T10:00:00Z');
  for (const user of ['ada', 'bo', 'cy']) await track(user, 'lesson', '2026-06-11T10:00:00Z');
  await track('ada', 'quiz', '2026-06-12T10:00:00Z', 'last');
  await laurel.progress.cancel('two:all', { user: 'cy' });
  expect(await funnels()).toEqual([
    '06-10 two@1 started: 4',
    '06-10 two@1 step 0: 3',
    '06-10 two@1 step 1: 1',
    '06-10 two@1 completed: 1',
    '06-10 two@1 cancelled: 1',
    '06-10 two@1 active: 2',
  ]);
  // What is late or undone changes the day that it belongs to.
  await laurel.events.void('last', { note: 'by mistake' });
  await track('di', 'lesson', '2026-06-09T10:00:00Z');
  expect(await funnels()).toEqual([
    '06-09 two@1 started: 1',
    '06-09 two@1 step 0: 1',
    '06-09 two@1 active: 1',
    '06-10 two@1 started: 3',
    '06-10 two@1 step 0: 3',
    '06-10 two@1 cancelled: 1',
    '06-10 two@1 active: 2',
  ]);
});

describe('what is not completed', () => {
  test('has expired as soon as its period is over, without a write', async () => {
    const daily = { kind: 'recurring' as const, every: 'day' as const, zone: 'UTC' };
    const hourly = { kind: 'cron' as const, cron: '0 */6 * * *', zone: 'UTC' };
    const range = { kind: 'range' as const, to: '2026-06-25', zone: 'Pacific/Auckland' };
    await laurel.missions.create({ id: 'cron', ...twoSteps, schedule: hourly });
    await laurel.missions.create({ id: 'daily', ...twoSteps, schedule: daily });
    await laurel.missions.create({ id: 'range', ...twoSteps, schedule: range });
    await laurel.users.create({ id: 'ada' });
    await track('ada', 'lesson', '2026-06-20T12:00:00Z');
    const stages = async () => (await funnels()).filter((text) => !text.includes('started'));
    for (const [now, over] of [
      ['2026-06-20T17:59:59.999Z', []],
      ['2026-06-20T18:00:00.000Z', ['cron']],
      ['2026-06-20T23:59:59.999Z', ['cron']],
      ['2026-06-21T00:00:00.000Z', ['cron', 'daily']],
      ['2026-06-25T11:59:59.999Z', ['cron', 'daily']],
      ['2026-06-25T12:00:00.000Z', ['cron', 'daily', 'range']],
    ] as const) {
      clock.set(now);
      const before = await game.snapshot();
      const state = (id: string) => (over.some((one) => one === id) ? 'expired' : 'active');
      expect(await stages()).toEqual(['cron', 'daily', 'range'].map((id) => `06-20 ${id}@1 ${state(id)}: 1`));
      expect((await funnels()).toSorted()).toEqual((await recounted(['ada'])).toSorted());
      expect(await game.snapshot()).toBe(before);
    }
  });

  test('expires in the zone in which each player began', async () => {
    const daily = { kind: 'recurring' as const, every: 'day' as const, zone: 'user' };
    await laurel.missions.create({ id: 'daily', ...twoSteps, schedule: daily });
    const zones = ['Pacific/Auckland', 'UTC', 'America/Los_Angeles'];
    for (const [index, zone] of zones.entries()) await laurel.users.create({ id: `user-${index}`, zone });
    const users = times(3, (index) => `user-${index}`);
    clock.set('2026-06-20T11:00:00Z');
    for (const user of users) await track(user, 'lesson', '2026-06-20T11:00:00Z');
    const expired = async () => (await funnels()).filter((text) => text.includes('expired'));
    expect(await expired()).toEqual([]);
    clock.set('2026-06-20T12:00:00Z');
    expect(await expired()).toEqual(['06-20 daily@1 expired: 1']);
    clock.set('2026-06-21T06:00:00Z');
    expect(await expired()).toEqual(['06-20 daily@1 expired: 2']);
    const mover = await laurel.users.get('user-2');
    await laurel.users.update('user-2', { zone: 'UTC' }, { ifMatch: mover });
    expect(await expired()).toEqual(['06-20 daily@1 expired: 2']);
    clock.set('2026-06-21T07:00:00Z');
    expect(await expired()).toEqual(['06-20 daily@1 expired: 3']);
    expect((await funnels()).toSorted()).toEqual((await recounted(users)).toSorted());
  });
});

test('players are told by the version that they are on, and of one mission where that is asked for', async () => {
  const mission = await laurel.missions.create({ id: 'two', ...twoSteps });
  await laurel.missions.create({ id: 'other', ...twoSteps });
  for (const id of ['ada', 'bo']) await laurel.users.create({ id });
  await track('ada', 'lesson', '2026-06-20T10:00:00Z');
  const [first] = twoSteps.steps;
  if (first === undefined) throw new Error('no step');
  clock.set('2026-06-20T13:00:00Z');
  await laurel.missions.update('two', { ...twoSteps, steps: [{ ...first, target: 1 }] }, { ifMatch: mission });
  await track('bo', 'lesson', '2026-06-20T12:30:00Z');
  expect(await funnels({ mission: 'two' })).toEqual([
    '06-20 two@1 started: 1',
    '06-20 two@1 active: 1',
    '06-20 two@2 started: 1',
    '06-20 two@2 step 0: 1',
    '06-20 two@2 completed: 1',
  ]);
  expect(await funnels({ mission: 'two', from: '2026-06-21' })).toEqual([]);
  expect(await refusalOf(funnels({ mission: 'none' }))).toMatchObject({
    code: 'unknown_reference',
    pointers: ['/query/mission'],
  });
  await laurel.segments.create({ id: 'bo', name: { en: 'Bo' }, condition: 'user.id == "bo"' });
  expect(await funnels({ mission: 'two', segment: 'bo' })).toHaveLength(3);
});

test('a rebuild from the table alone comes to the same', async () => {
  await laurel.missions.create({ id: 'two', ...twoSteps });
  await laurel.users.create({ id: 'ada' });
  await track('ada', 'lesson', '2026-06-10T10:00:00Z');
  const before = await funnels();
  expect(before).toHaveLength(2);
  const scope = workspaceScope(HOME.tenant, HOME.workspace);
  await deleteEverything(game.table, scope);
  expect(await funnels()).toEqual([]);
  await rebuildAnalytics(game.table, scope);
  expect(await funnels()).toEqual(before);
});

test('the rows come as CSV', async () => {
  await laurel.missions.create({ id: 'two', ...twoSteps });
  await laurel.users.create({ id: 'ada' });
  for (const hour of ['10', '11']) await track('ada', 'lesson', `2026-06-10T${hour}:00:00Z`);
  await game.platform.inside.streams.settled();
  expect(await laurel.csv.analytics.funnels(DAYS)).toBe(
    [
      'day,mission,version,stage,step,players',
      '2026-06-10,two,1,started,,1',
      '2026-06-10,two,1,step,0,1',
      '2026-06-10,two,1,active,,1',
      '',
    ].join('\r\n'),
  );
});
