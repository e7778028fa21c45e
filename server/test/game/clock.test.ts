import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runRound } from '../../src/schedule/cell.ts';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import { readDue } from '../../src/store/schedule.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { defineBasics, missionOf, streakOf } from './definitions.ts';
import { advanceTo, openTestClock } from './test-clock.ts';
import { clockAt, codeOf, type Game, HOME, laurelOf, openGame, otherProcess, type TestClock, times } from './world.ts';

const START = '2026-11-20T12:00:00.000Z';

let game: Game;
let real: TestClock;
let laurel: Laurel;
beforeEach(async () => {
  real = clockAt(START);
  game = await openGame({ clock: real });
  laurel = await openTestClock(game);
});
afterEach(() => game.close());

const rome = (every: 'day' | 'week' | 'month') => ({ kind: 'recurring' as const, every, zone: 'Europe/Rome' });
const line = ({ at, kind, subject, outcome, details }: Awaited<ReturnType<typeof advanceTo>>[number]) =>
  `${at.slice(0, 16)} ${kind} ${subject} ${outcome}${details.period === undefined ? '' : ` ${details.period}`}`;

describe('a workspace with a test clock', () => {
  test('plays in the time that it is set to, and no other workspace does', async () => {
    await defineBasics(laurel);
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
    expect(await laurel.clock.get()).toEqual({ kind: 'test', now: START, version: 1 });
    for (const day of ['21', '22', '23']) {
      await laurel.clock.advance({ to: `2026-11-${day}T08:00:00Z` });
      const { event } = await laurel.events.track({ externalUserId: 'ada', activity: 'lesson' });
      expect(event).toMatchObject({
        occurredAt: `2026-11-${day}T08:00:00.000Z`,
        receivedAt: `2026-11-${day}T08:00:00.000Z`,
      });
    }
    const ada = laurel.as({ externalUserId: 'ada' });
    expect(await ada.streaks.get('daily')).toMatchObject({ current: 3 });
    await laurel.clock.advance({ to: '2026-11-25T08:00:00Z' });
    expect(await ada.streaks.get('daily')).toMatchObject({ current: 0, longest: 3 });

    const late = laurel.events.track({ externalUserId: 'ada', activity: 'lesson', occurredAt: '2026-11-25T08:06:00Z' });
    expect(await codeOf(late)).toBe('time_out_of_range');
    expect(await game.laurel.clock.get()).toEqual({ kind: 'real', now: START, version: 1 });
  });

  test('never goes back, and cannot leave the range of dates', async () => {
    await laurel.clock.advance({ to: '2026-12-01T00:00:00Z' });
    expect(await codeOf(laurel.clock.advance({ to: '2026-11-30T23:59:59Z' }))).toBe('time_out_of_range');
    expect(await codeOf(laurel.clock.advance({ to: '9999-01-01T00:00:00Z' }))).toBe('time_out_of_range');
    expect(await laurel.clock.advance({ to: '2026-12-01T00:00:00Z' })).toEqual({
      now: '2026-12-01T00:00:00.000Z',
      boundaries: [],
      done: true,
      nextTo: null,
    });
  });

  test('keeps answers and credentials by the real time', async () => {
    const send = () => laurel.users.create({ id: 'ada' }, { idempotencyKey: 'once' });
    const first = await send();
    await laurel.clock.advance({ to: '2027-11-20T12:00:00Z' });
    expect(await send()).toEqual(first);
    real.set('2026-11-21T12:00:01Z');
    expect(await codeOf(send())).toBe('already_exists');
  });
});

