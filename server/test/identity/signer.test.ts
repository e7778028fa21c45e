import { constants, createPublicKey, generateKeyPairSync, type KeyObject, privateEncrypt, verify } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAuthorizer } from '../../src/identity/authorizer.ts';
import { embeddedSigner, generateSigningKey, loadSigningKey } from '../../src/identity/embedded-signer.ts';
import { kmsSigner } from '../../src/identity/kms-signer.ts';
import { mintPlayerToken } from '../../src/identity/player-token.ts';
import type { TokenSigner } from '../../src/ports/token-signer.ts';
import { configFor, PLAYERS, twoTenants } from './doubles.ts';

/** AWS KMS as far as signing goes, behind the SDK's own requests; it signs the digest that it is given. */
function kmsDouble(keys: Readonly<Record<string, KeyObject>>) {
  const seen: { target: string; body: Record<string, unknown> }[] = [];
  const client = new KMSClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    requestHandler: {
      handle: async (request: { headers: Record<string, string>; body: Uint8Array }) => {
        const target = request.headers['x-amz-target'] ?? '';
        const body: Record<string, string> = JSON.parse(new TextDecoder().decode(request.body));
        seen.push({ target, body });
        const key = keys[body.KeyId ?? ''];
        if (key === undefined) return answer(400, { __type: 'NotFoundException', message: 'no such key' });
        if (target === 'TrentService.GetPublicKey') {
          const PublicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
          return answer(200, { KeyId: body.KeyId, PublicKey });
        }
        return answer(200, { KeyId: body.KeyId, Signature: signDigest(key, body.Message ?? '').toString('base64') });
      },
    },
  });
  return { client, seen };
}

/** PKCS #1 v1.5 over a digest that was made elsewhere: the DER prefix of SHA-256, then the digest. */
function signDigest(key: KeyObject, digest: string): Buffer {
  const prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex');
  return privateEncrypt(
    { key, padding: constants.RSA_PKCS1_PADDING },
    Buffer.concat([prefix, Buffer.from(digest, 'base64')]),
  );
}

function answer(statusCode: number, body: object) {
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  return { response: { statusCode, headers, body: new TextEncoder().encode(JSON.stringify(body)) } };
}

const rsa = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

async function expectAccepted(signer: TokenSigner): Promise<void> {
  const { token, expiresAt } = await mintPlayerToken(signer, {
    tenant: 'acme',
    workspace: 'main',
    user: 'usr_1',
    now: Date.now(),
  });
  const fetchJwks = async () => JSON.stringify(await signer.jwks());
  const authorize = createAuthorizer(configFor('acme'), { directory: twoTenants(), fetchJwks, now: Date.now });
  expect(await authorize(`Bearer ${token}`)).toMatchObject({
    kind: 'allowed',
    expiresAt,
    principal: { kind: 'player', tenant: 'acme', workspace: 'main', subject: 'usr_1' },
  });
}

describe('a signer whose key this process holds', () => {
  test("makes players' tokens that the authorizer accepts", async () => {
    await expectAccepted(embeddedSigner(PLAYERS, await generateSigningKey()));
  });

  test('a token lives fifteen minutes, and no two have one id', async () => {
    const signer = embeddedSigner(PLAYERS, await generateSigningKey());
    const player = { tenant: 'acme', workspace: 'main', user: 'usr_1', now: 1_700_000_000_999 };
    const claims = await Promise.all(
      [1, 2].map(async () => {
        const { token, expiresAt } = await mintPlayerToken(signer, player);
        expect(expiresAt).toBe(1_700_000_900_000);
        return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
      }),
    );
    expect(claims[0]).toMatchObject({ iss: PLAYERS, iat: 1_700_000_000, exp: 1_700_000_900, token_use: 'player' });
    expect(claims[0].jti).not.toBe(claims[1].jti);
  });

  test('claims cannot bring another issuer', async () => {
    const token = await embeddedSigner(PLAYERS, await generateSigningKey()).sign({ iss: 'https://evil.example' });
    expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toEqual({ iss: PLAYERS });
  });

  test('shows no private part', async () => {
    const { keys } = await embeddedSigner(PLAYERS, await generateSigningKey()).jwks();
    expect(Object.keys(keys[0] ?? {}).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});

describe('a key in a file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'laurel-keys-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

  test('is made once, for its owner alone', async () => {
    const file = join(folder, 'deep', 'players.pem');
    const first = await loadSigningKey(file);
    expect(pem(await loadSigningKey(file))).toBe(pem(first));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'deep'))).mode & 0o777).toBe(0o700);
  });

  test('made by many at once is one key, and leaves no draft', async () => {
    const file = join(folder, 'players.pem');
    const keys = await Promise.all(Array.from({ length: 5 }, () => loadSigningKey(file)));
    expect(new Set(keys.map(pem)).size).toBe(1);
    expect(await readdir(folder)).toEqual(['players.pem']);
  });
});

describe('a signer whose key is in AWS KMS', () => {
  test("makes players' tokens that the authorizer accepts, by the digest alone", async () => {
    const { client, seen } = kmsDouble({ k1: rsa() });
    const signer = kmsSigner({ issuer: PLAYERS, kms: client, keyId: 'k1' });
    await expectAccepted(signer);
    await expectAccepted(signer);
    expect(seen.map(({ target }) => target.replace('TrentService.', ''))).toEqual(['GetPublicKey', 'Sign', 'Sign']);
    const signed = seen[1]?.body ?? {};
    expect(signed).toMatchObject({ MessageType: 'DIGEST', SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256' });
    expect(Buffer.from(String(signed.Message), 'base64')).toHaveLength(32);
  });

  test('shows former keys after the one that signs', async () => {
    const keys = { current: rsa(), former: rsa() };
    const { client } = kmsDouble(keys);
    const current = kmsSigner({ issuer: PLAYERS, kms: client, keyId: 'current', formerKeyIds: ['former'] });
    const former = kmsSigner({ issuer: PLAYERS, kms: client, keyId: 'former' });
    const { keys: shown } = await current.jwks();
    expect(shown[1]).toEqual((await former.jwks()).keys[0]);
    const [head, body, signature] = (await current.sign({ sub: 'x' })).split('.');
    const isBySigner = verify(
      'RSA-SHA256',
      Buffer.from(`${head}.${body}`),
      createPublicKey(keys.current),
      Buffer.from(signature ?? '', 'base64url'),
    );
    expect(isBySigner).toBe(true);
  });

  test('a failure is not remembered', async () => {
    const keys: Record<string, KeyObject> = {};
    const { client } = kmsDouble(keys);
    const signer = kmsSigner({ issuer: PLAYERS, kms: client, keyId: 'k1' });
    await expect(signer.sign({ sub: 'x' })).rejects.toThrow('no such key');
    keys.k1 = rsa();
    await expectAccepted(signer);
  });
});
