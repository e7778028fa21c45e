import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { embeddedConfig } from '../../src/local/database.ts';
import { runRound } from '../../src/schedule/cell.ts';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import { openedItems } from '../../src/store/sealing.ts';
import type { Item } from '../../src/store/table.ts';
import { auditItems } from '../audit/world.ts';
import { clockAt, type Game, openGame } from '../game/world.ts';
import { tracesBelow, tracesIn } from './canary.ts';
import { defineGame, EVERY_WORD, liveALife } from './person.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-trace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Every item that the table's stream ever told of, as it was before and after, in the order of the stream. */
async function streamed({ platform, table }: Game): Promise<Item[]> {
  const streams = new DynamoDBStreamsClient(embeddedConfig(platform.inside.database.engine));
  const { Streams = [] } = await streams.send(new ListStreamsCommand({ TableName: table.name }));
  const StreamArn = Streams[0]?.StreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  const start = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
  let { ShardIterator: next } = await streams.send(new GetShardIteratorCommand(start));
  const images: Item[] = [];
  while (next !== undefined) {
    const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator: next }));
    if (Records.length === 0) break;
    for (const { dynamodb } of Records)
      for (const image of [dynamodb?.OldImage, dynamodb?.NewImage])
        if (image !== undefined) images.push(unmarshall(image));
    next = NextShardIterator;
  }
  streams.destroy();
  return images;
}

/** Every item of the table as it rests. */
async function resting({ table }: Game): Promise<Item[]> {
  const items: Item[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(new ScanCommand({ TableName: table.name, ExclusiveStartKey }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}

const tracesInItems = (items: readonly unknown[]) => tracesIn(Buffer.from(JSON.stringify(items)), EVERY_WORD);

test('threat 56: after an erasure neither files nor log nor stream have a trace of the person, and no key opens what is left', async () => {
  const logged: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    logged.push(String(text));
    return true;
  });
  const game = await openGame({ data: folder, logLevel: 'DEBUG' });
  await defineGame(game.laurel);
  const id = await liveALife(game);
  const { vault } = game.table;
  const before = [...(await streamed(game)), ...(await resting(game))];
  // Sealed as it is, nobody reads a word of it; whoever has the keys reads each that is kept.
  expect(tracesInItems(before)).toEqual([]);
  expect(tracesInItems(await openedItems(vault, before)).length).toBeGreaterThan(10);

  await game.laurel.privacy.erase(id);
  await game.platform.inside.streams.settled();
  write.mockRestore();
  const after = [...(await streamed(game)), ...(await resting(game))];
  expect(after.length).toBeGreaterThan(before.length / 2);
  // What was told of them before is in the stream as it was, and all keys that there are open none of it.
  expect(tracesInItems([...after, ...(await openedItems(vault, after))])).toEqual([]);
  expect(tracesInItems(await openedItems(vault, before))).toEqual([]);
  expect(tracesIn(Buffer.from(logged.join('')), EVERY_WORD)).toEqual([]);
  expect(tracesBelow(folder, EVERY_WORD)).toEqual([]);
  await game.close();
  expect(tracesBelow(folder, EVERY_WORD)).toEqual([]);
});

test('threat 56: the audit names an erased person by a pseudonym alone, and its chain is valid, also after a restore', async () => {
  const clock = clockAt(new Date().toISOString());
  const game = await openGame({ data: folder, clock });
  const { laurel, platform } = game;
  await defineGame(laurel);
  const id = await liveALife(game);
  await platform.inside.sealer.seal();
  for (const kept of ['data', 'audit']) {
    if (existsSync(join(folder, kept))) cpSync(join(folder, kept), join(folder, 'backup', kept), { recursive: true });
  }
  await laurel.privacy.erase(id);
  // The second look at them leaves a record as well.
  clock.set(new Date(Date.parse(clock.now()) + 10 * 60_000).toISOString());
  await runRound(platform.inside.platform, turnHandlers, clock.now());
  await platform.inside.sealer.seal();
  const records = await auditItems(game.table);
  expect(JSON.stringify(records)).toContain('system:privacy.erase');
  expect(tracesIn(Buffer.from(JSON.stringify(records)), [id, ...EVERY_WORD])).toEqual([]);
  expect(await laurel.auditRecords.verify()).toMatchObject({ valid: true });
  await game.close();

  for (const kept of ['data', 'audit']) {
    rmSync(join(folder, kept), { recursive: true, force: true });
    if (existsSync(join(folder, 'backup', kept)))
      cpSync(join(folder, 'backup', kept), join(folder, kept), { recursive: true });
  }
  const again = await openGame({ data: folder, clock });
  await again.platform.inside.sealer.seal();
  expect(tracesIn(Buffer.from(JSON.stringify(await auditItems(again.table))), [id, ...EVERY_WORD])).toEqual([]);
  expect(await again.laurel.auditRecords.verify()).toMatchObject({ valid: true });
  await again.close();
});
