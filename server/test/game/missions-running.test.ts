import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics, missionOf } from './definitions.ts';
import { clockAt, codeOf, type Game, openGame, refusalOf, type TestClock } from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-06-10T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.users.create({ id: 'ada' });
});
afterEach(() => game.close());

type MissionBody = Parameters<Laurel['missions']['update']>[1];

const player = () => laurel.as({ userId: 'ada' });
const track = (occurredAt?: string) =>
  laurel.events.track({ userId: 'ada', activity: 'lesson', ...(occurredAt === undefined ? {} : { occurredAt }) });
const progressOf = async () => (await player().progress.list()).items;
const daily = { kind: 'recurring', every: 'day', zone: 'UTC' } as const;
const weekly = { kind: 'recurring', every: 'week', zone: 'UTC' } as const;
const permanent = { kind: 'permanent' } as const;
const at = (time: string) => `2026-06-10T${time}:00Z`;
const onEvent = { kind: 'event', activity: 'lesson' } as const;

/** Publishes another version of the mission, and lets a minute pass. */
async function change(body: MissionBody, id = 'm') {
  const changed = await laurel.missions.update(id, body, { ifMatch: await laurel.missions.get(id) });
  clock.set(new Date(Date.parse(clock.now()) + 60_000).toISOString());
  return changed;
}

describe('a recount', () => {
  test('takes badges and levels as it takes events', async () => {
    await laurel.badges.create({ id: 'hero', name: { en: 'Hero' }, criteria: { en: 'A lesson' } });
    const curve = { kind: 'quadratic', step: 1, growth: 1, levels: 5 } as const;
    await laurel.levelTracks.create({ id: 'rank', name: { en: 'Rank' }, currency: 'xp', curve });
    await laurel.rewardRules.create({
      id: 'both',
      name: { en: 'A badge and levels' },
      trigger: onEvent,
      rewards: [
        { kind: 'badge', badge: 'hero' },
        { kind: 'currency', currency: 'xp', amount: 5 },
      ],
    });
    const body = (last: number) => ({
      name: { en: 'Many' },
      schedule: permanent,
      steps: [
        { badge: 'hero', target: 1 },
        { level: { track: 'rank', level: 3 }, target: 1 },
        { activity: 'lesson', target: last },
      ],
      rewards: [],
    });
    await laurel.missions.create({ id: 'm', ...body(5) });
    await track(at('11:00'));
    const before = (await progressOf())[0]?.steps.map(({ amount }) => amount);
    expect(before).toEqual([1, 1, 1]);
    await laurel.rewardRules.archive('both');
    await change({ ...body(9), running: 'recompute' });
    await track();
    expect((await progressOf())[0]).toMatchObject({
      missionVersion: 2,
      steps: [{ amount: 1 }, { amount: 1 }, { amount: 2 }],
    });
  });

  test('sees the player as they were then, also behind snapshots', async () => {
    await laurel.rewardRules.create({
      id: 'xp',
      name: { en: 'XP' },
      trigger: onEvent,
      rewards: [{ kind: 'currency', currency: 'xp', amount: 1 }],
    });
    const body = (target: number) => ({
      ...missionOf(target),
      steps: [{ activity: 'lesson', target, condition: 'player.balances["xp"] < 30' }],
    });
    await laurel.missions.create({ id: 'm', ...body(100) });
    const events = Array.from({ length: 70 }, (_, minute) => ({
      userId: 'ada',
      activity: 'lesson',
      occurredAt: new Date(Date.parse(at('10:00')) + minute * 1000).toISOString(),
    }));
    await laurel.events.trackBatch({ events });
    // The balance was below 30 before each of the first thirty.
    expect(await progressOf()).toMatchObject([{ amount: 30, target: 100 }]);
    await change({ ...body(90), running: 'recompute' });
    await track();
    expect(await progressOf()).toMatchObject([{ missionVersion: 2, amount: 30, target: 90 }]);
  });

  test('settles a period that is over, as of its end', async () => {
    await laurel.missions.create({ id: 'm', ...missionOf(5, daily) });
    for (const time of ['10:00', '10:01', '10:02']) await track(at(time));
    await change({ ...missionOf(3, daily), running: 'recompute' });
    clock.set('2026-06-11T12:00:00Z');
    const next = await track();
    expect(next.effects.missionsCompleted).toEqual([{ mission: 'm', period: '2026-06-10' }]);
    expect(await progressOf()).toMatchObject([
      { id: 'm:2026-06-10', missionVersion: 2, state: 'completed', completedAt: '2026-06-10T23:59:59.999Z', amount: 3 },
      { id: 'm:2026-06-11', missionVersion: 2, state: 'active', amount: 1 },
    ]);
    expect((await player().wallets.get('xp')).available).toBe(50);
    // Of what is over there is nothing left to do.
    expect((await track()).effects.missionsCompleted).toEqual([]);
  });

  test('leaves a period that was over when it was published', async () => {
    await laurel.missions.create({ id: 'm', ...missionOf(5, daily) });
    for (const time of ['10:00', '10:01', '10:02']) await track(at(time));
    clock.set('2026-06-11T12:00:00Z');
    await change({ ...missionOf(3, daily), running: 'recompute' });
    await track();
    expect(await progressOf()).toMatchObject([
      { id: 'm:2026-06-10', missionVersion: 1, state: 'expired', amount: 3 },
      { id: 'm:2026-06-11', missionVersion: 2, state: 'active', amount: 1 },
    ]);
  });
});

