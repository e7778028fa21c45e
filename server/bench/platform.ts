// Events and reads a second of the whole platform in one process, through the SDK over HTTP, and what each costs the
// table in capacity units. The ratios and the units are what to read: the figures a second are those of the machine and
// the moment.
import { Laurel } from '@laurel/sdk/server';
import { type LocalPlatform, startPlatform } from '../src/local/index.ts';

const SINGLES = 400;
const AT_ONCE = 16;
const BATCHED = 5000;
const BATCH = 500;
const PLAYERS = 50;
const BOARD_SIZES = [1_000, 10_000, 50_000];
const RANKS = 20;
const ties = ['competition', 'dense', 'ordinal'] as const;

const platform = await startPlatform({ data: ':memory:', port: 0, logLevel: 'SILENT' });
const { baseUrl, ...auth } = await platform.createWorkspaceClient({ tenant: 'bench', workspace: 'main' });
const laurel = new Laurel({ baseUrl, auth, timeoutMs: 600_000 });

type EventSent = Parameters<Laurel['events']['track']>[0];

/** The same numbers in each run: a linear congruence (Numerical Recipes). */
let state = 1;
function below(bound: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * bound);
}

async function define(): Promise<void> {
  await laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' } });
  await laurel.activities.create({ id: 'points', name: { en: 'Points' } });
  await laurel.currencies.create({ id: 'xp', name: { en: 'Experience' } });
  const rewards = [{ kind: 'currency' as const, currency: 'xp', amount: 10 }];
  await laurel.rewardRules.create({
    id: 'xp-per-lesson',
    name: { en: 'XP a lesson' },
    trigger: { kind: 'event', activity: 'lesson' },
    rewards,
  });
  await laurel.missions.create({
    id: 'weekly-five',
    name: { en: 'Five a week' },
    schedule: { kind: 'recurring', every: 'week', zone: 'user' },
    steps: [{ activity: 'lesson', adds: 'one', target: 5 }],
    rewards,
  });
  await laurel.streaks.create({ id: 'daily', name: { en: 'Daily' }, cadence: 'day', zone: 'user', activity: 'lesson' });
  const board = { name: { en: 'Board' }, window: { kind: 'allTime' as const } };
  await laurel.leaderboards.create({ id: 'lessons', ...board, source: { kind: 'count', activity: 'lesson' } });
  for (const rule of ties) {
    await laurel.leaderboards.create({ id: rule, ...board, source: { kind: 'sum', activity: 'points' }, ties: rule });
  }
}

function unitsOf({ inside }: LocalPlatform): { readonly readUnits: number; readonly writeUnits: number } {
  return inside.database.engine.consumedCapacity(inside.platform.table.name);
}

/** Runs some work of so many parts, says how fast each went and what it cost, and answers with parts a second. */
async function measure(name: string, parts: number, work: () => Promise<void>): Promise<number> {
  const before = unitsOf(platform);
  const start = performance.now();
  await work();
  const rate = (parts * 1000) / (performance.now() - start);
  const after = unitsOf(platform);
  const each = (total: number) => (total / parts).toFixed(1).padStart(8);
  const reads = each(after.readUnits - before.readUnits);
  const writes = each(after.writeUnits - before.writeUnits);
  console.log(`${name.padEnd(42)}${rate.toFixed(0).padStart(8)} /s${reads} read units${writes} write units each`);
  return rate;
}

let sent = 0;
/** A lesson of one of the players, at some hour of three months. */
function lesson(): EventSent {
  sent += 1;
  const occurredAt = new Date(Date.UTC(2026, 0, 1) + below(90 * 24) * 3_600_000).toISOString();
  return { id: `lesson-${sent}`, externalUserId: `player-${below(PLAYERS)}`, activity: 'lesson', occurredAt };
}

function listOf<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

async function sendBatches(events: readonly EventSent[]): Promise<void> {
  for (let start = 0; start < events.length; start += BATCH) {
    const { rejected } = await laurel.events.trackBatch({ events: events.slice(start, start + BATCH) });
    if (rejected > 0) throw new Error(`${rejected} events were rejected`);
  }
}

async function measureIngest(): Promise<void> {
  await sendBatches(listOf(PLAYERS * 2, lesson));
  const alone = await measure('events, one after the other', SINGLES, async () => {
    for (const event of listOf(SINGLES, lesson)) await laurel.events.track(event);
  });
  const together = await measure(`events, ${AT_ONCE} at a time`, SINGLES, async () => {
    const waiting = listOf(SINGLES, lesson).values();
    const work = async () => {
      for (const event of waiting) await laurel.events.track(event);
    };
    await Promise.all(listOf(AT_ONCE, work));
  });
  const batch = listOf(BATCHED, lesson);
  const batched = await measure(`events, in batches of ${BATCH}`, BATCHED, () => sendBatches(batch));
  const again = await measure('events, in batches, sent again', BATCHED, () => sendBatches(batch));
  const ratio = (rate: number) => (rate / alone).toFixed(1);
  console.log(
    `beside one after the other: ×${ratio(together)} at once, ×${ratio(batched)} in batches, ×${ratio(again)} again`,
  );
}

let onBoard = 0;
/** Fills the boards up to a size: one event, and one score, for each player. */
async function fillTo(size: number): Promise<void> {
  const from = onBoard;
  onBoard = size;
  await sendBatches(
    listOf(size - from, (index) => ({
      externalUserId: `ranked-${from + index}`,
      activity: 'points',
      value: 1 + below(10_000),
    })),
  );
}

async function measureReads(size: number): Promise<void> {
  await measure(`new players, up to ${size}`, size - onBoard, () => fillTo(size));
  const readers = listOf(RANKS, () => laurel.as({ externalUserId: `ranked-${below(size)}` }).leaderboards);
  const each = async (read: (reader: (typeof readers)[number]) => PromiseLike<unknown>) => {
    for (const reader of readers) await read(reader);
  };
  for (const rule of ties) {
    await measure(`  rank among ${size}, ${rule}`, RANKS, () => each((reader) => reader.rank(rule)));
  }
  await measure(`  around me among ${size}`, RANKS, () =>
    each((one) => one.entries('ordinal', { around: 'me', limit: 11 })),
  );
  await measure(`  top 50 of ${size}`, RANKS, () => each((one) => one.entries('ordinal')));
}

try {
  await define();
  await measureIngest();
  for (const size of BOARD_SIZES) await measureReads(size);
} finally {
  await platform.close();
}
