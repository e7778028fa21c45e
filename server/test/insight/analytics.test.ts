import type { Laurel } from '@laurel/sdk/server';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { analyticsConsumer } from '../../src/analytics/consumer.ts';
import { rebuildAnalytics } from '../../src/analytics/rebuild.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { defineWorld } from '../game/definitions.ts';
import { clockAt, type Game, HOME, laurelOf, openGame, refusalOf } from '../game/world.ts';
import { deleteEverything } from './counters.ts';

const NOW = '2026-06-20T12:00:00.000Z';
const ZONE = 'Pacific/Auckland';
const REPORT = { from: '2026-05-25', to: '2026-06-30' };
const PLAYERS = ['ada', 'bo', 'cy'] as const;

let game: Game;
beforeEach(async () => {
  game = await openGame({ clock: clockAt(NOW) });
});
afterEach(() => game.close());

let made = 0;

/** A new workspace of Auckland with something of everything, and three players. */
async function openWorkspace() {
  made += 1;
  const place = { tenant: HOME.tenant, workspace: `counted-${made}` };
  const laurel = laurelOf(await game.platform.createWorkspaceClient(place));
  const workspace = await laurel.workspace.get();
  await laurel.workspace.update({ zone: ZONE }, { ifMatch: workspace });
  await defineWorld(laurel);
  for (const id of PLAYERS) await laurel.users.create({ id });
  return { laurel, scope: workspaceScope(place.tenant, place.workspace) };
}

const dayOf = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDate().toString();
const weekOf = (day: string) => {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(day);
  return `${yearOfWeek}-W${weekOfYear}`;
};

/** Sums by name. */
function sums() {
  const all = new Map<string, number>();
  return {
    all,
    add: (name: string, amount: number) => void all.set(name, (all.get(name) ?? 0) + amount),
    of: (name: string) => all.get(name) ?? 0,
  };
}

/** All reports, as sums by name. */
async function reported(laurel: Laurel, query: { segment?: string } = {}) {
  await game.platform.inside.streams.settled();
  const { add, all } = sums();
  const asked = { ...REPORT, ...query };
  for (const row of (await laurel.analytics.overview(asked)).rows) {
    add(`active ${row.day}`, row.active);
    add(`events ${row.day}`, row.events);
    add(`completed ${row.day}`, row.missionsCompleted);
    add(`week ${row.day}`, row.activeInWeek);
    add(`month ${row.day}`, row.activeInMonth);
  }
  for (const row of (await laurel.analytics.rewards(asked)).rows) {
    add(`cost ${row.day} ${row.source} ${row.id} ${row.of}`, row.amount);
  }
  for (const row of (await laurel.analytics.economy(asked)).rows) {
    add(`net ${row.day} ${row.currency}`, row.minted - row.burned);
    add(`outstanding ${row.day} ${row.currency}`, row.outstanding);
  }
  for (const row of (await laurel.analytics.missions(asked)).rows) {
    add(`started ${row.day} ${row.mission}`, row.started);
    add(`ended ${row.day} ${row.mission}`, row.completed);
    add(`funnel ${row.day} ${row.mission}`, row.completedOfStarted);
  }
  for (const row of (await laurel.analytics.funnels(asked)).rows) {
    add(`stage ${row.day} ${row.mission} ${row.version} ${row.stage} ${row.step ?? ''}`, row.players);
  }
  for (const row of (await laurel.analytics.streaks(asked)).rows)
    add(`run ${row.day} ${row.streak} ${row.length}`, row.players);
  for (const row of (await laurel.analytics.leaderboards(asked)).rows)
    add(`board ${row.day} ${row.leaderboard}`, row.players);
  return new Map([...all].filter(([, amount]) => amount !== 0));
}

