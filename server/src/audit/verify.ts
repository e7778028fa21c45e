import type { AuditDigest, AuditFault, AuditHead, AuditKey } from '@laurel/contract/audit-records/schema';
import type { AuditArchive } from '../ports/audit-archive.ts';
import { blocksFrom, digestsOver, getBlock, getHead, latestDigest } from '../store/audit.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { chainStart, faultOf, headAfter } from './chain.ts';
import { isGenuine } from './digest.ts';
import type { ChainPlace, StoredBlock } from './record.ts';

/** How many blocks are verified in one go, and how many of them are read at a time. */
const TOGETHER = 60;
const PAGE = 10;

/** What is verified against. */
export interface VerifyParts {
  readonly table: Table;
  readonly keys: readonly AuditKey[];
  readonly archive?: Pick<AuditArchive, 'get'>;
}

/** A head that whoever asks has kept. */
export interface KnownHead {
  readonly block: number;
  readonly hash: string;
}

/** What came of verifying some blocks. */
export interface Verified {
  readonly to: number;
  readonly records: number;
  readonly fault: AuditFault | null;
  readonly head: AuditHead;
  readonly digest: AuditDigest | null;
  readonly next: number | null;
}

function missing(block: number, head: AuditHead): AuditFault {
  const message = `block ${block}, which begins with record ${head.records + 1}, is gone`;
  return { kind: 'block_missing', block, seq: head.records + 1, recordId: null, message };
}

function cut(head: AuditHead, by: string): AuditFault {
  const seq = head.records + 1;
  const message = `the chain went further than block ${head.block}, as ${by} shows: record ${seq} and all after it are gone`;
  return { kind: 'cut', block: head.block + 1, seq, recordId: null, message };
}

function rewritten({ block, records }: AuditHead, by: string): AuditFault {
  const message = `block ${block} is not what ${by} says: a record up to ${records} was written over, and all hashes after it`;
  return { kind: 'block_altered', block, seq: records, recordId: null, message };
}

/** What is wrong with a digest over a block that was verified. */
export function digestFault(
  keys: readonly AuditKey[],
  place: ChainPlace,
  digest: AuditDigest,
  head: AuditHead,
): AuditFault | undefined {
  if (!isGenuine(keys, place, digest)) {
    const message = `the digest over block ${digest.block} was signed by nobody who signs digests of this chain`;
    return { kind: 'forged_digest', block: digest.block, seq: null, recordId: null, message };
  }
  return digest.hash === head.hash && digest.records === head.records
    ? undefined
    : rewritten(head, 'the digest over it');
}

/** The blocks of one go, each held against the one before it. */
async function walk(table: Table, scope: Scope, start: AuditHead, end: number) {
  const heads: AuditHead[] = [];
  let head = start;
  while (head.block < end) {
    const blocks: StoredBlock[] = await blocksFrom(table, scope, head.block + 1, Math.min(PAGE, end - head.block));
    if (blocks.length === 0) return { heads, head, fault: missing(head.block + 1, head) };
    for (const block of blocks) {
      if (block.block > end) return { heads, head, fault: missing(head.block + 1, head) };
      const isGap = block.block > head.block + 1;
      const fault = isGap ? missing(head.block + 1, head) : faultOf(head, block);
      if (fault !== undefined) return { heads, head, fault };
      head = headAfter(block);
      heads.push(head);
    }
  }
  return { heads, head, fault: undefined };
}

/** Whether a chain has come to a block meanwhile: nobody who verifies it keeps it from growing. */
async function hasGrownTo(table: Table, scope: Scope, { block, hash }: KnownHead): Promise<boolean> {
  const head = await getHead(table, scope);
  return head !== undefined && head.block >= block && (await getBlock(table, scope, block))?.hash === hash;
}

/** What is kept outside of the table about where a go has ended. */
async function archiveFault(
  table: Table,
  archive: Pick<AuditArchive, 'get'>,
  scope: Scope,
  { head, isEnd }: { readonly head: AuditHead; readonly isEnd: boolean },
) {
  const text = head.block === 0 ? undefined : await archive.get(scope, { block: head.block });
  if (text !== undefined) {
    const kept: Pick<StoredBlock, 'hash'> = JSON.parse(text);
    if (kept.hash !== head.hash) return rewritten(head, 'the archive');
  }
  const beyond = isEnd ? await archive.get(scope, { block: head.block + 1 }) : undefined;
  if (beyond === undefined) return undefined;
  const next: KnownHead = JSON.parse(beyond);
  return (await hasGrownTo(table, scope, next)) ? undefined : cut(head, 'the archive');
}

/**
 * Verifies some blocks of a chain from one on: that each record is what was sealed, in its place, and that what is kept
 * elsewhere (digests, the archive, a head that the caller knows) fits. The hash of the block before the first is taken
 * from that block itself: whoever goes on from `next` has just verified it.
 */
export async function verifyPart(
  { table, keys, archive }: VerifyParts,
  scope: Scope,
  { from, known }: { readonly from: number; readonly known: KnownHead | undefined },
): Promise<Verified> {
  const start = chainStart(scope);
  const stored = await getHead(table, scope);
  const end = stored?.block ?? 0;
  const shown: AuditHead =
    stored === undefined ? start : { block: stored.block, records: stored.records, hash: stored.hash };
  const digest = (await latestDigest(table, scope)) ?? null;
  const before = from === 1 ? undefined : await getBlock(table, scope, from - 1);
  const answer = (head: AuditHead, records: number, fault: AuditFault | null): Verified => {
    const isOver = fault !== null || head.block >= end;
    return { to: head.block, records, fault, head: shown, digest, next: isOver ? null : head.block + 1 };
  };
  const first = from === 1 ? start : before && headAfter(before);
  if (first === undefined) {
    const nowhere = { ...shown, block: from - 1 };
    return answer(nowhere, 0, from - 1 > end ? cut(shown, 'where you go on from') : missing(from - 1, nowhere));
  }
  const last = Math.min(end, first.block + TOGETHER);
  const { heads, head, fault: inChain } = await walk(table, scope, first, last);
  const records = head.records - first.records;
  const isEnd = inChain === undefined && head.block >= end;
  const headOf = new Map([first, ...heads].map((one) => [one.block, one]));
  const outside = async (): Promise<AuditFault | undefined> => {
    for (const one of await digestsOver(table, scope, first.block + 1, head.block)) {
      const at = headOf.get(one.block);
      const fault = at && digestFault(keys, scope, one, at);
      if (fault !== undefined) return fault;
    }
    const at = known && headOf.get(known.block);
    if (known !== undefined && at !== undefined && at.hash !== known.hash)
      return rewritten(at, 'the head that you know');
    const archived = archive && (await archiveFault(table, archive, scope, { head, isEnd }));
    if (archived !== undefined) return archived;
    if (!isEnd) return undefined;
    if (head.hash !== shown.hash || head.records !== shown.records) return rewritten(head, 'the head of the chain');
    if (known !== undefined && known.block > end) return cut(head, 'the head that you know');
    const isBeyond = digest !== null && digest.block > end && !(await hasGrownTo(table, scope, digest));
    return isBeyond ? cut(head, 'the latest digest') : undefined;
  };
  const fault = inChain ?? (await outside());
  return answer(head, records, tailOf(fault, head, end) ?? null);
}

/** Blocks that are missing up to the head's own are the end of the chain. */
function tailOf(fault: AuditFault | undefined, head: AuditHead, end: number): AuditFault | undefined {
  return fault?.kind === 'block_missing' && fault.block === end ? cut(head, 'its head') : fault;
}
