import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics, missionOf } from './definitions.ts';
import {
  clockAt,
  codeOf,
  codesOf,
  type Game,
  openGame,
  otherProcess,
  randomFrom,
  type TestClock,
  times,
} from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-06-01T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' }, tags: ['learning'] });
  await laurel.users.create({ id: 'ada' });
});
afterEach(() => game.close());

const player = (id = 'ada') => laurel.as({ userId: id });
const track = (activity = 'lesson', more: { occurredAt?: string; id?: string } = {}) =>
  laurel.events.track({ userId: 'ada', activity, ...more });
/** Time goes on by a minute: what is done by hand comes after what occurred. */
const later = () => clock.set(new Date(Date.parse(clock.now()) + 60_000).toISOString());
async function allOf<T>(list: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of list) all.push(one);
  return all;
}
const named = (id: string) => ({ id, name: { en: id } });
const lessons = (target: number) => [{ activity: 'lesson', target }];
const permanent = { kind: 'permanent' } as const;
const stateOf = async (id: string) => (await player().progress.get(id)).state;
const at = (time: string) => `2026-06-01T${time}:00Z`;

describe('a mission that players join', () => {
  beforeEach(async () => {
    const steps = lessons(2);
    await laurel.missions.create({ ...named('opt'), schedule: permanent, steps, assignment: { kind: 'optIn' } });
  });

  test('counts what occurred since they joined, whenever it arrives', async () => {
    await track('lesson', { occurredAt: at('10:00') });
    expect((await player().missions.get('opt')).progress).toBeNull();
    const joined = await player().missions.join('opt');
    expect(joined).toMatchObject({ id: 'opt:all', state: 'active', amount: 0, startedAt: '2026-06-01T12:00:00.000Z' });
    clock.set('2026-06-01T15:00:00Z');
    await track('lesson', { occurredAt: at('11:00') });
    const late = await track('lesson', { occurredAt: at('13:00') });
    expect(late.effects.progress).toMatchObject([{ amount: 1 }]);
    expect((await track('lesson')).effects.missionsCompleted).toEqual([{ mission: 'opt', period: 'all' }]);
  });

  test('is joined once by many at once, and reading it writes nothing', async () => {
    const before = await game.snapshot();
    await player().missions.list();
    await player().missions.get('opt');
    expect(await game.snapshot()).toBe(before);
    const all = await Promise.all(times(8, () => player().missions.join('opt')));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  test('is given up and begun anew', async () => {
    expect(await codeOf(player().missions.leave('opt'))).toBe('unprocessable');
    await player().missions.join('opt');
    later();
    await track();
    later();
    expect(await player().missions.leave('opt')).toMatchObject({ state: 'cancelled', amount: 1 });
    expect(await player().missions.leave('opt')).toMatchObject({ state: 'cancelled' });
    later();
    expect((await track()).effects.progress).toEqual([]);
    clock.set('2026-06-01T13:00:00Z');
    expect(await player().missions.join('opt')).toMatchObject({ state: 'active', amount: 0 });
    later();
    await track();
    await track();
    expect(await stateOf('opt:all')).toBe('completed');
    expect(await codesOf([player().missions.join('opt'), player().missions.leave('opt')])).toEqual([
      'unprocessable',
      'unprocessable',
    ]);
  });

  test('others are not joined, and none that there is not', async () => {
    await laurel.missions.create({ id: 'plain', ...missionOf(1) });
    expect(await codesOf([player().missions.join('plain'), player().missions.join('none')])).toEqual([
      'unprocessable',
      'not_found',
    ]);
  });
});

describe('a mission that is assigned', () => {
  beforeEach(async () => {
    const steps = lessons(5);
    await laurel.missions.create({ ...named('given'), schedule: permanent, steps, assignment: { kind: 'direct' } });
  });

  test('starts with the target that was given, and is cancelled', async () => {
    expect((await track()).effects.progress).toEqual([]);
    later();
    const assigned = await laurel.progress.assign({ user: 'ada', mission: 'given', target: 3 });
    expect(assigned).toMatchObject({ amount: 0, target: 3, steps: [{ amount: 0, target: 3, completedAt: null }] });
    expect(await codeOf(laurel.progress.assign({ user: 'ada', mission: 'given', target: 4 }))).toBe('unprocessable');
    later();
    await track();
    later();
    expect(await laurel.progress.cancel('given:all', { user: 'ada' })).toMatchObject({ state: 'cancelled', amount: 1 });
    later();
    expect((await track()).effects.progress).toEqual([]);
    clock.set('2026-06-02T12:00:00Z');
    expect(await laurel.progress.assign({ user: 'ada', mission: 'given' })).toMatchObject({
      target: 5,
      state: 'active',
    });
  });

  test('refuses what there is not', async () => {
    const calls = [
      laurel.progress.assign({ user: 'nobody', mission: 'given' }),
      laurel.progress.assign({ user: 'ada', mission: 'none' }),
      laurel.progress.cancel('given:all', { user: 'ada' }),
    ];
    expect(await codesOf(calls)).toEqual(['unknown_reference', 'unknown_reference', 'not_found']);
  });
});

describe('who plays', () => {
  test('an audience is asked when a mission starts, and what runs goes on', async () => {
    await laurel.segments.create({ ...named('vips'), condition: '"vip" in user.tags' });
    await laurel.missions.create({ ...missionOf(3), id: 'vip-only', audience: { segment: 'vips' } });
    expect((await track()).effects.progress).toEqual([]);
    expect(await codeOf(player().missions.get('vip-only'))).toBe('not_found');
    await laurel.users.create({ id: 'bob', tags: ['vip'] });
    const bob = await laurel.events.track({ userId: 'bob', activity: 'lesson' });
    expect(bob.effects.progress).toMatchObject([{ mission: 'vip-only', amount: 1 }]);
    const user = await laurel.users.getTags('bob');
    await laurel.users.setTags('bob', { tags: [] }, { ifMatch: user });
    const again = await laurel.events.track({ userId: 'bob', activity: 'lesson' });
    expect(again.effects.progress).toMatchObject([{ amount: 2 }]);
    expect((await player('bob').missions.get('vip-only')).progress).toMatchObject({ amount: 2 });
  });

  test('a learning path opens step by step, in the order of time and not of arrival', async () => {
    const path = ['first', 'second', 'third'];
    for (const [index, id] of path.entries()) {
      const before = path[index - 1];
      const prerequisites = before === undefined ? [] : [{ mission: before }];
      await laurel.missions.create({ ...missionOf(2), id, rewards: [], prerequisites });
    }
    expect((await allOf(player().missions.list())).map(({ locked }) => locked)).toEqual([false, true, true]);
    const shuffled = randomFrom(7).shuffle(times(6, (index) => index));
    for (const hour of shuffled) await track('lesson', { occurredAt: at(`0${hour}:00`) });
    const { items } = await player().progress.list();
    expect(items.map(({ mission, completedAt }) => [mission, completedAt])).toEqual([
      ['first', '2026-06-01T01:00:00.000Z'],
      ['second', '2026-06-01T03:00:00.000Z'],
      ['third', '2026-06-01T05:00:00.000Z'],
    ]);
  });
});

describe('a mission of many steps', () => {
  const steps = [...lessons(2), { tag: 'learning', target: 1 }, ...lessons(1)];

  test('in sequence comes to the same in whatever order its events arrive, and its log tells them in order', async () => {
    await laurel.missions.create({ ...missionOf(1), id: 'seq', steps, combine: { kind: 'sequence' } });
    const names = ['quiz', 'lesson', 'lesson', 'lesson', 'quiz', 'lesson', 'lesson'];
    const all = names.map((activity, index) => ({ id: `e${index}`, activity, occurredAt: at(`0${index}:00`) }));
    for (const one of randomFrom(3).shuffle(all)) await track(one.activity, one);
    expect(await player().progress.get('seq:all')).toMatchObject({
      state: 'completed',
      amount: 3,
      target: 3,
      completedAt: '2026-06-01T05:00:00.000Z',
      steps: [{ amount: 2 }, { amount: 1 }, { amount: 1 }],
    });
    const log = await allOf(player().progress.log('seq:all'));
    expect(log.map(({ event, step, added, amount }) => [event, step, added, amount])).toEqual([
      ['e1', 0, 1, 1],
      ['e2', 0, 1, 2],
      ['e4', 1, 1, 1],
      ['e5', 2, 1, 1],
    ]);
    expect(await allOf(laurel.progress.log('ada', 'seq:all', { limit: 1 }))).toEqual(log);
  });

  test('is completed once by many events at once, from several processes', async () => {
    await laurel.missions.create({ ...missionOf(1), id: 'any', steps, combine: { kind: 'any', count: 2 } });
    const other = await otherProcess(game);
    const clients = [laurel, other.laurel];
    const receipts = await Promise.all(
      times(24, (index) =>
        (clients[index % 2] ?? laurel).events.track({
          userId: 'ada',
          activity: index % 3 === 0 ? 'quiz' : 'lesson',
          id: `e${index}`,
        }),
      ),
    );
    await other.close();
    expect(receipts.flatMap(({ effects }) => effects.missionsCompleted)).toEqual([{ mission: 'any', period: 'all' }]);
    const paid = receipts.flatMap(({ effects }) => effects.rewards);
    expect(paid).toMatchObject([{ kind: 'currency', amount: 50 }]);
    const { steps: stand } = await player().progress.get('any:all');
    const log = await allOf(player().progress.log('any:all'));
    const added = stand.map((_, step) =>
      log.filter((move) => move.step === step).reduce((sum, one) => sum + one.added, 0),
    );
    expect(added).toEqual(stand.map(({ amount }) => amount));
  });

  test('is refused where a step names nothing or two things, more steps are wanted than there are, or a target is no number', async () => {
    const body = (more: object) => ({ ...missionOf(1), id: 'bad', ...more });
    const calls = [
      laurel.missions.create(body({ steps: [{ target: 1 }] })),
      laurel.missions.create(body({ steps: [{ activity: 'lesson', tag: 'learning', target: 1 }] })),
      laurel.missions.create(body({ combine: { kind: 'any', count: 2 } })),
      laurel.missions.create(body({ steps: [{ activity: 'lesson', target: { expression: '"many"' } }] })),
      laurel.missions.create(body({ prerequisites: [{ mission: 'none' }] })),
    ];
    expect(await codesOf(calls)).toEqual([
      'invalid_request',
      'invalid_request',
      'invalid_request',
      'invalid_expression',
      'unknown_reference',
    ]);
  });
});

describe('what a new version makes of running progress', () => {
  const change = async (running: 'keep' | 'reset' | 'recompute', target: number) => {
    const found = await laurel.missions.get('m');
    await laurel.missions.update('m', { ...missionOf(target), running }, { ifMatch: found });
    clock.set('2026-06-01T13:00:00Z');
  };
  beforeEach(async () => {
    await laurel.missions.create({ ...missionOf(10), id: 'm' });
    for (const hour of [1, 2, 3]) await track('lesson', { occurredAt: at(`0${hour}:00`) });
  });

  test('keep leaves it', async () => {
    await change('keep', 6);
    expect((await track()).effects.progress).toMatchObject([{ missionVersion: 1, amount: 4, target: 10 }]);
  });

  test('reset lets it begin anew; a late event from before changes nothing of it', async () => {
    await change('reset', 6);
    expect((await track()).effects.progress).toMatchObject([{ missionVersion: 2, amount: 1, target: 6 }]);
    await track('lesson', { occurredAt: at('00:30') });
    expect(await player().progress.get('m:all')).toMatchObject({ missionVersion: 2, amount: 1 });
    const log = await allOf(player().progress.log('m:all'));
    expect(log.map(({ added }) => added)).toEqual([1, 1, 1, 1, -4, 1]);
  });

  test('recompute counts again from the history, also behind a snapshot, and late ones as well', async () => {
    const events = times(150, (index) => ({
      id: `many-${index}`,
      userId: 'ada',
      activity: 'quiz',
      occurredAt: new Date(Date.parse(at('04:00')) + index * 1000).toISOString(),
    }));
    await laurel.events.trackBatch({ events });
    await change('recompute', 6);
    expect((await track()).effects.progress).toMatchObject([{ missionVersion: 2, amount: 4, target: 6 }]);
    const late = await track('lesson', { occurredAt: at('05:00') });
    expect(late.effects.progress).toMatchObject([{ missionVersion: 2, amount: 5 }]);
    expect((await track('lesson', { occurredAt: at('00:30') })).effects.missionsCompleted).toHaveLength(1);
  });
});
