import { ScanCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TableChange } from '../../src/ports/stream.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import type { Table } from '../../src/store/table.ts';
import { streamConsumers } from '../../src/stream/consumers.ts';
import { recountScore } from '../../src/teams/recount-score.ts';
import { forgetTeamLines } from '../support/team-lines.ts';
import { boardOf, defineBasics } from './definitions.ts';
import { clockAt, type Game, HOME, openGame, randomFrom, type TestClock, times } from './world.ts';

const MINUTE = 60_000;
const BEGINNING = Date.parse('2026-06-01T00:00:00Z');
const at = (minute: number, more = 0) => new Date(BEGINNING + minute * MINUTE + more).toISOString();

const TEAMS = ['red', 'blue', 'green'];
const PLAYERS = times(6, (index) => `p${index}`);
const kinds = ['sum', 'count', 'max', 'min', 'latest'] as const;
const WEEK = '2026-W23';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt(at(0));
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  for (const kind of kinds) {
    const window = kind === 'count' ? { kind: 'recurring' as const, every: 'week' as const, zone: 'UTC' } : undefined;
    await laurel.leaderboards.create({
      ...boardOf('competition'),
      id: kind,
      scope: 'teams',
      source: { kind, activity: 'lesson' },
      ...(window === undefined ? {} : { window }),
    });
  }
  for (const id of TEAMS) await laurel.teams.create({ id, name: id });
  await laurel.users.createBatch({ users: PLAYERS.map((id) => ({ id })) });
});
afterEach(() => game.close());

interface Sent {
  readonly id: string;
  readonly player: string;
  readonly at: string;
  readonly value: number;
  /** The team that the player was in by then, as the test itself keeps books of it. */
  readonly team: string | null;
}

interface Stretch {
  readonly team: string | null;
  readonly from: string;
}

const naive = {
  sum: (all: readonly Sent[]) => all.reduce((sum, { value }) => sum + value, 0),
  count: (all: readonly Sent[]) => all.length,
  max: (all: readonly Sent[]) => Math.max(...all.map(({ value }) => value)),
  min: (all: readonly Sent[]) => Math.min(...all.map(({ value }) => value)),
  latest: (all: readonly Sent[]) => all.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)?.value ?? 0,
};

function expected(kind: (typeof kinds)[number], sent: readonly Sent[]) {
  return TEAMS.flatMap((team) => {
    const own = sent.filter((one) => one.team === team);
    return own.length === 0 ? [] : [{ team, score: naive[kind](own) }];
  }).toSorted((a, b) => (a.team < b.team ? -1 : 1));
}

async function found(kind: string) {
  const items = await laurel.leaderboards.entries(kind, kind === 'count' ? { period: WEEK } : {}).toArray({ max: 10 });
  return items
    .map(({ team, score }) => ({ team: team?.id ?? '', score }))
    .toSorted((a, b) => (a.team < b.team ? -1 : 1));
}

async function expectAll(sent: readonly Sent[]): Promise<void> {
  for (const kind of kinds) expect({ kind, lines: await found(kind) }).toEqual({ kind, lines: expected(kind, sent) });
}

/** Plays a history in which players change teams, events come late and are taken back; what counts at its end. */
async function playOn(seed: number, steps: number): Promise<Sent[]> {
  const random = randomFrom(seed);
  const stretches = new Map<string, Stretch[]>(PLAYERS.map((player) => [player, [{ team: null, from: at(-1) }]]));
  const members = new Map<string, string>();
  let sent: Sent[] = [];
  for (let minute = 1; minute <= steps; minute += 1) {
    clock.set(at(minute));
    const player = PLAYERS[random.below(PLAYERS.length)] ?? '';
    const own = stretches.get(player) ?? [];
    const team = own.at(-1)?.team ?? null;
    const dice = random.below(10);
    if (dice < 3) {
      const next = team === null ? (TEAMS[random.below(TEAMS.length)] ?? 'red') : null;
      if (team !== null) await laurel.teams.removeMember(team, members.get(player) ?? '');
      if (next !== null) members.set(player, (await laurel.teams.addMember(next, { userId: player })).id);
      own.push({ team: next, from: at(minute) });
      continue;
    }
    const some = sent[random.below(Math.max(1, sent.length))];
    if (dice === 3 && some !== undefined) {
      await laurel.events.void(some.id, { note: 'a mistake' });
      sent = sent.filter(({ id }) => id !== some.id);
      continue;
    }
    // Half of them late, and each at a moment of its own.
    const late = random.below(2) === 0 ? random.below(minute) : 0;
    const moment = at(minute - late, minute);
    if (moment > at(minute, 5 * MINUTE)) continue;
    const value = 1 + random.below(9);
    const { event } = await laurel.events.track({ userId: player, activity: 'lesson', value, occurredAt: moment });
    const then = own.findLast(({ from }) => from <= moment)?.team ?? null;
    sent.push({ id: event.id, player, at: moment, value, team: then });
  }
  return sent;
}