/** The same, counted from events, explanations, progress and calendars. */
async function recounted(laurel: Laurel, players: readonly string[] = PLAYERS) {
  const { add, all } = sums();
  const days: string[] = [];
  for (let day = Temporal.PlainDate.from(REPORT.from); day.toString() <= REPORT.to; day = day.add({ days: 1 })) {
    days.push(day.toString());
  }
  const net = sums();
  for (const userId of players) {
    const active = new Set<string>();
    const boards = new Set<string>();
    for await (const event of laurel.events.list({ userId })) {
      if (event.voidedAt !== null) continue;
      const day = dayOf(event.occurredAt);
      active.add(day);
      add(`events ${day}`, 1);
      if (event.activity === 'lesson' && event.value > 0) boards.add(`board ${day} sum`);
      if (event.activity === 'quiz') boards.add(`board ${day} weekly`);
      for (const { currency, amount, reason } of (await laurel.events.explain(event.id)).granted) {
        add(`net ${day} ${currency}`, amount);
        net.add(`${day} ${currency}`, amount);
        if (reason.kind === 'rule') add(`cost ${day} rule ${reason.rule} ${currency}`, amount);
        if (reason.kind === 'mission') add(`cost ${day} mission ${reason.mission} ${currency}`, amount);
      }
    }
    for (const name of boards) add(name, 1);
    for (const day of active) add(`active ${day}`, 1);
    for (const day of days) {
      if ([...active].some((other) => weekOf(other) === weekOf(day))) add(`week ${day}`, 1);
      if ([...active].some((other) => other.slice(0, 7) === day.slice(0, 7))) add(`month ${day}`, 1);
    }
    const player = laurel.as({ userId });
    for await (const { mission, startedAt, completedAt, missionVersion, steps, state } of player.progress.list()) {
      add(`started ${dayOf(startedAt)} ${mission}`, 1);
      const stage = `stage ${dayOf(startedAt)} ${mission} ${missionVersion}`;
      add(`${stage} started `, 1);
      add(`${stage} ${state} `, 1);
      for (const [step, { completedAt: reachedAt }] of steps.entries())
        if (reachedAt !== null) add(`${stage} step ${step}`, 1);
      if (completedAt === null) continue;
      add(`ended ${dayOf(completedAt)} ${mission}`, 1);
      add(`completed ${dayOf(completedAt)}`, 1);
      add(`funnel ${dayOf(startedAt)} ${mission}`, 1);
    }
    const last = (await player.streaks.calendar('daily', REPORT)).runs.at(-1);
    if (last !== undefined) add(`run ${last.to} daily ${last.days}`, 1);
  }
  for (const name of net.all.keys()) {
    const [day = '', currency = ''] = name.split(' ');
    const until = [...net.all].filter(([other]) => other.endsWith(` ${currency}`) && other <= name);
    add(
      `outstanding ${day} ${currency}`,
      until.reduce((sum, [, amount]) => sum + amount, 0),
    );
  }
  return new Map([...all].filter(([, amount]) => amount !== 0));
}

const sorted = (counts: ReadonlyMap<string, number>) => [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));

const histories = fc.array(
  fc.record({
    user: fc.nat(2),
    activity: fc.constantFrom('lesson', 'lesson', 'quiz'),
    hour: fc.nat(24 * 16),
    value: fc.nat(3),
    voided: fc.nat(4).map((one) => one === 0),
  }),
  { minLength: 5, maxLength: 25 },
);
type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

async function play(laurel: Laurel, history: History): Promise<void> {
  for (const [index, { user, activity, hour, value, voided }] of history.entries()) {
    const occurredAt = new Date(Date.UTC(2026, 5, 1) + hour * 3_600_000).toISOString();
    const id = `e${index}`;
    await laurel.events.track({ id, userId: PLAYERS[user] ?? 'ada', activity, occurredAt, value });
    if (voided) await laurel.events.void(id, { note: 'by mistake' });
  }
}

test('what is reported is what a recount of everything comes to, after late events, voids and refolds; a rebuild agrees', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const { laurel, scope } = await openWorkspace();
      await play(laurel, history);
      const expected = sorted(await recounted(laurel));
      expect(sorted(await reported(laurel))).toEqual(expected);
      // From nothing, by the table alone.
      await deleteEverything(game.table, scope);
      expect(sorted(await reported(laurel))).toEqual([]);
      await rebuildAnalytics(game.table, scope);
      expect(sorted(await reported(laurel))).toEqual(expected);
    }),
    { numRuns: 4 },
  );
});

const fixed: History = [
  { user: 0, activity: 'lesson', hour: 5, value: 1, voided: false },
  { user: 0, activity: 'lesson', hour: 30, value: 1, voided: false },
  { user: 0, activity: 'lesson', hour: 6, value: 1, voided: false },
  { user: 0, activity: 'lesson', hour: 7, value: 1, voided: false },
  { user: 1, activity: 'quiz', hour: 7, value: 1, voided: false },
];

