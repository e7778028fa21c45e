import type { ChainPlace } from '../audit/record.ts';

/** What is kept of a chain outside of the table. */
export type ArchiveName = { readonly block: number } | { readonly digestOver: number };

/**
 * Where blocks and digests are kept once more, so that whoever may write to the table cannot undo what was sealed.
 * Nothing is ever written over or taken away: putting the same again is putting it once.
 */
export interface AuditArchive {
  put(place: ChainPlace, name: ArchiveName, text: string): Promise<void>;
  /** What was put, or nothing. */
  get(place: ChainPlace, name: ArchiveName): Promise<string | undefined>;
}

/** The name of what is kept, in words that sort: `acme/main/blocks/0000000000000001.json`. */
export function archivePath({ tenant, workspace }: ChainPlace, name: ArchiveName): string {
  const [folder, number] = 'block' in name ? ['blocks', name.block] : ['digests', name.digestOver];
  return `${tenant}/${workspace}/${folder}/${String(number).padStart(16, '0')}.json`;
}
