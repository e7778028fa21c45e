import { hash } from 'node:crypto';
import type { AuditFault, AuditHead } from '@laurel/contract/audit-records/schema';
import canonicalize from 'canonicalize';
import type { ChainPlace, OpenRecord, SealedRecord, StoredBlock } from './record.ts';

/** The form of the chain, which its first hash stands on. */
const FORMAT = 'laurel.audit/1';

/** A value in canonical JSON (RFC 8785). */
export function canonical(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('this has no JSON');
  return text;
}

function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}

/** The SHA-256 of a value in canonical JSON. */
export function digestOf(value: object): string {
  return sha256(canonical(value));
}

/** What a chain stands on before its first record: no chain fits another workspace. */
export function chainStart({ tenant, workspace }: ChainPlace): AuditHead {
  return { block: 0, records: 0, hash: digestOf({ format: FORMAT, tenant, workspace }) };
}

/** The hash of a record on top of the one before it. */
export function recordHash(previous: string, record: SealedRecord): string {
  return sha256(`${previous}\n${canonical(record)}`);
}

/** The next block of a chain. */
export function blockOn(head: AuditHead, records: readonly OpenRecord[], sealedAt: string): StoredBlock {
  const sealed = records.map((record, index) => ({ ...record, seq: head.records + 1 + index }));
  const hashes: string[] = [];
  for (const record of sealed) hashes.push(recordHash(hashes.at(-1) ?? head.hash, record));
  return {
    block: head.block + 1,
    first: head.records + 1,
    previous: head.hash,
    hash: hashes.at(-1) ?? head.hash,
    sealedAt,
    records: sealed,
    hashes,
  };
}

/** How far a chain goes with a block. */
export function headAfter({ block, first, records, hash }: StoredBlock): AuditHead {
  return { block, records: first - 1 + records.length, hash };
}

/** The first record of a block that is not where and what it was. */
function badRecord(head: AuditHead, { block, records, hashes }: StoredBlock): AuditFault | undefined {
  let previous = head.hash;
  for (const [index, record] of records.entries()) {
    const wanted = head.records + 1 + index;
    const place = { block, seq: wanted, recordId: record.id };
    if (record.seq !== wanted) {
      const isLater = records.some(({ seq }, at) => at > index && seq === wanted);
      return record.seq > wanted && !isLater
        ? { ...place, kind: 'removed', recordId: null, message: `record ${wanted} is gone` }
        : { ...place, kind: 'misplaced', message: `record ${record.seq} stands where record ${wanted} belongs` };
    }
    const actual = recordHash(previous, record);
    if (actual !== hashes[index])
      return { ...place, kind: 'altered', message: `record ${wanted} is not what was sealed` };
    previous = actual;
  }
  return undefined;
}

/**
 * What is wrong with a block on top of what is before it; nothing where it is as it was sealed. A block whose records
 * were all hashed anew hangs together, but what stands on it does not any more.
 */
export function faultOf(head: AuditHead, block: StoredBlock): AuditFault | undefined {
  const wanted = head.block + 1;
  const last = head.block === 0 ? null : head.records;
  const about = { block: wanted, seq: head.records + 1, recordId: block.records[0]?.id ?? null };
  if (block.block !== wanted) return { ...about, kind: 'misplaced', message: `another block stands for ${wanted}` };
  if (block.previous !== head.hash || block.first !== head.records + 1) {
    // Either was written over; which of the two, only what is kept elsewhere can tell.
    const message = `block ${wanted} does not stand on what is before it: record ${last ?? 1} or the block was written over`;
    return { ...about, kind: 'block_altered', seq: last ?? about.seq, recordId: null, message };
  }
  const bad = badRecord(head, block);
  if (bad !== undefined) return bad;
  const count = block.records.length;
  if (block.hashes.length !== count || block.hash !== (block.hashes.at(-1) ?? head.hash)) {
    const seq = head.records + count + 1;
    return { ...about, kind: 'removed', seq, recordId: null, message: `record ${seq}, at the end of a block, is gone` };
  }
  return undefined;
}
