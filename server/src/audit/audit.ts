import type { AuditKey } from '@laurel/contract/audit-records/schema';
import type { AuditArchive } from '../ports/audit-archive.ts';
import type { Pseudonyms } from '../ports/pseudonyms.ts';
import type { Gatherer } from './gatherer.ts';

/** What whoever does something takes to leave a record of it, and whoever asks to verify what is recorded. */
export interface Audit {
  readonly pseudonyms: Pseudonyms;
  /** The same for whoever works for all tenants. */
  readonly pseudonymsOf: (tenant: string) => Promise<Pseudonyms>;
  /** Takes the records of what changed nothing. */
  readonly gatherer: Gatherer;
  /** The keys that digests are verified with. */
  readonly keys: () => Promise<readonly AuditKey[]>;
  /** Where blocks are kept outside of the table, where they are. */
  readonly archive?: Pick<AuditArchive, 'get'>;
}
