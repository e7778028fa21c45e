import type { AuditDigest } from '@laurel/contract/audit-records/schema';
import type { AuditArchive } from '../ports/audit-archive.ts';
import type { CredentialKey } from '../ports/credential-keys.ts';
import {
  blocksFrom,
  chainsToSee,
  dropWaiting,
  endPending,
  getBlock,
  getHead,
  getPending,
  type HeadRecord,
  latestDigest,
  readWaiting,
  saveBlock,
  saveDigest,
  savePending,
  type Waiting,
} from '../store/audit.ts';
import { commit } from '../store/commit.ts';
import { placeScope, type Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { blockOn, canonical, chainStart, headAfter } from './chain.ts';
import { signDigest } from './digest.ts';
import type { OpenRecord } from './record.ts';

/** What sealing takes. */
export interface SealParts {
  readonly table: Table;
  /** The machine's own time, RFC 3339. */
  readonly now: () => string;
  /** Signs digests, by Ed25519. */
  readonly signer: CredentialKey;
  /** How long after a digest the next one is signed, in milliseconds. */
  readonly digestEvery: number;
  /** Where blocks and digests are kept once more, where there is such a place. */
  readonly archive?: Pick<AuditArchive, 'put'>;
}

/** How many items of the table one block takes away, and how large it grows, in bytes: an item may have 400 KB. */
const MOST_ITEMS = 80;
const MOST_BYTES = 200_000;
/** How many items of each shard are read for a block. */
const LOOK = 40;
/** How often somebody else may be quicker before this one leaves the chain to them. */
const TRIES = 10;
/** How many blocks are archived at a time. */
const ARCHIVED_TOGETHER = 20;

/** As many of those that wait as one block takes. */
function portionOf(waiting: readonly Waiting[]): Waiting[] {
  const portion: Waiting[] = [];
  let bytes = 0;
  for (const one of waiting.slice(0, MOST_ITEMS)) {
    bytes += Buffer.byteLength(JSON.stringify(one.records));
    if (portion.length > 0 && bytes > MOST_BYTES) break;
    portion.push(one);
  }
  return portion;
}

/** The ids that were sealed since a time: those of records that may be there already are looked for among them. */
async function sealedSince(table: Table, scope: Scope, head: HeadRecord, since: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let number = head.block; number > 0; number -= 1) {
    const block = await getBlock(table, scope, number);
    if (block === undefined || block.sealedAt < since) break;
    for (const { id } of block.records) ids.add(id);
  }
  return ids;
}

/** The records of what waits, each once. */
async function recordsOf(
  table: Table,
  scope: Scope,
  head: HeadRecord | undefined,
  portion: readonly Waiting[],
): Promise<OpenRecord[]> {
  const doubtful = portion.filter(({ again }) => again === true).flatMap(({ records }) => records);
  const [first] = doubtful.map(({ at }) => at).toSorted();
  const sealed = first === undefined || head === undefined ? undefined : await sealedSince(table, scope, head, first);
  const isNew = (record: OpenRecord) => !(sealed?.has(record.id) && doubtful.includes(record));
  return portion.flatMap(({ records }) => records).filter(isNew);
}

/** How long the longest of some records has waited. */
function slowestOf(records: readonly OpenRecord[], sealedAt: string): number {
  const end = Date.parse(sealedAt);
  return records.reduce((most, { at }) => Math.max(most, end - Date.parse(at)), 0);
}

/** Seals one block of what waits; nothing where somebody else was quicker, 0 where nothing waits. */
async function sealBlock({ table, now }: SealParts, scope: Scope): Promise<number | undefined> {
  const portion = portionOf(await readWaiting(table, scope, LOOK));
  if (portion.length === 0) return 0;
  const head = await getHead(table, scope);
  const records = await recordsOf(table, scope, head, portion);
  if (records.length === 0) {
    await commit(table, dropWaiting(table, scope, portion));
    return portion.length;
  }
  // A chain never goes back in time, whichever machine's clock seals it.
  const sealedAt = [now(), head?.sealedAt ?? ''].toSorted().at(-1) ?? '';
  const block = blockOn(head ?? chainStart(scope), records, sealedAt);
  const next: HeadRecord = {
    ...headAfter(block),
    sealedAt,
    slowest: Math.max(head?.slowest ?? 0, slowestOf(records, sealedAt)),
  };
  const known = await getPending(table, scope);
  const pending = known ?? { from: block.block, since: sealedAt };
  const result = await commit(table, saveBlock(table, scope, { block, head: next, pending, taken: portion }));
  return result.kind === 'committed' ? portion.length : undefined;
}

