import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditVerification } from '@laurel/contract/audit-records/schema';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blockOn, headAfter } from '../../src/audit/chain.ts';
import type { StoredBlock } from '../../src/audit/record.ts';
import { sealChain } from '../../src/audit/seal.ts';
import { localAudit, memoryArchive } from '../../src/local/audit.ts';
import { memoryKeyring } from '../../src/local/keyring.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { ACME, call, startTestPlatform } from '../support/platform.ts';
import { auditItems, RECORDS } from './world.ts';

const laurel = await startTestPlatform();
afterAll(() => laurel.close());
const home = await laurel.machine(ACME);
const { client, name } = laurel.table;
const SCOPE = workspaceScope(ACME.tenant, ACME.workspace);
const { seal } = laurel.platform.inside.sealer;

type Row = Record<string, unknown> & { readonly pk: string; readonly sk: string };

/** The items of the chain as they were sealed, to be put back after each cut. */
let sealed: Row[] = [];
let blocks: StoredBlock[] = [];
const PATHS = ['/dashboard/v1/missions', '/dashboard/v1/streaks/none', '/dashboard/v1/workspace', '/nowhere'];

const isOfChain = ({ pk }: Record<string, unknown>) => pk === 'T#acme#W#main#AUDIT#CHAIN';

beforeAll(async () => {
  // Blocks of different sizes, and a change among them.
  for (const size of [3, 1, 4, 2, 5]) {
    for (let index = 0; index < size; index += 1) {
      const body = { body: { displayName: `User ${size}` } };
      if (index === 1) await call(home, 'POST', '/dashboard/v1/users', body);
      else await call(home, 'GET', PATHS[(size + index) % PATHS.length] ?? '');
    }
    await seal();
  }
  sealed = (await auditItems(laurel.table)).filter(isOfChain) as Row[];
  blocks = sealed
    .filter(({ sk }) => sk.startsWith('BLOCK#'))
    .toSorted((a, b) => (a.sk < b.sk ? -1 : 1))
    .map(({ record }) => record as StoredBlock);
}, 60_000);

const put = (item: Row) => client.send(new PutCommand({ TableName: name, Item: item }));
const remove = ({ pk, sk }: Row) => client.send(new DeleteCommand({ TableName: name, Key: { pk, sk } }));
const rowOf = (block: number): Row => {
  const row = sealed.find(({ sk }) => sk === `BLOCK#${String(block).padStart(16, '0')}`);
  if (row === undefined) throw new Error(`there is no block ${block}`);
  return row;
};
const headRow = (): Row => sealed.find(({ sk }) => sk === 'HEAD') ?? rowOf(0);

async function restore(): Promise<void> {
  for (const row of (await auditItems(laurel.table)).filter(isOfChain) as Row[]) {
    if (!sealed.some(({ sk }) => sk === row.sk)) await remove(row);
  }
  for (const row of sealed) await put(row);
}