test('changes that come again, or to several at once, are counted once', async () => {
  const { laurel, scope } = await openWorkspace();
  await play(laurel, fixed);
  const expected = sorted(await reported(laurel));
  expect(expected.length).toBeGreaterThan(20);
  const consumer = analyticsConsumer(game.table);
  const keys = (await game.snapshot())
    .split('\n')
    .map((line): unknown => JSON.parse(line))
    .flatMap((line) => (Array.isArray(line) ? [{ pk: String(line[0]), sk: String(line[1]) }] : []));
  const mine = keys.filter((key) => consumer.wants(key) && key.pk.includes(`#${scope.workspace}#`));
  expect(mine.length).toBeGreaterThan(5);
  const changes = mine.map((key) => ({ key, before: undefined, after: undefined }));
  const before = await game.snapshot();
  await Promise.all([consumer.consume(changes), consumer.consume(changes.toReversed())]);
  expect(await game.snapshot()).toBe(before);
  await deleteEverything(game.table, scope);
  await Promise.all([consumer.consume(changes), consumer.consume(changes.toReversed())]);
  expect(sorted(await reported(laurel))).toEqual(expected);
});

test('what is minted, spent, held, transferred and taken back is told apart, and outstanding is what players have', async () => {
  const { laurel } = await openWorkspace();
  const post = (kind: 'credit' | 'debit' | 'hold' | 'transfer', legs: readonly (readonly [string, number])[]) =>
    laurel.ledger.create({
      kind,
      note: 'by hand',
      legs: legs.map(([userId, amount]) => ({ userId, currency: 'xp', amount })),
    });
  await post('credit', [['ada', 100]]);
  const spent = await post('debit', [['ada', 30]]);
  await post('hold', [['ada', 20]]);
  await post('transfer', [
    ['ada', -5],
    ['bo', 5],
  ]);
  await game.platform.inside.streams.settled();
  const row = { day: dayOf(NOW), currency: 'xp' };
  const economy = async (query = {}) => (await laurel.analytics.economy({ ...REPORT, ...query })).rows;
  expect(await economy()).toEqual([{ ...row, minted: 100, burned: 30, received: 0, outstanding: 70 }]);
  await laurel.segments.create({ id: 'bo', name: { en: 'Bo' }, condition: 'user.id == "bo"' });
  expect(await economy({ segment: 'bo' })).toEqual([{ ...row, minted: 0, burned: 0, received: 5, outstanding: 5 }]);
  await laurel.ledger.reverse(spent.id, { note: 'by mistake' });
  await game.platform.inside.streams.settled();
  const [after] = await economy();
  expect(after?.outstanding).toBe(100);
});

describe('a segment', () => {
  test('is reported as a recount of its members', async () => {
    const { laurel } = await openWorkspace();
    await play(laurel, fixed);
    await laurel.segments.create({ id: 'one', name: { en: 'One' }, condition: 'user.id == "ada"' });
    expect(sorted(await reported(laurel, { segment: 'one' }))).toEqual(sorted(await recounted(laurel, ['ada'])));
    expect((await laurel.analytics.overview({ ...REPORT, segment: 'one' })).complete).toBe(true);
  });

  test('that is not there is refused, and so are days that are too many or none', async () => {
    const { laurel } = await openWorkspace();
    expect(await refusalOf(laurel.analytics.users({ ...REPORT, segment: 'none' }))).toMatchObject({
      code: 'unknown_reference',
      pointers: ['/query/segment'],
    });
    for (const to of ['2026-05-24', '2027-05-26']) {
      expect(await refusalOf(laurel.analytics.users({ ...REPORT, to }))).toMatchObject({
        code: 'unprocessable',
        pointers: ['/query/to'],
      });
    }
  });
});

test('users are counted on the day on which they came to be', async () => {
  const { laurel } = await openWorkspace();
  await play(laurel, fixed);
  await game.platform.inside.streams.settled();
  const { rows } = await laurel.analytics.users(REPORT);
  expect(rows.filter(({ created }) => created > 0)).toEqual([{ day: dayOf(NOW), created: 3, active: 0 }]);
});
