import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allTouched, foldStretch, newPlayer, recordsAfter } from '../../src/domain/index.ts';
import { commit, put } from '../../src/store/commit.ts';
import { readHistory } from '../../src/store/history.ts';
import { readRecords } from '../../src/store/player-records.ts';
import { getSheet, playerKey } from '../../src/store/players.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { getItem, queryItems } from '../../src/store/table.ts';
import { defineWorld } from './definitions.ts';
import { chunks, clockAt, type Game, HOME, openGame, randomFrom, times } from './world.ts';

const ENTRIES = 1_200;
const scope = workspaceScope(HOME.tenant, HOME.workspace);
const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const random = randomFrom(5);

let game: Game;
let laurel: Laurel;
beforeAll(async () => {
  game = await openGame({ clock: clockAt('2026-12-01T00:00:00Z') });
  laurel = game.laurel;
  await defineWorld(laurel);
  await laurel.rewardRules.create({
    id: 'beginner',
    name: { en: 'A gem for each of the first lessons' },
    trigger: { kind: 'event', activity: 'lesson' },
    condition: 'player.balances["xp"] < 400',
    rewards: [{ kind: 'currency', currency: 'gems', amount: 1 }],
  });
  await laurel.users.create({ id: 'ada', zone: 'Asia/Kathmandu' });
});
afterAll(() => game.close());

/** An event at an hour of the history; ids say nothing of the time. */
const eventAt = (hour: number, name = 'event') => ({
  id: `${name}-${random.below(1e9)}-${hour}`,
  userId: 'ada',
  activity: random.below(4) === 0 ? 'quiz' : 'lesson',
  value: random.below(5),
  occurredAt: new Date(START + hour * HOUR).toISOString(),
});

/** What the player is stored as, and what one fold of all their lines from the start comes to. */
async function storedAndFolded() {
  const sheet = await getSheet(game.table, scope, 'ada');
  const lines = await readHistory(game.table, scope, 'ada', undefined);
  const entries = lines.filter(({ voided }) => voided === null).map(({ entry }) => entry);
  const versions = new Map(
    await Promise.all(
      [...new Set(entries.map(({ ruleset }) => ruleset))].map(
        async (version) => [version, (await game.platform.inside.platform.rulebooks(scope, version)).ruleset] as const,
      ),
    ),
  );
  const folded = foldStretch(newPlayer(), entries, (version) => {
    const ruleset = versions.get(version);
    if (ruleset === undefined) throw new Error(`no ruleset ${version}`);
    return ruleset;
  });
  if (folded.kind === 'refused') throw new Error(folded.detail);
  const records = recordsAfter(newPlayer(), folded, allTouched(folded.outcomes));
  const stored = await readRecords(game.table, scope, 'ada', [...records.keys()]);
  // A wallet that was used is there for ever.
  const held = (wallets: typeof folded.state.wallets) =>
    Object.entries(wallets).filter(([, { balance, owed }]) => balance + owed !== 0);
  const plain = ({ wallets, ...state }: typeof folded.state) =>
    JSON.parse(JSON.stringify({ ...state, held: held(wallets) }));
  return {
    stored: {
      count: sheet.count,
      state: plain(sheet.state),
      records: new Map([...records.keys()].map((ref) => [ref, stored.get(ref) ?? null])),
      granted: lines.map(({ entry, folded: now }) => [
        entry.id,
        now.granted.map(({ cause, amount }) => [cause, amount]),
      ]),
    },
    folded: {
      count: entries.length,
      state: plain(folded.state),
      records: new Map([...records].map(([ref, { record }]) => [ref, record])),
      granted: lines.map(({ entry }) => {
        const outcome = folded.outcomes[entries.indexOf(entry)];
        return [entry.id, (outcome?.granted ?? []).map(({ cause, amount }) => [cause, amount])];
      }),
    },
    sheet,
  };
}

/** Read units that something consumed. */
async function readUnitsOf(work: () => Promise<unknown>): Promise<number> {
  const units = () => game.platform.inside.database.engine.consumedCapacity(game.table.name).readUnits;
  // What follows the table in the background has nothing left to read.
  await game.platform.inside.streams.settled();
  const before = units();
  await work();
  return units() - before;
}

/** Takes all snapshots of the player away, as if none had ever been taken. */
async function dropSnapshots(): Promise<void> {
  const { client, name } = game.table;
  const { pk, sk } = playerKey(scope, 'ada', ['SHEET']);
  const kept = await queryItems(game.table, { partition: pk, prefix: 'SNAPSHOT#' });
  expect(kept.length).toBeGreaterThan(2);
  for (const item of kept) await client.send(new DeleteCommand({ TableName: name, Key: { pk, sk: item.sk } }));
  const sheet = await getItem(game.table, { pk, sk });
  const record = { ...JSON.parse(String(sheet?.record)), snapshots: [] };
  await commit(game.table, [{ item: put(game.table, { ...sheet, pk, sk, record: JSON.stringify(record) }) }]);
}

describe(`a history of ${ENTRIES} entries of one player`, { timeout: 300_000 }, () => {
  const near: number[] = [];
  /** What a late event costs that is some hours behind the head. */
  const costOf = (hour: number) => readUnitsOf(() => laurel.events.track(eventAt(hour, 'late')));

  test('grows in order and takes snapshots, few of them', async () => {
    const hours = times(ENTRIES, (index) => index * 4);
    for (const part of chunks(hours, ENTRIES / 4)) {
      await laurel.events.trackBatch({ events: part.map((hour) => eventAt(hour)) });
      const head = part.at(-1) ?? 0;
      near.push(Math.max(await costOf(head - 3), await costOf(head - 21), await costOf(head - 101)));
    }
    const { stored, folded, sheet } = await storedAndFolded();
    expect(stored).toEqual(folded);
    expect(sheet.snapshots.length).toBeGreaterThan(4);
    expect(sheet.snapshots.length).toBeLessThanOrEqual(8);
  });

  test('costs a late event near the head the same, however long the history is', async () => {
    for (const units of near) expect(units).toBeLessThan(60);
    // One before all others reads all of it, which says that the measure sees what is read.
    expect(await costOf(-1)).toBeGreaterThan(400);
  });

  test('ends like a fold from its start after late events and voids at random places', async () => {
    for (const round of times(6, Number)) {
      const late = times(20, () => eventAt(random.below(ENTRIES * 4), `round-${round}`));
      await laurel.events.trackBatch({ events: late.slice(0, 12) });
      for (const event of late.slice(12)) await laurel.events.track(event);
      const known = await laurel.events.list({ limit: 200 }).toArray({ max: 5_000 });
      for (const { id } of random.shuffle(known).slice(0, 10)) await laurel.events.void(id, { note: 'Never happened' });
    }
    const { stored, folded } = await storedAndFolded();
    expect(stored.count).toBeGreaterThan(ENTRIES);
    expect(stored).toEqual(folded);
  });

  test('does not hang on its snapshots: without them it ends in the same', async () => {
    const before = await storedAndFolded();
    await dropSnapshots();
    for (const hour of [2_001, 4_001, 501]) await laurel.events.track(eventAt(hour, 'after'));
    const after = await storedAndFolded();
    expect(after.stored).toEqual(after.folded);
    expect(after.stored.count).toBe(before.stored.count + 3);
    // They are taken anew by the next change of what comes long before the head.
    expect(after.sheet.snapshots.length).toBeGreaterThan(0);
  });
});
