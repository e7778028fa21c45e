import type { AuditRecord } from '@laurel/contract/audit-records/schema';
import { decodeTime } from 'ulid';
import { getBlock, getHead, type HeadRecord } from '../store/audit.ts';
import type { Listing, Reach } from '../store/listing.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import type { StoredBlock } from './record.ts';

/** How many blocks are looked at for one page. */
const MOST_BLOCKS = 20;

/** Which records are wanted, and when they were made: from a moment on, and before another. */
export interface Wanted {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly isWanted: (record: AuditRecord) => boolean;
}

/** The records of a block, as they are shown. */
export function recordsIn({ block, records, hashes }: StoredBlock): AuditRecord[] {
  return records.map((record, index) => ({ ...record, block, hash: hashes[index] ?? '' }));
}

/** The first block that was sealed at a moment or later, by halving: blocks are sealed in the order of time. */
async function firstSealedFrom(table: Table, scope: Scope, head: HeadRecord, moment: string): Promise<number> {
  let [low, high] = [1, head.block + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const block = await getBlock(table, scope, middle);
    // What is gone is for `verify` to tell; what stands after it is still found.
    if (block === undefined || block.sealedAt < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

function later(moment: string, milliseconds: number): string {
  return new Date(Date.parse(moment) + milliseconds).toISOString();
}

/** Where a page begins: the block, and how many of its records were listed before. */
function placeOf(after: string): readonly [block: number, passed: number] {
  const [block = '0', passed = '0'] = after.split('.');
  return [Number(block), Number(passed)];
}

/**
 * Lists records, the latest first. A record that was made before a moment may have been sealed after it, but never later
 * than the slowest of all: that far is looked.
 */
export async function findRecords(
  table: Table,
  scope: Scope,
  { from, to, isWanted }: Wanted,
  { limit, after }: Reach,
): Promise<Listing<AuditRecord>> {
  const head = await getHead(table, scope);
  if (head === undefined) return { items: [], next: null };
  const items: AuditRecord[] = [];
  let [number, passed] = after === undefined ? [head.block, 0] : placeOf(after);
  if (after === undefined && to !== undefined)
    number = Math.min(number, await firstSealedFrom(table, scope, head, later(to, head.slowest + 1)));
  for (let looked = 0; number > 0 && looked < MOST_BLOCKS; looked += 1) {
    const block = await getBlock(table, scope, number);
    if (block !== undefined && from !== undefined && block.sealedAt < from) return { items, next: null };
    const records = block === undefined ? [] : recordsIn(block).toReversed();
    for (const [index, record] of records.entries()) {
      if (index < passed) continue;
      const isThen = (from === undefined || record.at >= from) && (to === undefined || record.at < to);
      if (!isThen || !isWanted(record)) continue;
      if (items.length === limit) return { items, next: `${number}.${index}` };
      items.push(record);
    }
    number -= 1;
    passed = 0;
  }
  return { items, next: number > 0 ? `${number}.0` : null };
}

/** When an id of Laurel's was made, or nothing where it is none. */
function madeAt(id: string): string | undefined {
  const ulid = /^[a-z]+_([0-7][0-9A-HJKMNP-TV-Z]{25})$/.exec(id)?.[1];
  return ulid === undefined ? undefined : new Date(decodeTime(ulid)).toISOString();
}

/** How far clocks may be apart, and how long a call may last until its record is made, in milliseconds. */
const AROUND = 15 * 60_000;

/** The stretch of time in which the record of an id, or of a request, was made; nothing where the id is not Laurel's. */
export function timeAround(id: string): { readonly from: string; readonly to: string } | undefined {
  const moment = madeAt(id);
  return moment === undefined ? undefined : { from: later(moment, -AROUND), to: later(moment, AROUND) };
}
