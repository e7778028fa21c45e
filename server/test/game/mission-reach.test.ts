import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runRound } from '../../src/schedule/cell.ts';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import { getSheet } from '../../src/store/players.ts';
import { readDue } from '../../src/store/schedule.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { dyingTable } from '../support/dying.ts';
import { defineBasics, missionOf } from './definitions.ts';
import { advanceTo, type Boundary, openTestClock } from './test-clock.ts';
import { toldIn, toldLine } from './told.ts';
import { clockAt, type Game, HOME, openGame, times } from './world.ts';

const START = '2026-03-02T12:00:00.000Z';
const sandbox = workspaceScope(HOME.tenant, 'sandbox');
const line = ({ at, kind, subject, outcome, details }: Boundary) =>
  [at.slice(0, 16), kind, subject, outcome, details.players ?? details.missionsMoved ?? '-'].join(' ');
const week = { kind: 'recurring', every: 'week', zone: 'user' } as const;

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame({ clock: clockAt(START) });
  laurel = await openTestClock(game);
  await defineBasics(laurel);
});
afterEach(() => game.close());

async function players(one: Laurel, count: number, lessons: number): Promise<string[]> {
  const ids = times(count, (index) => `p${index}`);
  for (const id of ids) {
    await one.users.create({ id, zone: 'Asia/Kathmandu' });
    for (let done = 0; done < lessons; done += 1) await one.events.track({ userId: id, activity: 'lesson' });
  }
  return ids;
}

const toldOf = async (types: readonly string[], workspace = 'sandbox') =>
  (await toldIn(game, workspace, (type) => types.includes(type))).map(toldLine);

test('a version that counts again completes what is running of players who never come back', async () => {
  await laurel.missions.create({ id: 'm', ...missionOf(5) });
  await players(laurel, 3, 3);
  await laurel.users.create({ id: 'idle' });
  await advanceTo(laurel, '2026-03-10T12:00:00Z');
  await laurel.missions.update('m', { ...missionOf(2), running: 'recompute' }, { ifMatch: 1 });
  expect((await advanceTo(laurel, '2026-03-10T12:00:00Z')).map(line)).toEqual([
    '2026-03-10T12:00 mission.reached m reached 3',
    '2026-03-10T12:00 player.settle p0 settled m:all',
    '2026-03-10T12:00 player.settle p1 settled m:all',
    '2026-03-10T12:00 player.settle p2 settled m:all',
  ]);
  expect(await laurel.as({ userId: 'p1' }).progress.get('m:all')).toMatchObject({
    state: 'completed',
    missionVersion: 2,
  });
  expect((await toldOf(['mission.completed'])).toSorted()).toEqual(
    ['p0', 'p1', 'p2'].map((id) => `${id} 2026-03-10T12:00 mission.completed m:all m all`),
  );
  expect((await getSheet(game.table, sandbox, 'idle')).count).toBe(0);
  expect(await advanceTo(laurel, '2026-06-01T12:00:00Z')).toEqual([]);
});

test('one that begins anew lets them begin anew, and what is over by then stays as it ended', async () => {
  await laurel.missions.create({ id: 'm', ...missionOf(5, week) });
  const [id = ''] = await players(laurel, 1, 3);
  await advanceTo(laurel, '2026-03-10T12:00:00Z');
  await laurel.events.track({ userId: id, activity: 'lesson' });
  await laurel.missions.update('m', { ...missionOf(1, week), running: 'reset' }, { ifMatch: 1 });
  expect((await advanceTo(laurel, '2026-03-12T12:00:00Z')).map(line)).toEqual([
    '2026-03-10T12:00 mission.reached m reached 1',
    `2026-03-10T12:00 player.settle ${id} settled m:2026-W11`,
  ]);
  const { items } = await laurel.as({ userId: id }).progress.list();
  expect(items.map((one) => [one.period, one.state, one.amount, one.missionVersion])).toEqual([
    ['2026-W10', 'expired', 3, 1],
    ['2026-W11', 'active', 0, 2],
  ]);
  // The end of the week is due as before.
  await advanceTo(laurel, '2026-03-20T12:00:00Z');
  expect(await toldOf(['mission.expired'])).toEqual([
    `${id} 2026-03-08T18:15 mission.expired m:2026-W10 m 2026-W10`,
    `${id} 2026-03-15T18:15 mission.expired m:2026-W11 m 2026-W11`,
  ]);
});

test('a version that leaves running progress as it is reaches nobody, and neither does a draft', async () => {
  await laurel.missions.create({ id: 'm', ...missionOf(5, { ...week, zone: 'UTC' }) });
  await players(laurel, 1, 3);
  const closing = ['2026-03-09T00:00 mission.closed m closed -', '2026-03-09T00:00 mission.opened m opened -'];
  await laurel.missions.update('m', missionOf(4, { ...week, zone: 'UTC' }), { ifMatch: 1 });
  const draft = { ...missionOf(1, { ...week, zone: 'UTC' }), running: 'recompute' as const, draft: true };
  await laurel.missions.update('m', draft, { ifMatch: 2 });
  const report = await advanceTo(laurel, '2026-03-10T00:00:00Z');
  expect(report.map(line)).toEqual([...closing, '2026-03-09T00:00 player.settle p0 settled -']);
});

test('a configuration of several missions reaches everybody in one go', async () => {
  for (const id of ['a', 'b', 'c']) await laurel.missions.create({ id, ...missionOf(5) });
  await players(laurel, 2, 3);
  const { document, base } = await changed();
  await laurel.config.apply({ document, base, running: 'recompute' });
  const report = (await advanceTo(laurel, START)).map(line);
  expect(report).toEqual([
    '2026-03-02T12:00 mission.reached a reached 2',
    ...['p0', 'p1'].map((id) => `2026-03-02T12:00 player.settle ${id} settled a:all,b:all,c:all`),
  ]);
  expect(await toldOf(['mission.completed'])).toHaveLength(6);

  async function changed() {
    const exported = await laurel.config.export();
    const missions = exported.definitions.missions?.map((one) => ({ ...one, steps: missionOf(2).steps })) ?? [];
    const planned = { ...exported, definitions: { ...exported.definitions, missions } };
    return { document: planned, base: (await laurel.config.plan({ document: planned })).base };
  }
});

test('very many are reached page by page, once each, though the scheduler dies at any of its requests', async () => {
  const one = game.laurel;
  await defineBasics(one);
  await one.missions.create({ id: 'm', ...missionOf(5) });
  const ids = await players(one, 70, 2);
  await one.missions.update('m', { ...missionOf(2), running: 'recompute' }, { ifMatch: 1 });
  const { platform } = game.platform.inside;
  const home = workspaceScope(HOME.tenant, HOME.workspace);
  let deaths = 0;
  for (const nth of [5, 20, 40, 60, 80, 110, 140, 170, 200, 230]) {
    const { table, died } = dyingTable(game.table, nth, nth % 20 === 0 ? 'before' : 'after');
    await Promise.allSettled([runRound({ ...platform, table }, turnHandlers, START)]);
    if (died()) deaths += 1;
  }
  const later = '2026-03-02T12:00:01.000Z';
  for (let ran = 1; ran > 0; ) ran = (await runRound(platform, turnHandlers, later)).ran;
  expect(deaths).toBeGreaterThan(5);
  expect((await toldOf(['mission.completed'], HOME.workspace)).map((text) => text.split(' ')[0]).toSorted()).toEqual(
    ids.toSorted(),
  );
  for (const id of ids) expect((await getSheet(game.table, home, id)).count).toBe(3);
  expect(await readDue(game.table, home, '9999', 10)).toEqual([]);
});
