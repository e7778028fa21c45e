import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type LocalDatabase, openLocalDatabase } from '../../src/local/database.ts';
import { type StreamPump, startPump } from '../../src/local/streams.ts';
import type { StreamConsumer } from '../../src/ports/stream.ts';
import { commit, put } from '../../src/store/commit.ts';
import { listDeadLetters } from '../../src/store/dead-letters.ts';
import { happen } from '../../src/store/happen.ts';
import { saveHappenings } from '../../src/store/happenings.ts';
import { keyOf, workspaceScope } from '../../src/store/scope.ts';
import { openGame } from '../game/world.ts';
import { completed } from '../webhooks/world.ts';

const scope = workspaceScope('acme', 'main');
let folder: string;
let database: LocalDatabase;
const errors: string[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-stream-'));
  database = await openLocalDatabase(folder);
  errors.length = 0;
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const pump = (...consumers: StreamConsumer[]): Promise<StreamPump> => {
  const { engine, client, table } = database;
  return startPump({ engine, client, table, consumers, onError: (message) => errors.push(message) });
};

/** A consumer that notes the numbers of the items that it is given. */
function noting(name: string, before?: (nth: number) => void) {
  const seen: number[] = [];
  const consumer: StreamConsumer = {
    name,
    wants: ({ sk }) => sk.startsWith('NUMBER'),
    consume: async (changes) => {
      for (const { after } of changes) {
        before?.(Number(after?.nth));
        seen.push(Number(after?.nth));
      }
    },
  };
  return { seen, consumer };
}

const numbered = (nth: number) => ({ ...keyOf(scope, ['U', `player-${nth % 3}`], ['NUMBER', String(nth)]), nth });

async function write(from: number, to: number): Promise<void> {
  for (let nth = from; nth <= to; nth += 1) {
    await commit(database.table, [{ item: put(database.table, numbered(nth)) }]);
  }
}

const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('where nobody can come back for them, records that all have taken are removed, and nobody misses any', async () => {
  const { engine, client, table } = database;
  const first = noting('first');
  const second = noting('second');
  const onError = (message: string) => errors.push(message);
  const consumers = [first.consumer, second.consumer];
  const started = await startPump({ engine, client, table, consumers, onError, dropsTaken: true });
  const many = (from: number) =>
    Promise.all(upTo(from, from + 11_999).map((nth) => commit(table, [{ item: put(table, numbered(nth)) }])));
  await many(1);
  await started.settled();
  expect(engine.streamRecords(table.name, { limit: 100_000 }).length).toBeLessThan(3_000);
  await many(12_001);
  await started.close();
  // What was not taken is still there for the next start.
  const again = await startPump({ engine, client, table, consumers, onError, dropsTaken: true });
  await again.settled();
  for (const { seen } of [first, second]) expect(new Set(seen)).toEqual(new Set(upTo(1, 24_000)));
  await again.close();
  expect(errors).toEqual([]);
});

test('every consumer hears of every commit, in order, at its own pace', async () => {
  const [one, two] = [noting('one'), noting('two')];
  const running = await pump(one.consumer, two.consumer);
  await write(1, 60);
  await running.settled();
  expect([one.seen, two.seen]).toEqual([upTo(1, 60), upTo(1, 60)]);
  await running.close();
});

test('goes on where it was, and gives a consumer that is new everything that is kept', async () => {
  const first = noting('one');
  const before = await pump(first.consumer);
  await write(1, 20);
  await before.settled();
  await before.close();
  await write(21, 30);
  const [again, late] = [noting('one'), noting('late')];
  const after = await pump(again.consumer, late.consumer);
  await after.settled();
  expect([first.seen, again.seen, late.seen]).toEqual([upTo(1, 20), upTo(21, 30), upTo(1, 30)]);
  await after.close();
});

describe('one consumer that fails', () => {
  test('by a poisonous record leaves a dead letter, moves on, and troubles nobody else', async () => {
    const poisoned = noting('poisoned', (nth) => {
      if (nth === 7) throw new TypeError('not this one');
    });
    const sound = noting('sound');
    const running = await pump(poisoned.consumer, sound.consumer);
    await write(1, 12);
    await running.settled();
    expect([...new Set(poisoned.seen)]).toEqual(upTo(1, 12).filter((nth) => nth !== 7));
    expect(sound.seen).toEqual(upTo(1, 12));
    const { items } = await listDeadLetters(database.table, 'poisoned', { limit: 10, after: undefined });
    expect(items).toMatchObject([{ consumer: 'poisoned', key: { sk: 'NUMBER#7' }, error: 'TypeError: not this one' }]);
    await running.close();
  });

  test('since a service is away waits, and takes the same records when it is back', async () => {
    let isAway = true;
    const waiting = noting('waiting', () => {
      if (isAway) throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    });
    const running = await pump(waiting.consumer);
    await write(1, 5);
    await running.settled();
    expect([waiting.seen, errors.includes('a consumer waits for a service')]).toEqual([[], true]);
    isAway = false;
    await running.settled();
    expect(waiting.seen).toEqual(upTo(1, 5));
    await running.close();
  });
});

test('a consumer that was away for longer than the stream keeps records is told by the table', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 24) });
  onTestFinished(() => void vi.useRealTimers());
  const game = await openGame({ data: join(folder, 'game') });
  const tell = async (sequence: number) => {
    const { newId } = game.platform.inside.platform;
    const happenings = happen({ newId, scope }, 'ada', [completed(`m${sequence}`)]);
    const batch = { userId: 'ada', sequence, at: new Date().toISOString(), happenings };
    await commit(game.table, saveHappenings(game.table, scope, batch));
  };
  await tell(1);
  await game.platform.inside.streams.settled();
  // Committed, but the consumers never come to it.
  await game.platform.inside.streams.close();
  await tell(2);
  await game.laurel.webhooks.create({ url: 'https://hooks.example.com/' });
  vi.setSystemTime(Date.UTC(2026, 10, 26));
  game.platform.inside.database.engine.expire();
  await game.close();
  const again = await openGame({ data: join(folder, 'game') });
  await again.platform.inside.streams.settled();
  const { items } = await again.laurel.webhookDeliveries.list();
  expect(items.map(({ happening }) => happening.data)).toContainEqual({
    progressId: 'm2.all',
    mission: 'm2',
    period: 'all',
  });
  await again.close();
});

test('what it writes down for itself is in no stream and changes nothing of the table', async () => {
  const { seen, consumer } = noting('all');
  const running = await pump({ ...consumer, wants: () => true });
  await write(1, 3);
  await running.settled();
  await running.settled();
  expect(seen).toEqual([1, 2, 3]);
  await running.close();
});
