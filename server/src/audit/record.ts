import type { AuditBlock, AuditRecord } from '@laurel/contract/audit-records/schema';

/** A record before it has its place in the chain. */
export type OpenRecord = Omit<AuditRecord, 'seq' | 'block' | 'hash'>;

/** A record in its place, as it is hashed. */
export type SealedRecord = OpenRecord & Pick<AuditRecord, 'seq'>;

/** A block as it is stored: the hashes beside the records, which they are made of. */
export interface StoredBlock extends Omit<AuditBlock, 'records' | 'digest'> {
  readonly records: readonly SealedRecord[];
  readonly hashes: readonly string[];
}

/** The names of the tenant and the workspace that a chain belongs to. */
export interface ChainPlace {
  readonly tenant: string;
  readonly workspace: string;
}

/** What is the same in all records about which nothing is known. */
const NOTHING = {
  onBehalfOf: null,
  action: null,
  route: null,
  method: null,
  target: {},
  status: null,
  code: null,
  reason: null,
  requestId: null,
  address: null,
  versions: null,
  flags: [],
} as const satisfies Partial<OpenRecord>;

/** A record, from what is known. */
export function openRecord(
  known: Pick<OpenRecord, 'id' | 'at' | 'actor' | 'outcome'> & Partial<OpenRecord>,
): OpenRecord {
  return { ...NOTHING, ...known, target: { ...known.target }, flags: [...(known.flags ?? [])] };
}

/** The longest reason that is kept. */
const LONGEST_REASON = 200;

/**
 * A reason as it may stand in a record: in one line, of characters that mean nothing to a terminal, and not long. What a
 * record holds besides are ids, whose form is known, and words of Laurel's own.
 */
export function plainText(text: string): string {
  return text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, LONGEST_REASON);
}
