import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import type { MailText } from '../domain/people/mails.ts';
import type { Mail } from '../ports/mail.ts';

/** A mail that would have gone out. */
export interface WrittenMail extends MailText {
  readonly to: string;
}

/** Mails that end with the process, the latest last. */
export interface MemoryOutbox extends Mail {
  readonly written: readonly WrittenMail[];
}

/** The most mails that are kept in memory; the oldest give way. */
const MOST = 1000;

/** Keeps mails in memory, for a platform that ends with the process. */
export function memoryOutbox(): MemoryOutbox {
  const written: WrittenMail[] = [];
  return {
    written,
    async send(to, mail) {
      written.push({ to, ...mail });
      if (written.length > MOST) written.shift();
    },
  };
}

/**
 * Writes each mail into a file of a folder that only its owner can read: mails hold what opens doors, so the log is told
 * no more than the name of the file.
 */
export function folderOutbox(folder: string, onWritten: (file: string) => void): Mail {
  return {
    async send(to, { subject, text }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${ulid()}.txt`);
      // Whoever watches the folder never reads half a mail.
      await writeFile(`${file}.part`, `To: ${to}\nSubject: ${subject}\n\n${text}`, { mode: 0o600, flag: 'wx' });
      await rename(`${file}.part`, file);
      onWritten(file);
    },
  };
}
