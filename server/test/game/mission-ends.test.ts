import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runRound } from '../../src/schedule/cell.ts';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import { getSheet } from '../../src/store/players.ts';
import { readDue } from '../../src/store/schedule.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { dyingTable } from '../support/dying.ts';
import { defineBasics, missionOf } from './definitions.ts';
import { openReceiver } from './receiver.ts';
import { advanceTo, type Boundary, openTestClock } from './test-clock.ts';
import { toldIn, toldLine } from './told.ts';
import { clockAt, type Game, HOME, openGame, otherProcess, randomFrom, type TestClock, times } from './world.ts';

const START = '2026-03-02T12:00:00.000Z';
const HOUR = 3_600_000;
const iso = (instant: number) => new Date(instant).toISOString();
const daily = { kind: 'recurring', every: 'day', zone: 'user' } as const;
const ofMissions = (type: string) => type.startsWith('mission.') && type !== 'mission.progressed';
const line = ({ at, kind, subject, outcome, details }: Boundary) =>
  [at, kind, subject, outcome, details.missionsExpired ?? '-', details.missionsMoved ?? '-'].join(' ');

let game: Game;
let clock: TestClock;
let laurel: Laurel;
beforeEach(async () => {
  clock = clockAt(START);
  game = await openGame({ clock, destinations: { allowLoopback: true } });
  laurel = await openTestClock(game);
  await defineBasics(laurel);
});
afterEach(() => game.close());

const sandbox = workspaceScope(HOME.tenant, 'sandbox');
const lesson = (userId: string, at?: string, one = laurel) =>
  one.events.track({ userId, activity: 'lesson', ...(at === undefined ? {} : { occurredAt: at }) });
const told = async (workspace = 'sandbox') => (await toldIn(game, workspace, ofMissions)).map(toldLine);
const dues = async () =>
  (await readDue(game.table, sandbox, '9999', 100)).map(({ at, kind, subject }) => [at, kind, subject].join(' '));

const people = [
  ['ada', 'Pacific/Auckland'],
  ['kat', 'Asia/Kathmandu'],
  ['lou', 'America/Los_Angeles'],
] as const;