describe('boundaries', () => {
  test('of missions come in the order of time, kind and subject, with their periods', async () => {
    await defineBasics(laurel);
    await laurel.missions.create({ id: 'weekly', ...missionOf(5, rome('week')) });
    await laurel.missions.create({ id: 'daily', ...missionOf(1, rome('day')) });
    await laurel.missions.create({ id: 'nepali', ...missionOf(1, { ...rome('day'), zone: 'Asia/Kathmandu' }) });
    await laurel.missions.create({ id: 'own', ...missionOf(1, { ...rome('day'), zone: 'user' }) });
    await laurel.missions.create({ id: 'ever', ...missionOf(1) });
    expect((await advanceTo(laurel, '2026-11-22T23:00:00Z')).map(line)).toEqual([
      '2026-11-20T18:15 mission.closed nepali closed 2026-11-20',
      '2026-11-20T18:15 mission.opened nepali opened 2026-11-21',
      '2026-11-20T23:00 mission.closed daily closed 2026-11-20',
      '2026-11-20T23:00 mission.opened daily opened 2026-11-21',
      '2026-11-21T18:15 mission.closed nepali closed 2026-11-21',
      '2026-11-21T18:15 mission.opened nepali opened 2026-11-22',
      '2026-11-21T23:00 mission.closed daily closed 2026-11-21',
      '2026-11-21T23:00 mission.opened daily opened 2026-11-22',
      '2026-11-22T18:15 mission.closed nepali closed 2026-11-22',
      '2026-11-22T18:15 mission.opened nepali opened 2026-11-23',
      '2026-11-22T23:00 mission.closed daily closed 2026-11-22',
      '2026-11-22T23:00 mission.closed weekly closed 2026-W47',
      '2026-11-22T23:00 mission.opened daily opened 2026-11-23',
      '2026-11-22T23:00 mission.opened weekly opened 2026-W48',
    ]);
  });

  test('come in parts where they are many, and the parts are what one call would have been', async () => {
    await defineBasics(laurel);
    await laurel.missions.create({ id: 'daily', ...missionOf(1, rome('day')) });
    const to = '2027-11-20T12:00:00Z';
    const first = await laurel.clock.advance({ to });
    expect(first).toMatchObject({ done: false, nextTo: '2027-11-20T12:00:00.000Z', now: first.boundaries.at(-1)?.at });
    expect(first.boundaries).toHaveLength(200);
    const all = [...first.boundaries, ...(await advanceTo(laurel, to))];
    // An opening and a closing on each day, clock changes or not.
    expect(all.map(line)).toEqual(
      times(365, (day) => {
        const [before, after] = [0, 1].map((more) =>
          new Date(Date.UTC(2026, 10, 20 + day + more)).toISOString().slice(0, 10),
        );
        return [`mission.closed daily closed ${before}`, `mission.opened daily opened ${after}`];
      }).flatMap((both) => both.map((end) => expect.stringContaining(end))),
    );
    expect((await laurel.clock.get()).now).toBe('2027-11-20T12:00:00.000Z');
  });

  test('follow what the mission is now: a changed one moves, an archived one has none', async () => {
    await defineBasics(laurel);
    await laurel.missions.create({ id: 'a', ...missionOf(1, rome('day')) });
    await laurel.missions.create({ id: 'b', ...missionOf(1, rome('day')) });
    await laurel.missions.update('a', missionOf(1, rome('month')), { ifMatch: 1 });
    await laurel.missions.archive('b');
    expect((await advanceTo(laurel, '2026-12-15T00:00:00Z')).map(line)).toEqual([
      '2026-11-30T23:00 mission.closed a closed 2026-11',
      '2026-11-30T23:00 mission.opened a opened 2026-12',
    ]);
  });

  test('are told once, whoever advances: two processes at once share them out', async () => {
    await defineBasics(laurel);
    for (const id of ['a', 'b', 'c']) await laurel.missions.create({ id, ...missionOf(1, rome('day')) });
    const other = await otherProcess(game, { ...HOME, workspace: 'sandbox' });
    const to = '2026-12-10T12:00:00Z';
    const shares = await Promise.all([advanceTo(laurel, to), advanceTo(other.laurel, to), advanceTo(laurel, to)]);
    await other.close();
    const told = shares.flat().map(line);
    expect(told).toHaveLength(20 * 3 * 2);
    expect(new Set(told).size).toBe(told.length);
    for (const share of shares) expect(share.map(line)).toEqual(share.map(line).toSorted());
  });
});