/** Archives blocks from one on, in order; answers with the first that is not archived yet. */
async function archiveFrom(
  archive: Pick<AuditArchive, 'put'>,
  { table }: SealParts,
  scope: Scope,
  from: number,
): Promise<number> {
  let next = from;
  for (;;) {
    const blocks = await blocksFrom(table, scope, next, ARCHIVED_TOGETHER);
    if (blocks.length === 0) return next;
    for (const block of blocks) await archive.put(scope, { block: block.block }, canonical(block));
    next += blocks.length;
  }
}

/** The latest digest of a chain, after signing another where it is time for it. */
async function digestIfDue(parts: SealParts, scope: Scope, head: HeadRecord): Promise<AuditDigest | undefined> {
  const { table, signer, archive, now, digestEvery } = parts;
  const latest = await latestDigest(table, scope);
  const isDue = latest === undefined || Date.parse(now()) - Date.parse(latest.at) >= digestEvery;
  if (!isDue || (latest?.block ?? 0) >= head.block) return latest;
  const digest = await signDigest(signer, scope, { head, at: now(), previous: latest });
  if ((await commit(table, saveDigest(table, scope, digest))).kind !== 'committed') return latest;
  await archive?.put(scope, { digestOver: digest.block }, canonical(digest));
  return digest;
}

/** Does what is to be done about blocks that are sealed: they are archived, and a digest is signed over them in time. */
async function seePending(parts: SealParts, scope: Scope): Promise<void> {
  const { table, archive } = parts;
  const [pending, head] = [await getPending(table, scope), await getHead(table, scope)];
  if (pending === undefined || head === undefined) return;
  const from = archive === undefined ? head.block + 1 : await archiveFrom(archive, parts, scope, pending.from);
  const digest = await digestIfDue(parts, scope, head);
  if (digest?.block === head.block && from > head.block) await commit(table, endPending(table, scope, head));
  else if (from !== pending.from) await commit(table, [{ item: savePending(table, scope, { ...pending, from }) }]);
}

/**
 * Seals all that waits in a chain, and sees to what is sealed. Several may do it at once: each block is on top of the
 * head that it was made from, or is not written. Whoever is killed leaves nothing half done.
 * @returns how many items of the table it has sealed
 */
export async function sealChain(parts: SealParts, scope: Scope): Promise<number> {
  let sealed = 0;
  for (let lost = 0; lost < TRIES; ) {
    const count = await sealBlock(parts, scope);
    if (count === 0) break;
    if (count === undefined) lost += 1;
    else sealed += count;
  }
  await seePending(parts, scope);
  return sealed;
}

/** What a round did. */
export interface SealRound {
  readonly sealed: number;
  readonly failed: number;
}

/** Seals what waits in all chains of the cell. One that fails keeps no other waiting. */
export async function sealRound(
  parts: SealParts,
  onError: (message: string, error: unknown) => void,
  hasTime: () => boolean = () => true,
): Promise<SealRound> {
  let [sealed, failed] = [0, 0];
  for (let more = true; more && hasTime(); ) {
    let found = 0;
    failed = 0;
    for (const place of await chainsToSee(parts.table)) {
      if (!hasTime()) break;
      try {
        found += await sealChain(parts, placeScope(place));
      } catch (error) {
        failed += 1;
        onError(`records of ${place.tenant}/${place.workspace} could not be sealed`, error);
      }
    }
    sealed += found;
    more = found > 0;
  }
  return { sealed, failed };
}