describe("a day of each player's own", () => {
  /** When who did something, and when their days end: summer time begins in Los Angeles, and ends in Auckland. */
  const moments: readonly (readonly [string, readonly string[]])[] = [
    [
      '2026-03-07T20:00:00.000Z',
      ['lou 2026-03-08T08:00 2026-03-07', 'ada 2026-03-08T11:00 2026-03-08', 'kat 2026-03-08T18:15 2026-03-08'],
    ],
    [
      '2026-03-08T20:00:00.000Z',
      ['lou 2026-03-09T07:00 2026-03-08', 'ada 2026-03-09T11:00 2026-03-09', 'kat 2026-03-09T18:15 2026-03-09'],
    ],
    [
      '2026-04-04T12:30:00.000Z',
      ['kat 2026-04-04T18:15 2026-04-04', 'lou 2026-04-05T07:00 2026-04-04', 'ada 2026-04-05T12:00 2026-04-05'],
    ],
  ];

  async function open(one: Laurel): Promise<void> {
    await one.missions.create({ id: 'daily', ...missionOf(3, daily) });
    // Others that end at the same moment or later, or never: the player is due once all the same.
    await one.missions.create({ id: 'weekly', ...missionOf(50, { ...daily, every: 'week' }) });
    await one.missions.create({ id: 'ever', ...missionOf(90) });
    for (const [id, zone] of people) await one.users.create({ id, zone });
  }
  const expired = moments.flatMap(([, ends]) => ends.map((end) => end.split(' ')));

  test('ends at its local midnight: once, in order, in the report, in what is told and in what is read', async () => {
    await open(laurel);
    const report: Boundary[] = [];
    for (const [moment] of moments) {
      report.push(...(await advanceTo(laurel, moment)));
      for (const [id] of people) await lesson(id);
      // Whoever has several missions running has one turn.
      expect((await dues()).filter((due) => due.includes('player.settle'))).toHaveLength(people.length);
      await advanceTo(laurel, iso(Date.parse(moment) + HOUR));
    }
    report.push(...(await advanceTo(laurel, '2026-05-01T00:00:00Z')));
    const days = report.map(line).filter((text) => text.includes('daily:'));
    expect(days).toEqual(
      expired.map(([id, end, day]) =>
        expect.stringMatching(`^${end}:00.000Z player.settle ${id} settled daily:${day}[, ]`),
      ),
    );
    expect(report.map(line)).toEqual(report.map(line).toSorted());
    const inDays = (await told()).filter((text) => text.includes(' daily:'));
    expect(inDays).toHaveLength(expired.length);
    expect(inDays.toSorted()).toEqual(
      expired.map(([id, end, day]) => `${id} ${end} mission.expired daily:${day} daily ${day}`).toSorted(),
    );
    for (const [id] of people) {
      const { items } = await laurel.as({ userId: id }).progress.list({ mission: 'daily' });
      expect(items.map(({ state }) => state)).toEqual(['expired', 'expired', 'expired']);
      expect((await getSheet(game.table, sandbox, id)).state.progress['ever:all']).not.toHaveProperty('endsAt');
    }
    expect(await dues()).toEqual([]);
    expect(await advanceTo(laurel, '2026-06-01T00:00:00Z')).toEqual([]);
  });

  test('ends once with the scheduler of the real time, run twice at once and killed at any of its requests', async () => {
    const one = game.laurel;
    await defineBasics(one);
    await open(one);
    clock.set('2026-03-07T20:00:00Z');
    for (const [id] of people) await lesson(id, undefined, one);
    const now = '2026-03-20T00:00:00.000Z';
    clock.set(now);
    const { platform } = game.platform.inside;
    const random = randomFrom(7);
    let deaths = 0;
    for (const nth of times(25, (index) => 1 + index * 2)) {
      const dying = times(2, (index) => {
        return dyingTable(game.table, nth + index * random.below(9), random.below(2) === 0 ? 'before' : 'after');
      });
      const runs = dying.map(({ table }) => runRound({ ...platform, table }, turnHandlers, now));
      await Promise.allSettled(runs);
      deaths += dying.filter(({ died }) => died()).length;
    }
    await Promise.all(times(2, () => runRound(platform, turnHandlers, now)));
    expect(deaths).toBeGreaterThan(5);
    const lines = (await told(HOME.workspace)).filter((text) => text.includes('mission.expired daily'));
    expect(lines.toSorted()).toEqual(
      expired
        .slice(0, 3)
        .map(([id, end, day]) => `${id} ${end} mission.expired daily:${day} daily ${day}`)
        .toSorted(),
    );
    // A lesson and the end of the day, which is that of the week as well but in Los Angeles.
    const home = workspaceScope(HOME.tenant, HOME.workspace);
    const counts = people.map(async ([id]) => (await getSheet(game.table, home, id)).count);
    expect(await Promise.all(counts)).toEqual([2, 2, 3]);
  });

  test('ends once with two processes that advance while players play', async () => {
    await open(laurel);
    for (const [id] of people) await lesson(id);
    const other = await otherProcess(game, { ...HOME, workspace: 'sandbox' });
    const to = '2026-03-03T20:00:00Z';
    await Promise.all([advanceTo(laurel, to), advanceTo(other.laurel, to), ...people.map(([id]) => lesson(id, START))]);
    await other.close();
    const lines = (await told()).filter((text) => text.includes('mission.expired daily'));
    expect(lines.map((text) => text.split(' ')[0]).toSorted()).toEqual(['ada', 'kat', 'lou']);
  });

  test('is told to a webhook, once', async () => {
    const receiver = await openReceiver();
    await open(laurel);
    const { secret } = await laurel.webhooks.create({ url: receiver.url, types: ['mission.expired'] });
    receiver.signedWith(secret);
    await lesson('kat');
    await advanceTo(laurel, '2026-03-04T00:00:00Z');
    await lesson('kat');
    await advanceTo(laurel, '2026-03-04T12:00:00Z');
    receiver.close();
    const progressId = 'daily:2026-03-02';
    expect([...receiver.told.values()]).toMatchObject([
      { type: 'mission.expired', userId: 'kat', data: { progressId, mission: 'daily', period: '2026-03-02' } },
    ]);
  });

  test('makes nobody due who has nothing that can expire', async () => {
    await laurel.missions.create({ id: 'one', ...missionOf(1, daily) });
    await laurel.missions.create({ id: 'ever', ...missionOf(90) });
    await laurel.missions.create({ id: 'from', ...missionOf(90, { kind: 'range', from: '2026-01-01', zone: 'user' }) });
    for (const [id, zone] of people) {
      await laurel.users.create({ id, zone });
      await lesson(id);
    }
    expect(await dues()).toEqual([]);
  });

  test('goes on where a traveller comes back to it, and expires again where they are then', async () => {
    await open(laurel);
    await lesson('ada');
    await advanceTo(laurel, '2026-03-03T12:00:00Z');
    const { version } = await laurel.users.get('ada');
    await laurel.users.update('ada', { zone: 'America/Los_Angeles' }, { ifMatch: version });
    await lesson('ada');
    const ada = laurel.as({ userId: 'ada' });
    expect(await ada.progress.get('daily:2026-03-03')).toMatchObject({ state: 'active', amount: 2 });
    await advanceTo(laurel, '2026-03-05T00:00:00Z');
    expect(await ada.progress.get('daily:2026-03-03')).toMatchObject({ state: 'expired', amount: 2 });
    expect((await told()).filter((text) => text.includes(' daily:'))).toEqual([
      'ada 2026-03-03T11:00 mission.expired daily:2026-03-03 daily 2026-03-03',
      'ada 2026-03-04T08:00 mission.expired daily:2026-03-03 daily 2026-03-03',
    ]);
  });
});