/** Every change of a share that the stream could tell of, as the table stands. */
async function shareChanges(): Promise<TableChange[]> {
  const { client, name } = game.table;
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  return Items.filter(({ pk }) => String(pk).includes('#SHARES#')).map((item) => ({
    key: { pk: String(item.pk), sk: String(item.sk) },
    before: undefined,
    after: item,
  }));
}

function teamsFollower() {
  const consumer = streamConsumers(game.table).find(({ name }) => name === 'teams');
  if (consumer === undefined) throw new Error('nobody counts for teams');
  return consumer;
}

test.each([1, 2, 3])(
  'what teams have is what their members did while they were in them, after changes of team, late events and voids (%i)',
  async (seed) => {
    const sent = await playOn(seed, 120);
    await game.platform.inside.streams.settled();
    await expectAll(sent);
    expect(sent.length).toBeGreaterThan(20);
  },
  60_000,
);

test('it comes out the same whether changes are told again, in whatever order, side by side, or never', async () => {
  const random = randomFrom(7);
  const sent = await playOn(7, 100);
  await game.platform.inside.streams.settled();
  const consumer = teamsFollower();
  const changes = await shareChanges();
  expect(changes.length).toBeGreaterThan(20);
  expect(changes.every(({ key }) => consumer.wants(key))).toBe(true);

  await Promise.all(
    times(12, () => consumer.consume(random.shuffle(changes).slice(0, 10 + random.below(changes.length)))),
  );
  await expectAll(sent);

  // As if nothing had ever been told.
  const scope = workspaceScope(HOME.tenant, HOME.workspace);
  expect(await forgetTeamLines(game.table)).toBeGreaterThan(0);
  expect(await found('sum')).toEqual([]);
  await consumer.rebuild?.(scope);
  await expectAll(sent);
}, 60_000);

test('it comes out the same while members play at once and several follow the stream', async () => {
  for (const [index, userId] of PLAYERS.entries()) {
    await laurel.teams.addMember(TEAMS[index % 2] ?? '', { userId, joinedAt: at(-10) });
  }
  const consumer = teamsFollower();
  const sent = await Promise.all(
    times(60, async (index): Promise<Sent> => {
      const player = PLAYERS[index % PLAYERS.length] ?? '';
      const occurredAt = at(-9, index);
      const { event } = await laurel.events.track({
        userId: player,
        activity: 'lesson',
        value: 1 + (index % 7),
        occurredAt,
      });
      // Somebody else who follows it, a moment late.
      if (index % 5 === 0) await consumer.consume(await shareChanges());
      return {
        id: event.id,
        player,
        at: occurredAt,
        value: 1 + (index % 7),
        team: TEAMS[(index % PLAYERS.length) % 2] ?? '',
      };
    }),
  );
  await game.platform.inside.streams.settled();
  const own = kinds.filter((kind) => kind !== 'count');
  for (const kind of own) expect(await found(kind)).toEqual(expected(kind, sent));
  await Promise.all(sent.map(({ id }) => laurel.events.void(id, { note: 'all of it' })));
  await game.platform.inside.streams.settled();
  for (const kind of own) expect(await found(kind)).toEqual([]);
}, 60_000);

/** A table whose next transaction waits until it is let go. */
function holdingTable(table: Table) {
  const released = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const client = new Proxy(table.client, {
    get(target, name) {
      if (name !== 'send') return Reflect.get(target, name);
      return async (...given: Parameters<typeof target.send>) => {
        if (given[0] instanceof TransactWriteCommand) {
          reached.resolve();
          await released.promise;
        }
        return target.send(...given);
      };
    },
  });
  return { table: { ...table, client }, reached: reached.promise, release: released.resolve };
}

test.each([
  ['nothing', 0],
  ['a line', 4],
])('one who has read older shares, where there was %s, comes too late to write them', async (_name, before) => {
  const scope = workspaceScope(HOME.tenant, HOME.workspace);
  const place = { definition: 'sum', period: 'all', team: 'red' };
  await laurel.teams.addMember('red', { userId: 'p0' });
  await laurel.teams.addMember('red', { userId: 'p1' });
  const play = (userId: string, value: number) =>
    laurel.events.track({ id: userId, userId, activity: 'lesson', value });
  if (before > 0) await play('p1', before);
  await play('p0', 5);
  await game.platform.inside.streams.settled();
  if (before === 0) await forgetTeamLines(game.table);
  const held = holdingTable(game.table);
  const late = recountScore(held.table, scope, place);
  await held.reached;
  // What it has read is no more, and that was counted before it comes to write.
  await laurel.events.void('p0', { note: 'a mistake' });
  await game.platform.inside.streams.settled();
  held.release();
  await late;
  expect(await found('sum')).toEqual(before === 0 ? [] : [{ team: 'red', score: before }]);
});