describe('the clock of a workspace', () => {
  test('can be chosen while nothing has happened, and no longer', async () => {
    const clock = await game.laurel.clock.update({ kind: 'test' }, { ifMatch: 1 });
    expect(clock).toEqual({ kind: 'test', now: START, version: 2 });
    expect(await codeOf(game.laurel.clock.update({ kind: 'real' }, { ifMatch: 1 }))).toBe('version_mismatch');
    await game.laurel.clock.advance({ to: '2030-01-01T00:00:00Z' });
    expect((await game.laurel.users.create({ id: 'ada' })).createdAt).toBe('2030-01-01T00:00:00.000Z');
    expect(await codeOf(game.laurel.clock.update({ kind: 'real' }, { ifMatch: 2 }))).toBe('unprocessable');
  });

  test('is not chosen where something is due by the other one', async () => {
    await defineBasics(laurel);
    await laurel.missions.create({ id: 'daily', ...missionOf(1, rome('day')) });
    expect(await codeOf(laurel.clock.update({ kind: 'real' }, { ifMatch: 1 }))).toBe('unprocessable');
    await laurel.missions.archive('daily');
    // What was called off stands in line until its turn comes.
    await advanceTo(laurel, '2026-11-22T00:00:00Z');
    expect(await laurel.clock.update({ kind: 'real' }, { ifMatch: 1 })).toEqual({
      kind: 'real',
      now: START,
      version: 2,
    });
    expect((await laurel.users.create({ id: 'ada' })).createdAt).toBe(START);
  });

  test('is the real one where the workspace is marked production', async () => {
    const operations = laurelOf(await game.platform.createPlatformClient()).platform;
    const settings = { slug: 'live', name: 'Live', production: true };
    const both = operations.workspaces.create(HOME.tenant, { ...settings, clock: 'test' });
    expect(await codeOf(both)).toBe('invalid_request');
    expect(await operations.workspaces.create(HOME.tenant, settings)).toMatchObject({ production: true });
    const live = laurelOf(await game.platform.createWorkspaceClient({ ...HOME, workspace: 'live' }));
    expect(await codeOf(live.clock.update({ kind: 'test' }, { ifMatch: 1 }))).toBe('unprocessable');
    expect(await codeOf(live.clock.advance({ to: '2030-01-01T00:00:00Z' }))).toBe('unprocessable');
  });
});

test('in real time the same boundaries are run by the scheduler, in every workspace but those with a test clock', async () => {
  const { platform } = game.platform.inside;
  for (const one of [game.laurel, laurel]) {
    await defineBasics(one);
    await one.missions.create({ id: 'daily', ...missionOf(1, rome('day')) });
  }
  const round = () => runRound(platform, turnHandlers, real.now());
  expect(await round()).toEqual({ ran: 0, failed: 0 });
  real.set('2026-11-22T00:00:00Z');
  expect(await round()).toEqual({ ran: 4, failed: 0 });
  expect(await round()).toEqual({ ran: 0, failed: 0 });
  expect(await advanceTo(laurel, '2026-11-22T00:00:00Z')).toHaveLength(4);
});

test('a platform that is asked to runs the scheduler by itself', async () => {
  const own = await openGame({ clock: real, scheduleEvery: 1 });
  await defineBasics(own.laurel);
  await own.laurel.missions.create({ id: 'daily', ...missionOf(1, rome('day')) });
  const scope = workspaceScope(HOME.tenant, HOME.workspace);
  const dues = async () => (await readDue(own.table, scope, '9999', 10)).map(({ at }) => at);
  expect(await dues()).toEqual(times(2, () => '2026-11-20T23:00:00.000Z'));
  real.set('2026-11-22T00:00:00Z');
  await vi.waitFor(async () => expect(await dues()).toEqual(times(2, () => '2026-11-22T23:00:00.000Z')), 10_000);
  await own.close();
});