test('the end of a range, of a fixed zone and of a cron period come at their moments', async () => {
  await laurel.missions.create({ id: 'range', ...missionOf(3, { kind: 'range', to: '2026-03-04', zone: 'user' }) });
  await laurel.missions.create({ id: 'rome', ...missionOf(3, { ...daily, zone: 'Europe/Rome' }) });
  await laurel.missions.create({ id: 'shift', ...missionOf(3, { kind: 'cron', cron: '0 6 * * *', zone: 'user' }) });
  await laurel.users.create({ id: 'kat', zone: 'Asia/Kathmandu' });
  await lesson('kat');
  const report = (await advanceTo(laurel, '2026-03-06T12:00:00Z')).filter(({ kind }) => kind === 'player.settle');
  expect(report.map(line)).toEqual([
    '2026-03-02T23:00:00.000Z player.settle kat settled rome:2026-03-02 -',
    '2026-03-03T00:15:00.000Z player.settle kat settled shift:2026-03-02T00:15Z -',
    '2026-03-04T18:15:00.000Z player.settle kat settled range:all -',
  ]);
  expect(await told()).toEqual([
    'kat 2026-03-02T23:00 mission.expired rome:2026-03-02 rome 2026-03-02',
    'kat 2026-03-03T00:15 mission.expired shift:2026-03-02T00:15Z shift 2026-03-02T00:15Z',
    'kat 2026-03-04T18:15 mission.expired range:all range all',
  ]);
});

test('a player who has moved to the east begins the next period while the one before is still to end', async () => {
  await laurel.missions.create({ id: 'm', ...missionOf(3, { kind: 'cron', cron: '0 0 1 * *', zone: 'user' }) });
  await laurel.users.create({ id: 'lou', zone: 'America/Los_Angeles' });
  await lesson('lou');
  await laurel.users.update('lou', { zone: 'Pacific/Auckland' }, { ifMatch: 1 });
  // The first of April begins in Auckland at 11:00, and in Los Angeles 20 hours later.
  await advanceTo(laurel, '2026-03-31T12:00:00Z');
  await lesson('lou');
  const { items } = await laurel.as({ userId: 'lou' }).progress.list();
  expect(items.map(({ state }) => state)).toEqual(['active', 'active']);
  await advanceTo(laurel, '2026-04-02T12:00:00Z');
  expect(await told()).toEqual(['lou 2026-04-01T07:00 mission.expired m:2026-03-01T08:00Z m 2026-03-01T08:00Z']);
});