describe('another schedule', () => {
  test('reset ends what is running on the old one, and the new one starts', async () => {
    await laurel.missions.create({ id: 'm', ...missionOf(5) });
    await track(at('11:00'));
    await change({ ...missionOf(4, weekly), running: 'reset' });
    await track();
    expect(await progressOf()).toMatchObject([
      { id: 'm:2026-W24', missionVersion: 2, state: 'active', amount: 1, target: 4 },
      { id: 'm:all', missionVersion: 1, state: 'cancelled', amount: 1, cancelledAt: '2026-06-10T12:01:00.000Z' },
    ]);
    // A late event from before still counts for what was running then.
    await track(at('10:00'));
    expect(await progressOf()).toMatchObject([{ amount: 1 }, { state: 'cancelled', amount: 2 }]);
  });

  test('reset goes from days to weeks, and back to what it was', async () => {
    await laurel.missions.create({ id: 'm', ...missionOf(5, daily) });
    await track(at('11:00'));
    await change({ ...missionOf(4, weekly), running: 'reset' });
    await track();
    await change({ ...missionOf(3, daily), running: 'reset' });
    await track();
    expect(await progressOf()).toMatchObject([
      { id: 'm:2026-06-10', missionVersion: 3, state: 'active', amount: 1, target: 3 },
      { id: 'm:2026-W24', missionVersion: 2, state: 'cancelled' },
    ]);
  });

  test('reset into a period of the same name begins anew in its place', async () => {
    await laurel.missions.create({ id: 'm', ...missionOf(5) });
    await track(at('11:00'));
    const range = { kind: 'range', from: '2026-06-01', to: '2026-06-30' } as const;
    await change({ ...missionOf(4, range), running: 'reset' });
    await track();
    expect(await progressOf()).toMatchObject([{ id: 'm:all', missionVersion: 2, state: 'active', amount: 1 }]);
  });

  test('a recount over another schedule is refused, in whatever way it is published', async () => {
    await laurel.missions.create({ id: 'm', ...missionOf(5) });
    const body = { ...missionOf(4, weekly), running: 'recompute' } as const;
    const first = await laurel.missions.get('m');
    expect(await refusalOf(laurel.missions.update('m', body, { ifMatch: first }))).toMatchObject({
      code: 'unprocessable',
      pointers: ['/running'],
    });
    await laurel.missions.update('m', { ...body, draft: true }, { ifMatch: first });
    expect(await refusalOf(laurel.missions.publish('m', {}))).toMatchObject({ pointers: ['/running'] });
    await laurel.missions.publish('m', { running: 'keep' });
    expect(await refusalOf(laurel.missions.restore('m', { version: 1, running: 'recompute' }))).toMatchObject({
      pointers: ['/running'],
    });
  });

  test('nothing else is running: rules and boards know `keep` alone', async () => {
    const rule = {
      name: { en: 'XP' },
      trigger: onEvent,
      rewards: [{ kind: 'currency' as const, currency: 'xp', amount: 1 }],
    };
    await laurel.rewardRules.create({ id: 'r', ...rule });
    for (const running of ['recompute', 'reset'] as const) {
      for (const draft of [true, false]) {
        const update = laurel.rewardRules.update('r', { ...rule, running, draft }, { ifMatch: 1 });
        expect(await refusalOf(update)).toMatchObject({ code: 'unprocessable', pointers: ['/running'] });
      }
    }
  });
});

