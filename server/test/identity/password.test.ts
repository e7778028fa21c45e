import { generateKeyPairSync, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from '../../src/identity/password.ts';
import { times } from '../game/world.ts';

test('a password is its own, in each spelling that keyboards make, and no other', async () => {
  const hash = await hashPassword('caf\u00e9 au lait');
  expect(hash).toMatch(/^scrypt\$32768\$8\$3\$/);
  expect(await verifyPassword('cafe\u0301 au lait', hash)).toBe(true);
  expect(await verifyPassword('cafe au lait', hash)).toBe(false);
  expect(await verifyPassword('caf\u00e9 au lait', undefined)).toBe(false);
  expect(await verifyPassword('x'.repeat(257), hash)).toBe(false);
  await expect(hashPassword('x'.repeat(257))).rejects.toThrow(RangeError);
});

test('however many passwords are tried at once, a token is signed in between', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let tried = 0;
  const all = times(16, () =>
    verifyPassword('guess', undefined).then((isRight) => {
      tried += 1;
      return isRight;
    }),
  );
  await promisify(sign)('RSA-SHA256', Buffer.from('a token'), privateKey);
  expect(tried).toBeLessThan(4);
  expect(new Set(await Promise.all(all))).toEqual(new Set([false]));
});
