import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail, MailMessage } from '../ports/mail.ts';

/** A header's value on one line, whatever stands in it. */
const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');

/** Mails that end with the process, the latest last. */
export interface MemoryOutbox extends Mail {
  readonly written: readonly MailMessage[];
}

/** The most mails that are kept in memory; the oldest give way. */
const MOST = 1000;

/** Keeps mails in memory, for a platform that ends with the process. */
export function memoryOutbox(): MemoryOutbox {
  const written: MailMessage[] = [];
  return {
    written,
    async send(message) {
      written.push(message);
      if (written.length > MOST) written.shift();
    },
  };
}

/**
 * Puts mail into a folder, a file each that only its owner can read, instead of sending it: a platform that runs by
 * itself has nobody to send it by.
 */
export function folderOutbox(folder: string): Mail {
  return {
    async send({ to, subject, text }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const at = new Date().toISOString();
      const file = join(folder, `${at.replaceAll(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}.eml`);
      const head = [`Date: ${at}`, `To: ${oneLine(to)}`, `Subject: ${oneLine(subject)}`];
      // Whoever watches the folder sees whole files only.
      await writeFile(`${file}.part`, `${head.join('\n')}\n\n${text}\n`, { mode: 0o600, flag: 'wx' });
      await rename(`${file}.part`, file);
    },
  };
}