describe('what comes late', () => {
  const END = '2026-03-03T00:00';
  const expired = `ada ${END} mission.expired daily:2026-03-02 daily 2026-03-02`;
  const state = async () =>
    (await laurel.as({ userId: 'ada' }).progress.list()).items.map((one) => `${one.state} ${one.amount}`);
  beforeEach(async () => {
    await laurel.missions.create({ id: 'daily', ...missionOf(3, daily) });
    await laurel.users.create({ id: 'ada', zone: 'UTC' });
    await lesson('ada', '2026-03-02T10:00:00Z');
  });

  test('completes what had expired; undone, it has expired once more', async () => {
    await advanceTo(laurel, '2026-03-03T09:00:00Z');
    expect(await told()).toEqual([expired]);
    await lesson('ada', '2026-03-02T11:00:00Z');
    expect([await told(), await state()]).toEqual([[expired], ['expired 2']]);
    const { event, effects } = await lesson('ada', '2026-03-02T09:00:00Z');
    expect(effects.missionsCompleted).toEqual([{ mission: 'daily', period: '2026-03-02' }]);
    const completed = expect.stringContaining('mission.completed daily:2026-03-02');
    expect([await told(), await state()]).toEqual([[expired, completed], ['completed 3']]);
    await advanceTo(laurel, '2026-03-04T09:00:00Z');
    await laurel.events.void(event.id, { note: 'It was not so' });
    const reverted = expect.stringContaining('mission.reverted daily:2026-03-02');
    const after = await told();
    // What one change takes back and what it lets expire are told together.
    expect([after.slice(0, 2), after.slice(2).toSorted()]).toEqual([
      [expired, completed],
      [expired, reverted],
    ]);
    expect(await state()).toEqual(['expired 2']);
  });

  test('takes away what had expired where nothing is left of it, and leaves nothing due', async () => {
    await advanceTo(laurel, '2026-03-03T09:00:00Z');
    const { event } = await lesson('ada');
    await advanceTo(laurel, '2026-03-04T09:00:00Z');
    await laurel.events.void(event.id, { note: 'It was not so' });
    expect(await state()).toEqual(['expired 1']);
    expect(await told()).toHaveLength(2);
    expect(await dues()).toEqual([]);
  });

  test('lets expire ten minutes later what was completed in time, and is no more', async () => {
    const { event } = await lesson('ada');
    await lesson('ada', '2026-03-02T11:00:00Z');
    expect(await state()).toEqual(['completed 3']);
    await advanceTo(laurel, '2026-03-03T09:00:00Z');
    await laurel.events.void(event.id, { note: 'It was not so' });
    expect((await told()).filter((text) => text.includes('expired'))).toEqual([]);
    const report = await advanceTo(laurel, '2026-03-03T10:00:00Z');
    expect(report.map(line)).toEqual(['2026-03-03T09:10:00.000Z player.settle ada settled daily:2026-03-02 -']);
    expect((await told()).filter((text) => text.includes('expired'))).toEqual([expired]);
    expect(await state()).toEqual(['expired 2']);
  });

  test('is an import of days long past: each expires once, in whatever order they come', async () => {
    const days = times(12, (day) => `2026-02-${String(day + 10)}`);
    for (const day of randomFrom(3).shuffle(days)) await lesson('ada', `${day}T10:00:00Z`);
    await advanceTo(laurel, '2026-03-03T09:00:00Z');
    expect((await told()).toSorted()).toEqual(
      [...days, '2026-03-02'].map((day) => {
        const end = iso(Date.parse(`${day}T00:00:00Z`) + 24 * HOUR).slice(0, 16);
        return `ada ${end} mission.expired daily:${day} daily ${day}`;
      }),
    );
  });
});

test('who joins a mission anew each day joins the one of the day, and hears of no other', async () => {
  await laurel.missions.create({ id: 'own', ...missionOf(3, daily), assignment: { kind: 'optIn' } });
  await game.laurel.users.create({ id: 'bob' });
  await defineBasics(game.laurel);
  await game.laurel.missions.create({ id: 'own', ...missionOf(3, daily), assignment: { kind: 'optIn' } });
  const bob = game.laurel.as({ userId: 'bob' });
  await bob.missions.join('own');
  // No scheduler runs here: the act itself finds that the day is over.
  clock.set('2026-03-03T12:00:00Z');
  expect(await bob.missions.join('own')).toMatchObject({ id: 'own:2026-03-03', state: 'active' });
  clock.set('2026-03-04T12:00:00Z');
  const { effects } = await lesson('bob', undefined, game.laurel);
  expect(effects.progress).toEqual([]);
  expect(await told(HOME.workspace)).toEqual([
    'bob 2026-03-02T12:00 mission.joined own:2026-03-02 own 2026-03-02',
    'bob 2026-03-03T00:00 mission.expired own:2026-03-02 own 2026-03-02',
    'bob 2026-03-03T12:00 mission.joined own:2026-03-03 own 2026-03-03',
    'bob 2026-03-04T00:00 mission.expired own:2026-03-03 own 2026-03-03',
  ]);
});

