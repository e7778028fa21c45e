import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Laurel } from '@laurel/sdk/server';
import { expect, onTestFinished, test } from 'vitest';
import { batchesBetween } from '../../src/store/happenings.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { type Load, loadUntilKilled, newLoad, startChild } from './crash.ts';
import { defineWorld } from './definitions.ts';
import { expectedOf } from './expected.ts';
import { openReceiver, type Told } from './receiver.ts';
import { HOME, laurelOf, openGame, randomFrom, times } from './world.ts';

/** How often the platform is killed; `npm run test:crash` has 200 of them. */
const KILLS = Number(process.env.LAUREL_KILLS ?? 20);
const SEED = Number(process.env.LAUREL_SEED ?? Date.now() % 1_000_000);
/** After so many kills other players play, so that looking at them does not take ever longer. */
const TOGETHER = 5;
const ALL = { max: 100_000 };
const TYPES = ['event.counted', 'event.voided', 'mission.completed', 'mission.reverted', 'reward.granted'] as const;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const sumOf = (entries: readonly { readonly amount: number }[]) =>
  entries.reduce((total, { amount }) => total + amount, 0);

/** What a player has, held against what their events and gifts must have brought them. */
async function expectWhole(laurel: Laurel, userId: string, load: Load): Promise<Set<string>> {
  const player = laurel.as({ userId });
  const [events, xp, gems, rank] = await Promise.all([
    laurel.users.events(userId, { limit: 200 }).toArray(ALL),
    player.wallets.entries('xp').toArray(ALL),
    player.wallets.entries('gems').toArray(ALL),
    player.leaderboards.rank('sum'),
  ]);
  const standing = events.filter(({ voidedAt }) => voidedAt === null);
  const gifts = gems.flatMap(({ reason }) => (reason.kind === 'grant' ? [reason.note] : []));
  const expected = expectedOf(standing);
  expect({ xp: sumOf(xp), gems: sumOf(gems), score: rank.score ?? 0 }).toEqual({
    xp: expected.xp,
    gems: expected.gems + 7 * gifts.length,
    score: expected.score,
  });
  const ids = new Set(events.map(({ id }) => id));
  expect(ids.size).toBe(events.length);
  expect(events.filter(({ id }) => !load.sentEvents.has(id))).toEqual([]);
  for (const { id, voidedAt } of events) {
    if (load.voids.has(id)) expect(voidedAt).not.toBe(null);
    if (!load.sentVoids.has(id)) expect(voidedAt).toBe(null);
  }
  // No mission's prize is there twice, whatever was given and taken back meanwhile.
  const prizes = Map.groupBy(xp, ({ reason }) =>
    reason.kind === 'mission' ? `${reason.mission} ${reason.period}` : '',
  );
  for (const [mission, entries] of prizes) if (mission !== '') expect([0, 50]).toContain(sumOf(entries));
  expect(new Set(gifts).size).toBe(gifts.length);
  return new Set([...ids, ...gifts]);
}

/** That what was answered is there, of what the players at hand were sent. */
function expectKept(found: ReadonlySet<string>, acknowledged: Iterable<string>): void {
  expect([...acknowledged].filter((name) => !found.has(name))).toEqual([]);
}

/** Waits until nothing is on its way any more. */
async function delivered(laurel: Laurel): Promise<void> {
  for (;;) {
    const pending = await laurel.webhookDeliveries.list({ status: 'pending', limit: 1 }).toArray(ALL);
    if (pending.length === 0) return;
    await setTimeout(50);
  }
}

test(`a platform that is killed ${KILLS} times under load loses nothing, and does nothing by half or twice (seed ${SEED})`, {
  timeout: 60_000 + KILLS * 15_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-crash-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const receiver = await openReceiver();
  onTestFinished(() => void receiver.close());
  const random = randomFrom(SEED);
  const port = await freePort();
  let child = await startChild({ folder, port, isFirst: true });
  onTestFinished(() => child.kill());
  const { access } = child;
  if (access === null) throw new Error('the first start makes a client');
  const laurel = laurelOf(access);
  await defineWorld(laurel);
  const { secret } = await laurel.webhooks.create({ url: receiver.url, types: [...TYPES] });
  receiver.signedWith(secret);

  const all = newLoad();
  let users: string[] = [];
  let load = newLoad();
  for (let kill = 0; kill < KILLS; kill += 1) {
    if (kill % TOGETHER === 0) {
      users = times(3, (index) => `p-${kill}-${index}`);
      load = newLoad();
      await laurel.users.createBatch({ users: users.map((id) => ({ id })) });
    }
    await loadUntilKilled(access, users, load, { random, child, after: 20 + random.below(130) });
    child = await startChild({ folder, port });
    expect((await laurel.ledger.proof()).items.filter(({ balanced }) => !balanced)).toEqual([]);
    const found = await Promise.all(users.map((userId) => expectWhole(laurel, userId, load)));
    expectKept(new Set(found.flatMap((names) => [...names])), [...load.events, ...load.grants]);
    for (const name of ['events', 'voids', 'grants'] as const) for (const one of load[name]) all[name].add(one);
  }
  expect(all.events.size).toBeGreaterThan(KILLS);

  // What a runner had in hand when it was killed is due again a minute later.
  await child.kill();
  child = await startChild({ folder, port, ahead: 120_000 });
  await delivered(laurel);
  await child.kill();

  // One telling for each thing that was answered, by the things themselves …
  const told = [...receiver.told.values()];
  const named = (type: string, nameOf: (told: Told) => unknown) =>
    told.filter((one) => one.type === type).map((one) => String(nameOf(one)));
  const counted = named('event.counted', ({ data }) => data.eventId);
  const voided = named('event.voided', ({ data }) => data.eventId);
  expectKept(new Set(counted), all.events);
  expectKept(new Set(voided), all.voids);
  expect(new Set(counted).size).toBe(counted.length);
  expect(new Set(voided).size).toBe(voided.length);
  // … and of all that the table has to tell.
  const game = await openGame({ data: folder });
  const stretch = { from: '2020-01-01', to: '2999-12-31', limit: 1_000_000 };
  const batches = await batchesBetween(game.table, workspaceScope(HOME.tenant, HOME.workspace), stretch);
  const types: ReadonlySet<string> = new Set(TYPES);
  const happened = batches.flatMap(({ happenings }) => happenings.filter(({ type }) => types.has(type)));
  expect(happened.filter(({ id }) => !receiver.told.has(id))).toEqual([]);
  expect(receiver.told.size).toBe(happened.length);
  await game.close();
});
