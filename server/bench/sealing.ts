// What sealing costs: events of a platform beside events of one whose vault only hands through what it is given, in
// turns, so that the machine's moods fall on both alike. The ratio is what to read.
import { Laurel } from '@laurel/sdk/server';
import { embeddedBacking } from '../src/local/backing.ts';
import { openLocalDatabase } from '../src/local/database.ts';
import { type LocalPlatform, startPlatform } from '../src/local/index.ts';
import { glass } from '../test/support/glass-vault.ts';

const ROUNDS = 9;
const SINGLES = 60;
const BATCH = 500;
const PLAYERS = 50;

type EventSent = Parameters<Laurel['events']['track']>[0];

async function define(laurel: Laurel): Promise<void> {
  const name = { en: 'A name' };
  const rewards = [{ kind: 'currency' as const, currency: 'xp', amount: 10 }];
  await laurel.activities.create({ id: 'lesson', name });
  await laurel.currencies.create({ id: 'xp', name });
  await laurel.rewardRules.create({
    id: 'xp-per-lesson',
    name,
    trigger: { kind: 'event', activity: 'lesson' },
    rewards,
  });
  await laurel.missions.create({
    id: 'weekly-five',
    name,
    schedule: { kind: 'recurring', every: 'week', zone: 'user' },
    steps: [{ activity: 'lesson', adds: 'one', target: 5 }],
    rewards,
  });
  await laurel.streaks.create({ id: 'daily', name, cadence: 'day', zone: 'user', activity: 'lesson' });
  const window = { kind: 'allTime' } as const;
  await laurel.leaderboards.create({ id: 'lessons', name, window, source: { kind: 'count', activity: 'lesson' } });
}

/** Sends events one by one and in batches; both platforms are sent the same. */
async function senderOf(platform: LocalPlatform) {
  const { baseUrl, ...auth } = await platform.createWorkspaceClient({ tenant: 'bench', workspace: 'main' });
  const laurel = new Laurel({ baseUrl, auth, timeoutMs: 600_000 });
  await define(laurel);
  let sent = 0;
  const lesson = (): EventSent => {
    sent += 1;
    const occurredAt = new Date(Date.UTC(2026, 0, 1) + sent * 600_000).toISOString();
    const attributes = { course: `course ${sent % 7}`, minutes: sent % 60 };
    return { id: `e-${sent}`, externalUserId: `player-${sent % PLAYERS}`, activity: 'lesson', occurredAt, attributes };
  };
  const events = (count: number) => Array.from({ length: count }, lesson);
  const rateOf = async (count: number, work: () => Promise<void>) => {
    const start = performance.now();
    await work();
    return (count * 1000) / (performance.now() - start);
  };
  return {
    singles: () =>
      rateOf(SINGLES, async () => {
        for (const event of events(SINGLES)) await laurel.events.track(event);
      }),
    batch: () =>
      rateOf(BATCH, async () => {
        await laurel.events.trackBatch({ events: events(BATCH) });
      }),
  };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const options = { data: ':memory:', port: 0, logLevel: 'SILENT' } as const;
const database = await openLocalDatabase(':memory:');
const open = embeddedBacking({ ...database, table: { ...database.table, vault: glass } });
const platforms = [await startPlatform(options), await startPlatform({ ...options, backing: open })] as const;
try {
  const [sealing, plain] = [await senderOf(platforms[0]), await senderOf(platforms[1])];
  for (const way of ['singles', 'batch'] as const) {
    await Promise.all([sealing[way](), plain[way]()]);
    const pairs: (readonly [number, number])[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const first = round % 2 === 0;
      const one = await (first ? sealing : plain)[way]();
      const other = await (first ? plain : sealing)[way]();
      pairs.push(first ? [one, other] : [other, one]);
    }
    const [sealed, bare] = [middle(pairs.map(([a]) => a)), middle(pairs.map(([, b]) => b))];
    const ratio = middle(pairs.map(([a, b]) => a / b));
    const name = way === 'singles' ? 'events, one after the other' : `events, in batches of ${BATCH}`;
    console.log(
      `${name.padEnd(30)} ${sealed.toFixed(0)} /s sealed, ${bare.toFixed(0)} /s in plain: ×${ratio.toFixed(2)}`,
    );
  }
} finally {
  await Promise.all(platforms.map((platform) => platform.close()));
}