describe('the ends of missions come to the same', () => {
  const zones = ['Europe/Rome', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kathmandu'];
  const DAYS = 10;
  /** Summer time begins in Los Angeles on the third day. */
  const FROM = Date.parse('2026-03-05T12:00:00Z');

  async function define(one: Laurel): Promise<void> {
    await one.missions.create({ id: 'daily', ...missionOf(2, daily) });
    await one.missions.create({ id: 'again', ...missionOf(2, daily), repeat: { times: 2 } });
    await one.missions.create({ id: 'weekly', ...missionOf(7, { ...daily, every: 'week' }) });
    await one.missions.create({ id: 'rome', ...missionOf(2, { ...daily, zone: 'Europe/Rome' }) });
    for (const [index, zone] of zones.entries()) await one.users.create({ id: `p${index}`, zone });
  }

  interface Doing {
    readonly at: number;
    readonly user: string;
    readonly id: string;
    /** When it arrives: later, where it is late. */
    readonly sentAt: number;
    readonly voidedAt: number | null;
  }

  /** Lessons at moments of their own; some come late, some are voided; at last everybody has one, long after. */
  function doings(seed: number, isLate: boolean): Doing[] {
    const random = randomFrom(seed);
    const after = (at: number) => at + (1 + random.below(90)) * HOUR;
    const all = zones.flatMap((_, player) =>
      times(DAYS * 2, (nth): Doing => {
        const at = FROM + Math.floor(nth / 2) * 24 * HOUR + random.below(24 * HOUR);
        const sentAt = isLate && random.below(5) === 0 ? after(at) : at;
        const voidedAt = isLate && random.below(6) === 0 ? after(sentAt) : null;
        return { at, user: `p${player}`, id: `${seed}-${player}-${nth}`, sentAt, voidedAt };
      }).filter(() => random.below(4) > 0),
    );
    const last = zones.map((_, player): Doing => {
      const at = FROM + (DAYS + 20) * 24 * HOUR + player;
      return { at, user: `p${player}`, id: `${seed}-${player}-last`, sentAt: at, voidedAt: null };
    });
    return [...all, ...last];
  }

  type Step = { readonly at: number; readonly what: (one: Laurel) => Promise<unknown> };
  const stepsOf = (all: readonly Doing[]): Step[] =>
    all
      .flatMap(({ at, user, id, sentAt, voidedAt }): Step[] => [
        {
          at: sentAt,
          what: (one) => one.events.track({ id, userId: user, activity: 'lesson', occurredAt: iso(at) }),
        },
        ...(voidedAt === null ? [] : [{ at: voidedAt, what: (one: Laurel) => one.events.void(id, { note: 'no' }) }]),
      ])
      .toSorted((a, b) => a.at - b.at);

  /** Hot states, what players see, and what was told, whatever order it was told in. */
  async function outcomeOf(one: Laurel, workspace: string) {
    const scope = workspaceScope(HOME.tenant, workspace);
    const players = await Promise.all(
      zones.map(async (_, index) => {
        const { state } = await getSheet(game.table, scope, `p${index}`);
        const { items } = await one.as({ userId: `p${index}` }).progress.list({ limit: 200 });
        return { progress: state.progress, completions: state.completions, wallets: state.wallets, items };
      }),
    );
    const plain: typeof players = JSON.parse(JSON.stringify(players));
    return { players: plain, told: (await told(workspace)).toSorted() };
  }

  async function play(workspace: string, steps: readonly Step[], stops: (gap: number) => number[]) {
    const one = await openTestClock(game, workspace);
    await defineBasics(one);
    await define(one);
    let now = Date.parse(START);
    for (const { at, what } of steps) {
      for (const stop of stops(at - now)) await advanceTo(one, iso(now + stop));
      await advanceTo(one, iso(at));
      await what(one);
      now = at;
    }
    return outcomeOf(one, workspace);
  }

  test.each([
    ['in order', 1, false],
    ['with late and voided events', 2, true],
  ] as const)('through any split of time, or where nobody looks: %s', async (_, seed, isLate) => {
    const steps = stepsOf(doings(seed, isLate));
    const random = randomFrom(seed + 100);
    const whole = await play('whole', steps, () => []);
    const split = await play('split', steps, (gap) =>
      times(random.below(3), () => random.below(gap + 1)).toSorted((a, b) => a - b),
    );
    // The home workspace lives by the clock of the platform, and nothing is run in it.
    await defineBasics(game.laurel);
    await define(game.laurel);
    for (const { at, what } of steps) {
      clock.set(iso(at));
      await what(game.laurel);
    }
    const lazy = await outcomeOf(game.laurel, HOME.workspace);
    expect(split).toEqual(whole);
    expect(lazy.players).toEqual(whole.players);
    // What comes late and completes something had not expired for those who had not looked.
    if (!isLate) expect(lazy.told).toEqual(whole.told);
    const over = whole.players.flatMap(({ items }) => items.filter(({ state }) => state === 'expired'));
    const expiries = whole.told.filter((text) => text.includes('mission.expired'));
    expect(over.length).toBeGreaterThan(20);
    if (isLate) expect(expiries.length).toBeGreaterThan(over.length);
    else expect(expiries).toHaveLength(over.length);
  });
});
