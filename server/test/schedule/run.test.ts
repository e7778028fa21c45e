import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runRound } from '../../src/schedule/cell.ts';
import { runDue } from '../../src/schedule/run.ts';
import type { SchedulePlatform, TurnHandler, TurnHandlers } from '../../src/schedule/turn.ts';
import { commit, putNew } from '../../src/store/commit.ts';
import { type DueItem, dropDue, putDue, readDue } from '../../src/store/schedule.ts';
import { keyOf, workspaceScope } from '../../src/store/scope.ts';
import type { Table } from '../../src/store/table.ts';
import { randomFrom, times } from '../game/world.ts';
import { smallPlatform } from '../support/small-platform.ts';

const scope = workspaceScope('acme', 'main');
const UNTIL = '2026-11-20T06:00:00.000Z';
const at = (minute: number) => new Date(Date.UTC(2026, 10, 20) + minute * 60_000).toISOString();

let platform: Awaited<ReturnType<typeof smallPlatform>>;
let table: Table;
beforeEach(async () => {
  platform = await smallPlatform();
  table = platform.table;
});
afterEach(() => platform.close());

/** An effect that can be had once: doing it a second time would refuse the whole turn, for ever. */
const effectOf = (item: DueItem) => ({
  item: putNew(table, { ...keyOf(scope, ['EFFECT'], [item.at, item.kind, item.subject]), record: item }),
  refusal: 'done_twice',
});

/** A chain that comes each hour, and each time makes something due ten minutes later. */
const hourly: TurnHandler = async ({ item }) => ({
  outcome: 'ticked',
  writes: [effectOf(item)],
  next: new Date(Date.parse(item.at) + 3_600_000).toISOString(),
  also: [{ kind: 'child', subject: item.subject, at: new Date(Date.parse(item.at) + 600_000).toISOString() }],
});
const child: TurnHandler = async ({ item }) => ({ outcome: 'followed', writes: [effectOf(item)] });
const handlers: TurnHandlers = new Map([
  ['hourly', hourly],
  ['child', child],
]);

async function schedule(...items: readonly DueItem[]): Promise<void> {
  for (const item of items) expect(await commit(table, putDue(table, scope, item))).toEqual({ kind: 'committed' });
}

/** All that took effect, in the order of time. */
async function effects(): Promise<string[]> {
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name, ConsistentRead: true }));
  return Items.filter(({ pk }) => String(pk).endsWith('#EFFECT'))
    .map(({ sk }) => String(sk))
    .toSorted();
}

const subjects = ['ada', 'bob', 'eve'];
/** What must have taken effect: by counting. */
const wanted = subjects
  .flatMap((subject) => [
    ...times(7, (hour) => `${at(hour * 60)}#hourly#${subject}`),
    ...times(6, (hour) => `${at(hour * 60 + 10)}#child#${subject}`),
  ])
  .toSorted();

const run = (own: Partial<Parameters<typeof runDue>[0]> = {}) =>
  runDue({ platform, handlers, scope, until: UNTIL, limit: 1000, ...own });

describe('what is due', () => {
  test('runs in the order of time, kind and subject, with what comes due on the way', async () => {
    await schedule(...subjects.map((subject) => ({ kind: 'hourly', subject, at: at(0) })));
    const { boundaries, done } = await run();
    expect(done).toBe(true);
    expect(boundaries.map(({ at, kind, subject }) => `${at}#${kind}#${subject}`)).toEqual(wanted);
    expect(await effects()).toEqual(wanted);
    expect(await run()).toEqual({ boundaries: [], ran: 0, failures: 0, done: true });
  });

  test('moves where it is scheduled again, and is gone where it is called off', async () => {
    const item = { kind: 'child', subject: 'ada', at: at(5) };
    await schedule(item, { ...item, at: at(50) }, { ...item, subject: 'bob' }, { ...item, at: at(20) });
    await commit(table, dropDue(table, scope, { kind: 'child', subject: 'bob' }));
    const { boundaries } = await run();
    expect(boundaries.map(({ at, subject }) => [at, subject])).toEqual([[at(20), 'ada']]);
    expect(await readDue(table, scope, '9999', 10)).toEqual([]);
  });

  test('is never in the past of what it follows from', async () => {
    await schedule({ kind: 'back', subject: 'ada', at: at(5) });
    const back: TurnHandler = async () => ({ outcome: 'ran', also: [{ kind: 'child', subject: 'ada', at: at(4) }] });
    const { boundaries, failures } = await run({ handlers: new Map([['back', back]]) });
    expect([boundaries.map(({ outcome }) => outcome), failures]).toEqual([['failed'], 1]);
    expect(await readDue(table, scope, '9999', 10)).toMatchObject([{ kind: 'back', at: at(5), failures: 1 }]);
  });

  test('stops at the limit, and goes on from there', async () => {
    await schedule(...subjects.map((subject) => ({ kind: 'hourly', subject, at: at(0) })));
    const told: string[] = [];
    for (let isDone = false; !isDone; ) {
      const { boundaries, done } = await run({ limit: 4 });
      expect(boundaries.length).toBeLessThanOrEqual(4);
      told.push(...boundaries.map(({ at, kind, subject }) => `${at}#${kind}#${subject}`));
      isDone = done;
    }
    expect(told).toEqual(wanted);
  });

  test('takes effect once, with eight runners at once', async () => {
    await schedule(...subjects.map((subject) => ({ kind: 'hourly', subject, at: at(0) })));
    const reports = await Promise.all(times(8, () => run()));
    expect(await effects()).toEqual(wanted);
    const told = reports.flatMap(({ boundaries }) =>
      boundaries.map(({ at, kind, subject }) => `${at}#${kind}#${subject}`),
    );
    expect(told.toSorted()).toEqual(wanted);
  });
});

