import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Audit } from '../audit/audit.ts';
import { auditKeys } from '../audit/digest.ts';
import { createGatherer } from '../audit/gatherer.ts';
import { type SealParts, sealRound } from '../audit/seal.ts';
import { embeddedKey } from '../credentials/embedded-keys.ts';
import { createPseudonyms } from '../identity/pseudonyms.ts';
import { type AuditArchive, archivePath } from '../ports/audit-archive.ts';
import { systemClock } from '../ports/clock.ts';
import type { Table } from '../store/table.ts';
import type { OnError } from './backing.ts';
import type { Keyring } from './keyring.ts';
import { startRounds } from './rounds.ts';

/** How long after a digest the next one is signed, in milliseconds. */
const DIGEST_EVERY = 3_600_000;

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Keeps what is sealed in a folder, each block and digest in a file that is never written over. */
export function folderArchive(folder: string): AuditArchive {
  return {
    async put(place, name, text) {
      const file = join(folder, archivePath(place, name));
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      try {
        await writeFile(file, text, { mode: 0o400, flag: 'wx' });
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
      }
    },
    async get(place, name) {
      try {
        return await readFile(join(folder, archivePath(place, name)), 'utf8');
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return undefined;
        throw error;
      }
    },
  };
}

/** Keeps what is sealed for as long as the process lives. */
export function memoryArchive(): AuditArchive {
  const kept = new Map<string, string>();
  return {
    async put(place, name, text) {
      const path = archivePath(place, name);
      if (!kept.has(path)) kept.set(path, text);
    },
    get: async (place, name) => kept.get(archivePath(place, name)),
  };
}

/** Where a platform keeps what is sealed: in its folder, or in memory. */
export function localArchive(data: string): AuditArchive {
  return data === ':memory:' ? memoryArchive() : folderArchive(join(data, 'audit'));
}

/** What leaves records in this process, and what seals them. */
export function localAudit(
  table: Table,
  keyring: Pick<Keyring, 'auditKey' | 'pseudonymSecret'>,
  archive: AuditArchive,
  onError: OnError,
): { readonly audit: Audit; readonly sealing: SealParts } {
  const signer = embeddedKey(keyring.auditKey);
  const pseudonyms = createPseudonyms(keyring.pseudonymSecret);
  return {
    audit: {
      pseudonyms,
      pseudonymsOf: async () => pseudonyms,
      gatherer: createGatherer({ table, onError }),
      keys: () => auditKeys(signer),
      archive,
    },
    sealing: { table, now: () => systemClock.now(), signer, digestEvery: DIGEST_EVERY, archive },
  };
}

/** What seals in this process. */
export interface LocalSealer {
  /** Writes and seals all that was recorded before. */
  seal(): Promise<void>;
  /** Ends it, after the round that is under way; all that was recorded is written. */
  close(): Promise<void>;
}

/** Seals again and again, so many milliseconds after the time before, if any; it keeps no process alive. */
export function startSealer(
  { gatherer }: Audit,
  parts: SealParts,
  onError: OnError,
  everyMs: number | undefined,
): LocalSealer {
  const rounds = startRounds(async ({ isClosed }) => {
    try {
      await sealRound(parts, onError, () => !isClosed());
    } catch (error) {
      onError('records of the audit could not be sealed', error);
    }
  }, everyMs);
  return {
    async seal() {
      await gatherer.flush();
      await sealRound(parts, onError);
    },
    async close() {
      await rounds.close();
      await gatherer.flush();
    },
  };
}
