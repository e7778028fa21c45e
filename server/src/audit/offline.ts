import type { AuditBlock, AuditFault, AuditHead, AuditKey } from '@laurel/contract/audit-records/schema';
import { chainStart, faultOf, headAfter } from './chain.ts';
import { isGenuine } from './digest.ts';
import type { ChainPlace, StoredBlock } from './record.ts';

/** What came of verifying an export without Laurel. */
export interface OfflineVerdict {
  /** How far the export goes: compare it with a head that was kept, or that the API tells. */
  readonly head: AuditHead;
  readonly digests: number;
  readonly fault: AuditFault | null;
}

/** A block of an export as it was hashed. */
function storedOf({ digest: _, records, ...block }: AuditBlock): StoredBlock {
  return {
    ...block,
    records: records.map(({ block: __, hash: ___, ...record }) => record),
    hashes: records.map(({ hash }) => hash),
  };
}

/**
 * Verifies exported blocks, from the first on: with nothing but the names of the tenant and the workspace, and the keys
 * that digests are verified with. Digests are not looked at where no keys are given.
 */
export async function verifyExport(
  place: ChainPlace,
  blocks: AsyncIterable<AuditBlock> | Iterable<AuditBlock>,
  keys: readonly AuditKey[],
): Promise<OfflineVerdict> {
  let head = chainStart(place);
  let digests = 0;
  for await (const block of blocks) {
    const fault = faultOf(head, storedOf(block));
    if (fault !== undefined) return { head, digests, fault };
    head = headAfter(storedOf(block));
    const { digest } = block;
    if (digest === null || keys.length === 0) continue;
    digests += 1;
    if (isGenuine(keys, place, digest) && digest.hash === head.hash && digest.records === head.records) continue;
    const message = `the digest over block ${head.block} does not fit it, or was signed by somebody else`;
    return { head, digests, fault: { kind: 'forged_digest', block: head.block, seq: null, recordId: null, message } };
  }
  return { head, digests, fault: null };
}