/** A process that is killed at its n-th request to the table: before it gets there, or before the answer comes back. */
function killedAt(request: number, isDone: boolean): SchedulePlatform {
  let [count, isDead] = [0, false];
  const client = new Proxy(table.client, {
    get(target, property) {
      if (property !== 'send') return Reflect.get(target, property);
      return async (command: Parameters<DynamoDBDocumentClient['send']>[0]) => {
        count += 1;
        if (isDead || (count >= request && !isDone)) isDead = true;
        if (isDead) throw new Error('killed');
        const answer = await target.send(command);
        if (count >= request) isDead = true;
        if (isDead) throw new Error('killed');
        return answer;
      };
    },
  });
  return { ...platform, table: { ...table, client } };
}

test('takes effect once, with runners that are killed at any of their requests', async () => {
  await schedule(...subjects.map((subject) => ({ kind: 'hourly', subject, at: at(0) })));
  const random = randomFrom(11);
  let deaths = 0;
  for (let isDone = false; !isDone; ) {
    const runners = times(2, () => run({ platform: killedAt(1 + random.below(30), random.below(2) === 0) }));
    const ends = await Promise.allSettled(runners);
    deaths += ends.filter(({ status }) => status === 'rejected').length;
    isDone = ends.some((end) => end.status === 'fulfilled' && end.value.done);
  }
  expect(deaths).toBeGreaterThan(10);
  expect(await effects()).toEqual(wanted);
});

describe('what fails', () => {
  const broken: TurnHandler = () => Promise.reject(new Error('out of order'));

  test('is tried again, in its place, and set aside at last', async () => {
    await schedule({ kind: 'broken', subject: 'ada', at: at(1) });
    const own: TurnHandlers = new Map([...handlers, ['broken', broken]]);
    for (let failure = 1; failure < 10; failure += 1)
      expect(await run({ handlers: own })).toMatchObject({ boundaries: [{ outcome: 'failed' }], failures: 1 });
    expect(await run({ handlers: own })).toMatchObject({ boundaries: [{ outcome: 'failed' }], failures: 0 });
    expect(await run({ handlers: own })).toEqual({ boundaries: [], ran: 0, failures: 0, done: true });
  });

  test('keeps nothing else waiting, however much of it there is', async () => {
    const failing = times(60, (place) => ({ kind: 'broken', subject: `ada-${place}`, at: at(1) }));
    await schedule(...failing, { kind: 'child', subject: 'ada', at: at(2) });
    const both: TurnHandlers = new Map([...handlers, ['broken', broken]]);
    expect(await runRound(platform, both, UNTIL)).toEqual({ ran: 1, failed: 60 });
    expect(await effects()).toEqual([`${at(2)}#child#ada`]);
  });

  test('keeps no other workspace waiting', async () => {
    const other = workspaceScope('acme', 'other');
    await schedule({ kind: 'broken', subject: 'ada', at: at(1) });
    await commit(table, putDue(table, other, { kind: 'child', subject: 'ada', at: at(2) }));
    const both: TurnHandlers = new Map([...handlers, ['broken', broken]]);
    expect(await runRound(platform, both, UNTIL)).toEqual({ ran: 1, failed: 1 });
    expect(await effects()).toEqual([`${at(2)}#child#ada`]);
  });
});
