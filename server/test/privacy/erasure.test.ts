import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { finishErasure } from '../../src/privacy/erase.ts';
import { batchesBetween } from '../../src/store/happenings.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { codeOf, type Game, HOME, openGame, playerClient } from '../game/world.ts';
import { filesIn, tracesBelow } from './canary.ts';
import { defineGame, EVERY_WORD, liveALife, WORDS } from './person.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-erasure-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The wrapped keys of users, as they stand in the files. */
function wrappedKeys(): Set<string> {
  const texts = filesIn(folder).map((file) => readFileSync(file, 'latin1'));
  return new Set(texts.flatMap((text) => [...text.matchAll(/"wrapped":\{"S":"([^"]+)"/g)].map(([, key = '']) => key)));
}

/** The kinds of records that are left under a user, in the table as it is. */
async function kindsUnder({ table }: Game, userId: string): Promise<string[]> {
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
  const own = Items.filter(({ pk }) => pk === `T#acme#W#main#U#${userId}`);
  return [...new Set(own.map(({ sk }) => String(sk).split('#')[0] ?? ''))].toSorted();
}

async function standings({ laurel }: Game, userId: string) {
  const me = laurel.as({ userId });
  const { rank, total } = await me.leaderboards.rank('all');
  const proof = await laurel.ledger.proof();
  return { rank, total, proof };
}

const KEPT = ['COUNTED', 'LEG', 'MEMBERSHIP', 'PROFILE', 'SCORE', 'TEAM', 'USED'];

test('threat 56: who is erased is found nowhere, nor brought back by a backup, and others stand where they stood', async () => {
  const game = await openGame({ data: folder });
  const { laurel } = game;
  await defineGame(laurel);
  const { id: other } = await laurel.users.create({ externalId: 'bo', displayName: 'Bo' });
  await laurel.events.track({ userId: other, activity: 'lesson' });
  const id = await liveALife(game);
  const mine = await playerClient(game, id);
  const before = await standings(game, other);
  expect(before).toMatchObject({ rank: 2, total: 2 });
  const keys = wrappedKeys();
  cpSync(join(folder, 'data'), join(folder, 'backup'), { recursive: true });

  const request = await laurel.privacy.erase(id);
  expect(request).toMatchObject({ kind: 'erasure', status: 'completed' });
  expect(request.receipt?.removed).toMatchObject({ history: expect.any(Number), sheet: 1 });
  expect(JSON.stringify(await laurel.privacy.request(request.id))).not.toContain(id);
  const scope = workspaceScope(HOME.tenant, HOME.workspace);
  const since = { from: request.requestedAt, to: '9999', limit: 1000 };
  const told = (await batchesBetween(game.table, scope, since)).flatMap(({ happenings }) => happenings);
  expect(told.filter(({ type }) => type === 'user.erased')).toEqual([
    expect.objectContaining({ userId: id, data: { requestId: request.id } }),
  ]);
  // Twice is once.
  expect(await laurel.privacy.erase(id)).toEqual(request);
  await game.platform.inside.streams.settled();

  expect(await codeOf(laurel.users.get(id))).toBe('not_found');
  expect(await codeOf(laurel.users.getByExternalId(WORDS.externalId))).toBe('not_found');
  expect(await codeOf(laurel.events.track({ userId: id, activity: 'lesson' }))).toBe('unknown_reference');
  expect(await codeOf(laurel.users.create({ id }))).toBe('already_exists');
  expect(await codeOf(laurel.users.mintToken(id))).toBe('not_found');
  expect(await codeOf(mine.me.get())).not.toBe('none');
  expect(await standings(game, other)).toEqual(before);
  expect(before.proof.items.every(({ sum }) => BigInt(sum) === 0n)).toBe(true);
  const { items } = await laurel.as({ userId: other }).leaderboards.entries('all');
  expect(items.map(({ player }) => player?.displayName)).toEqual([expect.stringMatching(/^Player [0-9a-f]{4}$/), 'Bo']);

  // The same external id is somebody else.
  const { event } = await laurel.events.track({ externalUserId: WORDS.externalId, activity: 'lesson' });
  expect(event.userId).not.toBe(id);
  expect(await laurel.privacy.erase(event.userId)).toMatchObject({ status: 'completed' });

  const live = join(folder, 'data');
  const gone = [...keys].filter((key) => tracesBelow(live, [key]).length === 0);
  expect(gone).toHaveLength(1);
  expect(tracesBelow(live, EVERY_WORD)).toEqual([]);
  expect(await kindsUnder(game, id)).toEqual(KEPT);
  await game.close();

  // The whole database of before comes back, keys included.
  rmSync(live, { recursive: true });
  cpSync(join(folder, 'backup'), live, { recursive: true });
  expect(tracesBelow(live, gone)).not.toEqual([]);
  const again = await openGame({ data: folder });
  expect(tracesBelow(live, gone)).toEqual([]);
  expect(await kindsUnder(again, id)).toEqual(KEPT);
  expect(await codeOf(again.laurel.users.get(id))).toBe('not_found');
  expect(await again.laurel.privacy.request(request.id)).toMatchObject({ pseudonym: request.pseudonym, by: 'restore' });
  const { userId } = (await again.laurel.events.track({ externalUserId: WORDS.externalId, activity: 'lesson' })).event;
  expect(userId).not.toBe(id);
  await again.close();
});

test('what a process that still knew the key has written is removed by the second look', async () => {
  const game = await openGame();
  await defineGame(game.laurel);
  const { id } = await game.laurel.users.create({ displayName: WORDS.displayName });
  await game.platform.inside.streams.settled();
  const { receipt } = await game.laurel.privacy.erase(id);
  const { table } = game;
  // As if it had been under way in another process.
  const late = { pk: `T#acme#W#main#U#${id}`, sk: 'SHEET', version: 1, record: 'sealed:1:nothing' };
  const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
  await table.client.send(new PutCommand({ TableName: table.name, Item: late }));
  const platform = game.platform.inside.platform;
  const scope = workspaceScope(HOME.tenant, HOME.workspace);
  const looked = await finishErasure({ platform, scope, now: platform.clock.now() }, id);
  expect(looked?.request.receipt).toEqual(receipt);
  expect(await kindsUnder(game, id)).toEqual(['COUNTED', 'PROFILE', 'USED']);
  await game.close();
});
