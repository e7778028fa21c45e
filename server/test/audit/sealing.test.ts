import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createIds } from '../../src/api/ids.ts';
import { auditKeys } from '../../src/audit/digest.ts';
import { createGatherer } from '../../src/audit/gatherer.ts';
import { openRecord } from '../../src/audit/record.ts';
import { type SealParts, sealChain, sealRound } from '../../src/audit/seal.ts';
import { verifyPart } from '../../src/audit/verify.ts';
import { witnessed } from '../../src/audit/witness.ts';
import { embeddedKey, generateProofKey } from '../../src/credentials/embedded-keys.ts';
import { memoryArchive } from '../../src/local/audit.ts';
import { openLocalDatabase } from '../../src/local/database.ts';
import { blocksFrom, getHead, putWaiting, readWaiting, saveWaiting } from '../../src/store/audit.ts';
import { commit, put } from '../../src/store/commit.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { dyingTable } from '../support/dying.ts';

const newId = createIds();
const SCOPE = workspaceScope('acme', 'main');
const databases: { close(): void }[] = [];
afterAll(() => {
  for (const database of databases) database.close();
});

let parts: SealParts & { readonly archive: ReturnType<typeof memoryArchive> };
beforeEach(async () => {
  const database = await openLocalDatabase(':memory:');
  databases.push(database);
  parts = {
    table: database.table,
    now: () => new Date().toISOString(),
    signer: embeddedKey(await generateProofKey()),
    digestEvery: 0,
    archive: memoryArchive(),
  };
});

const recordAt = (at = new Date().toISOString()) =>
  openRecord({
    id: newId('auditRecord'),
    at,
    actor: { kind: 'system', id: null, tokenId: null },
    outcome: 'succeeded',
  });

async function leave(count: number): Promise<string[]> {
  const records = Array.from({ length: count }, () => recordAt());
  for (const record of records) await putWaiting(parts.table, SCOPE, { id: record.id, records: [record] });
  return records.map(({ id }) => id);
}

const sealedIds = async () =>
  (await blocksFrom(parts.table, SCOPE, 1, 1000)).flatMap(({ records }) => records.map(({ id }) => id));

async function expectWhole(ids: readonly string[]): Promise<void> {
  expect((await sealedIds()).toSorted()).toEqual([...ids].toSorted());
  expect(await readWaiting(parts.table, SCOPE, 100)).toEqual([]);
  const { table, archive } = parts;
  const keys = await auditKeys(parts.signer);
  const verified = await verifyPart({ table, keys, archive }, SCOPE, { from: 1, known: undefined });
  expect(verified.fault).toBeNull();
  const head = await getHead(table, SCOPE);
  for (let block = 1; block <= (head?.block ?? 0); block += 1)
    expect(await archive.get(SCOPE, { block })).toContain(`"block":${block}`);
}

const silent = () => undefined;

test('ten sealers at once make one chain of it, each record once', async () => {
  const ids = await leave(150);
  const sealers = Array.from({ length: 10 }, () => sealChain(parts, SCOPE));
  ids.push(...(await leave(50)));
  await Promise.all(sealers);
  await sealRound(parts, silent);
  await expectWhole(ids);
});

describe('a sealer that is killed', () => {
  test.each(['before', 'after'] as const)('%s any request leaves nothing half done', async (when) => {
    const ids: string[] = [];
    for (let nth = 1; ; nth += 1) {
      ids.push(...(await leave(3)));
      const { table, died } = dyingTable(parts.table, nth, when);
      await sealChain({ ...parts, table }, SCOPE).catch(silent);
      if (!died()) break;
      await sealRound(parts, silent);
      await expectWhole(ids);
    }
    await expectWhole(ids);
  });

  test('between a block and its copy in the archive is made up for by the next', async () => {
    const ids = await leave(2);
    const broken = { ...parts, archive: { put: () => Promise.reject(new Error('away')) } };
    expect(await sealRound(broken, silent)).toMatchObject({ failed: 1 });
    expect(await parts.archive.get(SCOPE, { block: 1 })).toBeUndefined();
    await sealRound(parts, silent);
    await expectWhole(ids);
  });
});

test('what was written twice, since nobody could tell whether the first was good, is sealed once', async () => {
  const ids = await leave(3);
  await sealRound(parts, silent);
  const [block] = await blocksFrom(parts.table, SCOPE, 1, 1);
  const again = (block?.records ?? []).map(({ seq: _, ...record }) => record);
  const fresh = recordAt();
  await putWaiting(parts.table, SCOPE, { id: ids[0] ?? '', records: [...again, fresh], again: true });
  await sealRound(parts, silent);
  await expectWhole([...ids, fresh.id]);
});

describe('what changes something', () => {
  const write = (index: number) => ({
    item: put(parts.table, { pk: 'T#acme#W#main#X', sk: String(index), record: 1 }),
  });

  test('leaves its record in the same transaction, or changes nothing', async () => {
    for (const when of ['before', 'after'] as const) {
      const record = recordAt();
      const { table } = dyingTable(parts.table, 1, when);
      const itemsOf = () => [saveWaiting(table, SCOPE, { id: record.id, records: [record] })];
      await commit(witnessed(table, itemsOf, silent), [write(when === 'after' ? 1 : 0)]).catch(silent);
      const waiting = await readWaiting(parts.table, SCOPE, 100);
      expect(waiting.map(({ id }) => id)).toEqual(when === 'after' ? [record.id] : []);
    }
  });

  test('in many transactions at once leaves one record', async () => {
    const record = recordAt();
    let written = 0;
    const itemsOf = () => [saveWaiting(parts.table, SCOPE, { id: record.id, records: [record] })];
    const table = witnessed(parts.table, itemsOf, () => {
      written += 1;
    });
    const refused = { item: { Put: { ...write(99).item.Put, ConditionExpression: 'attribute_exists(pk)' } } };
    const results = await Promise.all([
      // One that is refused leaves none.
      commit(table, [{ ...write(0), ...refused } as Parameters<typeof commit>[1][number]]),
      ...Array.from({ length: 20 }, (_, index) => commit(table, [write(index)])),
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['refused', ...Array(20).fill('committed')]);
    expect(written).toBe(1);
    expect(await readWaiting(parts.table, SCOPE, 100)).toMatchObject([{ id: record.id }]);
  });
});

describe('what is gathered', () => {
  test('is written together, and none of it is lost while the table is away', async () => {
    let isAway = true;
    const client = new Proxy(parts.table.client, {
      get(target, name) {
        if (name !== 'send') return Reflect.get(target, name);
        return async (...given: Parameters<typeof target.send>) => {
          if (isAway) throw new Error('away');
          return target.send(...given);
        };
      },
    });
    let told = 0;
    const table = { ...parts.table, client };
    const gatherer = createGatherer({ table, onError: () => (told += 1), together: 10, most: 60, every: 60_000 });
    const records = Array.from({ length: 55 }, () => recordAt());
    for (const record of records) gatherer.add(SCOPE, record);
    await gatherer.flush();
    expect(told).toBeGreaterThan(0);
    expect(gatherer.isFull()).toBe(false);
    const more = Array.from({ length: 5 }, () => recordAt());
    for (const record of more) gatherer.add(SCOPE, record);
    expect(gatherer.isFull()).toBe(true);
    isAway = false;
    await gatherer.flush();
    expect(gatherer.isFull()).toBe(false);
    expect((await readWaiting(parts.table, SCOPE, 100)).length).toBe(7);
    await sealRound(parts, silent);
    await expectWhole([...records, ...more].map(({ id }) => id));
  });
});
