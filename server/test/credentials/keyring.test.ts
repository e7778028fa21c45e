import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { publishedKeys } from '../../src/credentials/did-document.ts';
import { embeddedCredentialKeys } from '../../src/credentials/embedded-keys.ts';
import { folderKeyring, memoryKeyring } from '../../src/local/keyring.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'laurel-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

const publicOf = async ({ credentialKeys }: Awaited<ReturnType<typeof memoryKeyring>>) =>
  publishedKeys(embeddedCredentialKeys(credentialKeys));

test('the keys of credentials outlive the process, in files that only their owner reads', async () => {
  const first = await publicOf(await folderKeyring(folder));
  expect(await publicOf(await folderKeyring(folder))).toEqual(first);
  expect(first.jwt).toMatchObject([{ kty: 'RSA', alg: 'RS256' }]);
  expect(first.proof).toEqual([expect.stringMatching(/^z6Mk/)]);
  for (const file of (await readdir(folder)).filter((name) => name.startsWith('credentials')))
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
});

test('the keys of credentials are not those of tokens', async () => {
  const { poolKey, playersKeys, credentialKeys } = await memoryKeyring();
  const [{ key: playersKey }] = await playersKeys.published();
  for (const other of [poolKey, playersKey]) expect(credentialKeys.jwtKey.equals(other)).toBe(false);
});
