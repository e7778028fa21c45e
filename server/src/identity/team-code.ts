import { randomBytes, timingSafeEqual } from 'node:crypto';

/** Crockford's alphabet: nothing in it is read as something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code that invites to a team: 80 random bits in 16 letters, which nobody guesses. */
export function newTeamCode(): string {
  return Array.from(randomBytes(16), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** Whether a code is the one that invites, in the same time wherever it differs. */
export function isTeamCode(given: string | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
