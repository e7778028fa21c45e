import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';

/**
 * The player behind an author's e-mail: the first 16 hexadecimal digits of the SHA-256 of the e-mail in lower case,
 * exactly as it was recorded (no mailmap, no trimming; an empty e-mail is a player too). The e-mail itself never
 * leaves this process. Bytes that are not UTF-8 are taken as they are, so that two such e-mails stay two players.
 */
export function playerOf(email: Buffer): string {
  const hash = createHash('sha256');
  if (isUtf8(email)) hash.update(email.toString('utf8').toLowerCase(), 'utf8');
  else hash.update(email.toString('latin1').replace(/[A-Z]/g, asciiLower), 'latin1');
  return hash.digest('hex').slice(0, 16);
}

const asciiLower = (letter: string): string => letter.toLowerCase();
