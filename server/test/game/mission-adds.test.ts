import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockAt, type Game, openGame, refusalOf, type TestClock } from './world.ts';

type MissionCreate = Parameters<Laurel['missions']['create']>[0];

let game: Game;
let laurel: Laurel;
let clock: TestClock;
let players = 0;
beforeAll(async () => {
  clock = clockAt('2026-06-01T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await laurel.currencies.create({ id: 'xp', name: { en: 'Experience' } });
  const attributes = { minutes: { type: 'integer' }, course: { type: 'string' } } as const;
  await laurel.activities.create({ id: 'run', name: { en: 'Run' }, attributes, tags: ['sport'] });
  await laurel.activities.create({ id: 'swim', name: { en: 'Swim' }, tags: ['sport'] });
});
afterAll(() => game.close());

let missions = 0;
/** A mission of runs, each of which adds what an expression says. */
async function missionOf(expression: string, target: number, more: Partial<MissionCreate['steps'][number]> = {}) {
  missions += 1;
  const step = { activity: 'run', adds: { expression }, target, ...more };
  const { id } = await laurel.missions.create({
    id: `mission-${missions}`,
    name: { en: 'Any' },
    schedule: { kind: 'permanent' },
    steps: [step],
    rewards: [],
  });
  return id;
}
async function playerOf() {
  players += 1;
  const { id: userId } = await laurel.users.create({ id: `player-${players}` });
  let events = 0;
  return {
    ...laurel.as({ userId }),
    userId,
    run: (attributes: { minutes?: number }, value = 1, activity = 'run') => {
      events += 1;
      const occurredAt = new Date(Date.UTC(2026, 4, 1, events)).toISOString();
      return laurel.events.track({ id: `${userId}-${events}`, userId, activity, attributes, value, occurredAt });
    },
    amount: async (mission: string) => {
      const found = await laurel.as({ userId }).progress.list().toArray({ max: 100 });
      return found.find((one) => one.mission === mission)?.amount ?? null;
    },
  };
}
const whyOf = async (event: string, mission: string) =>
  (await laurel.events.explain(event)).rules.find(({ id }) => id === mission);

test('an event adds what the expression comes to; 0, less, and what cannot be worked out add nothing', async () => {
  const id = await missionOf('event.attributes.minutes / 10 - 1', 10);
  const ada = await playerOf();
  // None of these starts the mission either.
  await ada.run({ minutes: 15 });
  await ada.run({ minutes: -40 });
  await ada.run({});
  expect(await ada.amount(id)).toBe(null);
  await ada.run({ minutes: 50 });
  expect(await ada.amount(id)).toBe(4);
  await ada.run({ minutes: 5 });
  expect(await ada.amount(id)).toBe(4);
  const { effects } = await ada.run({ minutes: 500 });
  expect(effects.progress.find(({ mission }) => mission === id)).toMatchObject({ amount: 10, state: 'completed' });
  const log = await ada.progress.log(`${id}:all`).toArray({ max: 10 });
  expect(log.map(({ added }) => added)).toEqual([4, 6]);

  const told = await Promise.all([1, 2, 3, 4, 6].map((n) => whyOf(`${ada.userId}-${n}`, id)));
  expect(told.map((one) => [one?.why, one?.values.adds])).toEqual([
    ['adds_nothing', 0],
    ['adds_nothing', -5],
    ['adds_refused', undefined],
    ['progress_started', 4],
    ['mission_completed', 49],
  ]);
  // Why it could not be worked out is told to operators alone.
  expect(told[2]?.values).toEqual({ period: 'all', refusal: expect.any(String) });
  const own = (await ada.events.explain(`${ada.userId}-3`)).rules.find((one) => one.id === id);
  expect(own).toMatchObject({ why: 'adds_refused', values: {} });
});

test('no number is too large: one event adds a million millions at most, and what leaves 64 bits adds nothing', async () => {
  const large = await missionOf('event.value * 1000000000000', 1_000_000_000_000);
  const [beyond, ada] = [await missionOf('event.value * 9223372036854775807', 5), await playerOf()];
  await ada.run({}, 1_000_000);
  expect(await ada.amount(large)).toBe(1_000_000_000_000);
  expect(await ada.amount(beyond)).toBe(null);
  expect(await whyOf(`${ada.userId}-1`, large)).toMatchObject({ values: { adds: 1_000_000_000_000 } });
  expect(await whyOf(`${ada.userId}-1`, beyond)).toMatchObject({ why: 'adds_refused' });
});

test('it sees the player before the event, and a condition is asked first', async () => {
  const id = await missionOf('player.counters["run"]', 100, { condition: 'event.value > 1' });
  const ada = await playerOf();
  for (const value of [2, 1, 2, 2]) await ada.run({}, value);
  expect(await ada.amount(id)).toBe(0 + 2 + 3);
  expect(await whyOf(`${ada.userId}-2`, id)).toMatchObject({ why: 'condition_false' });
});

test('a late or voided event leaves the amount as the history makes it', async () => {
  const id = await missionOf('event.attributes.minutes * (1 + player.counters["run"])', 10_000);
  const ada = await playerOf();
  for (const minutes of [1, 10, 100]) await ada.run({ minutes });
  expect(await ada.amount(id)).toBe(1 + 20 + 300);
  await laurel.events.void(`${ada.userId}-1`, { note: 'Never happened' });
  expect(await ada.amount(id)).toBe(10 + 200);
  const attributes = { minutes: 5 };
  await laurel.events.track({ userId: ada.userId, activity: 'run', attributes, occurredAt: '2026-04-01T00:00:00Z' });
  expect(await ada.amount(id)).toBe(5 + 20 + 300);
});

test('a version of another expression counts running progress again, and a back-test tries one', async () => {
  const id = await missionOf('event.attributes.minutes', 1_000);
  const ada = await playerOf();
  for (const minutes of [10, 20]) await ada.run({ minutes });
  const found = await laurel.missions.get(id);
  const { name, schedule } = found;
  const body = (expression: string, target: number) => ({
    name,
    schedule,
    steps: [{ activity: 'run', adds: { expression }, target }],
    rewards: [],
  });
  const interval = { from: '2026-05-01T00:00:00.000Z', to: '2026-06-01T00:00:00.000Z' };
  const tried = async (expression: string) => {
    const definition = { ...body(expression, 60), id: 'any' };
    const { results } = await laurel.missions.backtest(id, { ...interval, definition }, { limit: 200 });
    return results.filter(({ userId }) => userId === ada.userId).map(({ times }) => times);
  };
  // The new expression comes to 20 and 40.
  expect(await tried('event.attributes.minutes * 2')).toEqual([1]);
  expect(await tried('event.attributes.minutes')).toEqual([]);

  await laurel.missions.update(
    id,
    { ...body('event.attributes.minutes * 2', 1_000), running: 'recompute' },
    { ifMatch: found },
  );
  clock.set('2026-06-01T13:00:00Z');
  await laurel.events.track({ userId: ada.userId, activity: 'run', attributes: { minutes: 7 } });
  expect(await ada.amount(id)).toBe(20 + 40 + 14);
});

test('is checked when it is saved, against what the activity declares', async () => {
  const refused = async (expression: string, more: Partial<MissionCreate['steps'][number]> = {}) => {
    const { code, pointers } = await refusalOf(missionOf(expression, 5, more));
    return [code, ...pointers];
  };
  const pointer = '/steps/0/adds/expression';
  for (const wrong of [
    'event.attributes.metres',
    'event.attributes.course',
    'event.value > 1',
    '1.5',
    'event.value +',
  ]) {
    expect(await refused(wrong)).toEqual(['invalid_expression', pointer]);
  }
  expect(await refused('')).toEqual(['invalid_request', expect.stringContaining('/steps/0/adds')]);
  // What an activity has declared stays as long as an expression speaks of it.
  await missionOf('event.attributes.minutes', 5);
  const run = await laurel.activities.get('run');
  const without = { name: run.name, attributes: { course: { type: 'string' as const } }, tags: ['sport'] };
  expect((await refusalOf(laurel.activities.update('run', without, { ifMatch: run }))).code).toBe('invalid_expression');
});

test('steps of tags and of missions take one too; players see that there is one, and not what it says', async () => {
  const inner = await missionOf('event.value', 3);
  const { id } = await laurel.missions.create({
    id: 'outer',
    name: { en: 'Any' },
    schedule: { kind: 'permanent' },
    steps: [
      { tag: 'sport', adds: { expression: 'event.value * 2' }, target: 20 },
      { mission: inner, adds: { expression: 'event.value * 100' }, target: 1_000 },
      { activity: 'swim', target: 1 },
    ],
    rewards: [],
  });
  const ada = await playerOf();
  await ada.run({}, 2, 'swim');
  await ada.run({}, 3);
  expect((await ada.progress.get(`${id}:all`)).steps?.map(({ amount }) => amount)).toEqual([10, 300, 1]);
  const moved = (await laurel.events.explain(`${ada.userId}-2`)).rules.filter((one) => one.id === id);
  expect(moved.map(({ values }) => [values['adds.0'], values['adds.1']])).toEqual([
    [6, undefined],
    [undefined, 300],
  ]);
  const { steps } = await ada.missions.get(id);
  expect(steps.map(({ adds }) => adds)).toEqual(['expression', 'expression', 'one']);
  expect(JSON.stringify(steps)).not.toContain('event.value');
});
