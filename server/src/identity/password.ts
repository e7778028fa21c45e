import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** 32 MiB and some 80 ms a guess: what OWASP asks of scrypt at the least with p = 3. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 } as const satisfies ScryptOptions;
const KEY_LENGTH = 32;
const FORMAT = /^scrypt\$32768\$8\$3\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/;
/** Longer ones are refused, so that nobody makes us hash megabytes. */
const MAX_LENGTH = 256;

/** Hashes a password with a salt of its own. @throws RangeError beyond 256 characters */
export async function hashPassword(password: string): Promise<string> {
  if (password.length > MAX_LENGTH) throw new RangeError(`a password has at most ${MAX_LENGTH} characters`);
  const salt = randomBytes(16);
  const key = await derive(password, salt);
  return `scrypt$${COST.N}$${COST.r}$${COST.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/**
 * Whether a password is the one that was hashed. Without a hash it works as long and says no, so that the time does
 * not tell which accounts exist.
 */
export async function verifyPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  if (password.length > MAX_LENGTH) return false;
  const [, salt, key] = FORMAT.exec(passwordHash ?? '') ?? [];
  const derived = await derive(password, Buffer.from(salt ?? '', 'base64url'));
  const expected = Buffer.from(key ?? '', 'base64url');
  return expected.length === KEY_LENGTH && timingSafeEqual(derived, expected);
}

/**
 * How many are hashed at the same time. Node has four threads for this, for signing tokens, for files and for the DNS: however
 * many passwords are tried, the others have half of them, and 64 MiB are all that they take.
 */
const AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < AT_ONCE) running += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

/** One spelling of a password is one password, whatever keyboard it comes from (NFKC, as RFC 8265 asks). */
function derive(password: string, salt: Buffer): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  return inTurn(() => {
    scrypt(password.normalize('NFKC'), salt, KEY_LENGTH, COST, (error, key) => (error ? reject(error) : resolve(key)));
    return promise;
  });
}