async function verify(query = ''): Promise<AuditVerification> {
  const answer = await call(home, 'GET', `${RECORDS}/verify?from=1${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body as unknown as AuditVerification;
}

/** Makes a cut, verifies, and puts back what was there. */
async function faultAfter(cut: () => Promise<unknown>, query = '') {
  try {
    await cut();
    const { valid, fault } = await verify(query);
    expect(valid).toBe(fault === null);
    return fault;
  } finally {
    await restore();
  }
}

const edited = (block: StoredBlock, own: Partial<StoredBlock>) =>
  put({ ...rowOf(block.block), record: { ...block, ...own } });

/** A place in the chain, picked by two numbers: a block, and a record in it. */
function placeAt(first: number, second: number) {
  const block = blocks[first % blocks.length];
  if (block === undefined) throw new Error('there are no blocks');
  const index = second % block.records.length;
  const record = block.records[index];
  if (record === undefined) throw new Error('there are no records');
  return { block, index, record };
}

/** For some places of the chain, whichever. */
const forPlaces = (check: (place: ReturnType<typeof placeAt>) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(fc.nat(100), fc.nat(100), (first, second) => check(placeAt(first, second))),
    { numRuns: 12 },
  );

test('a chain that nobody touched is valid, and says how far it goes', async () => {
  const { valid, fault, to, records, head, next, digest } = await verify();
  expect({ valid, fault, next }).toEqual({ valid: true, fault: null, next: null });
  expect(to).toBe(blocks.length);
  expect(records).toBe(blocks.flatMap((block) => block.records).length);
  expect(head).toEqual(headAfter(blocks.at(-1) ?? placeAt(0, 0).block));
  expect(digest).toMatchObject({ block: 1 });
});

describe('threat 56: the first bad record is named', () => {
  test('where a field of it was edited, whichever', async () => {
    const ways = fc.constantFrom<[string, unknown]>(
      ['status', 299],
      ['outcome', 'nothing'],
      ['actor', { kind: 'system', id: null, tokenId: null }],
      ['at', '2020-01-01T00:00:00.000Z'],
      ['target', { id: 'other' }],
      ['flags', ['x']],
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(100), fc.nat(100), ways, async (first, second, [field, value]) => {
        const { block, index, record } = placeAt(first, second);
        const records = block.records.with(index, { ...record, [field]: value });
        expect(await faultAfter(() => edited(block, { records }))).toMatchObject({
          kind: 'altered',
          block: block.block,
          seq: record.seq,
          recordId: record.id,
        });
      }),
      { numRuns: 12 },
    );
  });

  test('where one was removed, with its hash or without', () =>
    forPlaces(async ({ block, index, record }) => {
      const records = block.records.toSpliced(index, 1);
      for (const own of [{ records }, { records, hashes: block.hashes.toSpliced(index, 1) }]) {
        const fault = await faultAfter(() => edited(block, own));
        expect(fault).toMatchObject({ kind: 'removed', block: block.block, seq: record.seq });
      }
    }));

  test('where one was put in, with a hash that fits what is before it', () =>
    forPlaces(async ({ block, index, record }) => {
      const forged = { ...record, id: 'aud_00000000000000000000000000', status: 204 };
      const before = index === 0 ? block.previous : (block.hashes[index - 1] ?? '');
      const one = blockOn({ block: 0, records: record.seq - 1, hash: before }, [forged], block.sealedAt);
      const fault = await faultAfter(() =>
        edited(block, {
          records: block.records.toSpliced(index, 0, ...one.records),
          hashes: block.hashes.toSpliced(index, 0, ...one.hashes),
        }),
      );
      // The forged one hangs together with what is before it: the one after it stands where it does not belong.
      expect(fault).toMatchObject({ kind: 'misplaced', block: block.block, seq: record.seq + 1, recordId: record.id });
    }));

  test('where two changed places', () =>
    forPlaces(async ({ block, index, record }) => {
      const other = block.records[(index + 1) % block.records.length];
      if (other === undefined || other === record) return;
      const at = block.records.indexOf(other);
      const records = block.records.with(index, other).with(at, record);
      const fault = await faultAfter(() => edited(block, { records }));
      expect(fault).toMatchObject({ kind: 'misplaced', block: block.block, seq: Math.min(record.seq, other.seq) });
    }));

  test('where a block was removed, or two changed places', async () => {
    for (const block of blocks.slice(0, -1)) {
      const fault = await faultAfter(() => remove(rowOf(block.block)));
      expect(fault).toMatchObject({ kind: 'block_missing', block: block.block, seq: block.first });
    }
    const [first, second] = blocks;
    const swap = async () => {
      await put({ ...rowOf(1), record: second });
      await put({ ...rowOf(2), record: first });
    };
    expect(await faultAfter(swap)).toMatchObject({ block: 1, seq: 1 });
  });

  test('where a block was hashed anew as a whole, by what stands on it', async () => {
    for (const block of blocks.slice(0, -1)) {
      const before = { block: block.block - 1, records: block.first - 1, hash: block.previous };
      const anew = blockOn(
        before,
        block.records.map((record) => ({ ...record, status: 299 })),
        block.sealedAt,
      );
      const fault = await faultAfter(() => put({ ...rowOf(block.block), record: anew }));
      expect(fault?.kind).toBe('block_altered');
      expect([block.block, block.block + 1]).toContain(fault?.block);
    }
  });
});

describe('threat 56: the end of a chain', () => {
  const headAt = (block: StoredBlock): Row => ({
    ...headRow(),
    version: block.block,
    record: { ...Object(headRow().record), ...headAfter(block) },
  });
  const cutTo = async (count: number, withHead: boolean) => {
    for (const block of blocks.slice(count)) await remove(rowOf(block.block));
    const last = blocks[count - 1];
    if (withHead && last !== undefined) await put(headAt(last));
  };

  test('is missed where its blocks are gone', async () => {
    for (let count = 1; count < blocks.length; count += 1) {
      const fault = await faultAfter(() => cutTo(count, false));
      expect(['cut', 'block_missing']).toContain(fault?.kind);
      expect(fault).toMatchObject({ block: count + 1, seq: blocks[count]?.first });
    }
  });

  test('also where the head was written over, by the archive', async () => {
    for (let count = 1; count < blocks.length; count += 1) {
      const fault = await faultAfter(() => cutTo(count, true));
      expect(fault).toMatchObject({ kind: 'cut', block: count + 1, seq: blocks[count]?.first });
      expect(fault?.message).toContain('the archive');
    }
  });

  test('a chain that was written anew to its end does not fit what is kept elsewhere', async () => {
    const rewrite = async () => {
      let head = { block: 0, records: 0, hash: blocks[0]?.previous ?? '' };
      for (const block of blocks) {
        const records = block.records.map((record) => ({ ...record, address: null }));
        const anew = blockOn(head, records, block.sealedAt);
        await put({ ...rowOf(block.block), record: anew });
        head = headAfter(anew);
      }
      await put({ ...headRow(), record: { ...Object(headRow().record), ...head } });
    };
    const fault = await faultAfter(rewrite);
    expect(fault).toMatchObject({ kind: 'block_altered', block: 1 });
    expect(fault?.message).toContain('digest');
    const known = blocks[2];
    const query = `&knownBlock=3&knownHash=${known?.hash}`;
    expect((await verify(query)).valid).toBe(true);
    const digests = sealed.filter(({ sk }) => sk.startsWith('DIGEST#'));
    const withoutDigests = async () => {
      await rewrite();
      for (const row of digests) await remove(row);
    };
    expect(await faultAfter(withoutDigests, query)).toMatchObject({ kind: 'block_altered', block: 3 });
    expect((await faultAfter(withoutDigests))?.message).toContain('the archive');
  });

  test('a head that is further than the chain is a cut', async () => {
    const hash = blocks[0]?.hash;
    const { fault } = await verify(`&knownBlock=${blocks.length + 1}&knownHash=${hash}`);
    expect(fault).toMatchObject({ kind: 'cut', block: blocks.length + 1 });
  });

  test('a digest that somebody else signed is none', async () => {
    const [row] = sealed.filter(({ sk }) => sk.startsWith('DIGEST#'));
    if (row === undefined) throw new Error('there is no digest');
    const forged = { ...Object(row.record), records: 1 };
    expect(await faultAfter(() => put({ ...row, record: forged }))).toMatchObject({ kind: 'forged_digest', block: 1 });
  });
});

test('verifying goes on from where it stopped', async () => {
  const { sealing } = localAudit(laurel.table, await memoryKeyring(), memoryArchive(), () => undefined);
  for (let index = 0; index < 70; index += 1) {
    await call(home, 'GET', '/dashboard/v1/workspace');
    await laurel.platform.inside.platform.audit.gatherer.flush();
    await sealChain(sealing, SCOPE);
  }
  const first = await verify();
  expect(first).toMatchObject({ valid: true, from: 1, to: 60, next: 61 });
  const { body } = await call(home, 'GET', `${RECORDS}/verify?from=${first.next}`);
  expect(body).toMatchObject({ from: 61, next: null });
}, 60_000);