describe('a player on an old version', () => {
  test('sees the mission that they play, and no formula of its operators', async () => {
    await laurel.missions.create({ id: 'm', ...missionOf(5) });
    await track(at('11:00'));
    const rewards = [{ kind: 'currency' as const, currency: 'xp', amount: { expression: 'event.value * 7' } }];
    await change({ ...missionOf(9, weekly), rewards });
    const seen = { steps: [{ target: 5 }], schedule: permanent, rewards: [{ amount: 50 }], progress: { target: 5 } };
    expect(await player().missions.get('m')).toMatchObject(seen);
    expect((await player().missions.list()).items).toMatchObject([seen]);
    await laurel.users.create({ id: 'bob' });
    const fresh = await laurel.as({ userId: 'bob' }).missions.get('m');
    expect(fresh).toMatchObject({ steps: [{ target: 9 }], rewards: [{ amount: null }], progress: null });
  });

  test('sees an archived mission for as long as it is running', async () => {
    await laurel.missions.create({ id: 'm', ...missionOf(2) });
    await track(at('11:00'));
    await laurel.missions.archive('m');
    expect(await player().missions.get('m')).toMatchObject({ progress: { state: 'active', amount: 1 } });
    expect((await track()).effects.missionsCompleted).toHaveLength(1);
    expect(await codeOf(player().missions.get('m'))).toBe('not_found');
  });

  test('joins it no second time, and leaves it', async () => {
    const body = { ...missionOf(5), assignment: { kind: 'optIn' as const } };
    await laurel.missions.create({ id: 'm', ...body });
    await player().missions.join('m');
    await change({ ...body, schedule: weekly });
    expect(await player().missions.join('m')).toMatchObject({ id: 'm:all' });
    expect(await progressOf()).toHaveLength(1);
    expect(await player().missions.leave('m')).toMatchObject({ id: 'm:all', state: 'cancelled' });
    expect(await player().missions.join('m')).toMatchObject({ id: 'm:2026-W24', state: 'active' });
  });
});

test('what is over is not cancelled', async () => {
  await laurel.missions.create({ id: 'm', ...missionOf(5, daily) });
  await track();
  clock.set('2026-06-12T12:00:00Z');
  expect(await codeOf(laurel.progress.cancel('m:2026-06-10', { user: 'ada' }))).toBe('unprocessable');
  expect(await progressOf()).toMatchObject([{ state: 'expired' }]);
});

test('who is suspended starts nothing', async () => {
  await laurel.missions.create({ id: 'm', ...missionOf(5), assignment: { kind: 'optIn' } });
  await laurel.users.update('ada', { status: 'suspended' }, { ifMatch: await laurel.users.get('ada') });
  expect(await codeOf(player().missions.join('m'))).toBe('unprocessable');
  expect(await codeOf(laurel.progress.assign({ user: 'ada', mission: 'm' }))).toBe('unprocessable');
});

test('the log of a progress holds to its amounts when a late event moves very many of them', async () => {
  await laurel.missions.create({ id: 'm', ...missionOf(100) });
  const events = Array.from({ length: 30 }, (_, minute) => ({
    userId: 'ada',
    activity: 'lesson',
    occurredAt: new Date(Date.parse(at('10:00')) + minute * 1000).toISOString(),
  }));
  await laurel.events.trackBatch({ events });
  await track(at('09:00'));
  const log = (await player().progress.log('m:all', { limit: 100 })).items;
  expect(log.map(({ amount }) => amount)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
});

test('the log keeps what was voided, and says so', async () => {
  await laurel.missions.create({ id: 'm', ...missionOf(9) });
  await track(at('10:00'));
  const { event } = await track(at('10:01'));
  await track(at('10:02'));
  await laurel.events.void(event.id, { note: 'a mistake' });
  expect((await player().progress.log('m:all')).items).toMatchObject([
    { amount: 1, voidedAt: null },
    { event: event.id, added: 1, amount: 2, voidedAt: '2026-06-10T12:00:00.000Z' },
    { amount: 2, voidedAt: null },
  ]);
});

test('the cadence of a published streak stays, in whatever way it is published', async () => {
  const streak = { name: { en: 'Every day' }, cadence: 'day', zone: 'UTC', activity: 'lesson' } as const;
  const weeks = { ...streak, cadence: 'week' } as const;
  const first = await laurel.streaks.create({ id: 's', ...streak });
  const refused = { code: 'unprocessable', pointers: ['/cadence'] };
  expect(await refusalOf(laurel.streaks.update('s', weeks, { ifMatch: first }))).toMatchObject(refused);
  await laurel.streaks.update('s', { ...weeks, draft: true }, { ifMatch: first });
  expect(await refusalOf(laurel.streaks.publish('s', {}))).toMatchObject(refused);
});
