import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { embeddedCredentialKeys } from '../../src/credentials/embedded-keys.ts';
import { type CredentialIssuer, createCredentialIssuer, type Issuance } from '../../src/credentials/issuer.ts';
import { withProof } from '../../src/credentials/proof.ts';
import type { CredentialKeys } from '../../src/ports/credential-keys.ts';
import { type Fetch, verifyJwt, verifyProof } from './verifier.ts';

const keys = () => ({
  jwtKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  proofKey: generateKeyPairSync('ed25519').privateKey,
});
const baseUrlOf = (tenant: string) => `https://${tenant}.eu.example.com`;
const PLACE = { tenant: 'acme', workspace: 'main' };
const NOW = '2026-11-24T10:00:00.000Z';
const at = new Date(NOW);

const held = { userId: 'usr-ada', badge: 'explorer', tier: 1, reachedAt: '2026-11-24T09:30:00.123Z' };
const ownKeys = embeddedCredentialKeys(keys());
const issuer = createCredentialIssuer({ keys: ownKeys, baseUrlOf });

function issuanceOf(own: Partial<Issuance['achievement']> = {}, by: CredentialIssuer = issuer): Issuance {
  return {
    place: PLACE,
    issuerName: 'Main',
    name: by.nameOf(PLACE, held),
    revoked: 0,
    revocationList: 3,
    now: NOW,
    identities: [
      { type: 'accountId', value: 'player-7' },
      { type: 'systemId', value: held.userId },
    ],
    validFrom: held.reachedAt,
    achievement: {
      badge: 'explorer',
      tier: 1,
      version: 1,
      name: 'Explorer',
      description: 'For those who look around.',
      criteria: 'Finish a lesson outside of your own course.',
      image: 'https://cdn.example.com/explorer.png',
      ...own,
    },
  };
}

/** The network of a stranger: the DID documents of an issuer, at their addresses, and lists on which nothing stands. */
const networkOf =
  (by: CredentialIssuer): Fetch =>
  async (url) => {
    const path = /^https:\/\/(\w+)\.eu\.example\.com\/issuers\/(\w+)\/(did\.json|revocations\/\d)$/.exec(url);
    const [, tenant = '', workspace = '', document] = path ?? [];
    if (path === null) throw new Error(`nothing is at ${url}`);
    const place = { tenant, workspace };
    return document === 'did.json'
      ? by.didDocument(place)
      : { id: url, issuer: by.didOf(place), revokedCredentials: [] };
  };
const network = networkOf(issuer);

type Issued = Awaited<ReturnType<CredentialIssuer['issue']>>;
let issued: Issued;
beforeAll(async () => {
  issued = await issuer.issue(issuanceOf());
});

/** Every place in a value, as a path, and what is there. */
function* leavesOf(value: unknown, path: readonly string[] = []): Generator<[string[], unknown]> {
  if (typeof value !== 'object' || value === null) {
    yield [[...path], value];
    return;
  }
  for (const [key, one] of Object.entries(value)) yield* leavesOf(one, [...path, key]);
}

function changedAt(value: object, path: readonly string[]): object {
  const copy = structuredClone(value);
  const owner = path.slice(0, -1).reduce<object>((part, key) => Reflect.get(part, key), copy);
  const last = path.at(-1) ?? '';
  const before: unknown = Reflect.get(owner, last);
  Reflect.set(owner, last, typeof before === 'boolean' ? !before : `${String(before)}x`);
  return copy;
}

describe('the embedded proof', () => {
  test('is verified by an independent library, with the contexts and the DID alone', async () => {
    const verdict = await verifyProof(issued.credential, network, at);
    expect(verdict.error).toBeUndefined();
    expect(verdict.verified).toBe(true);
  });

  test('does not hold where anything at all is changed', async () => {
    const paths = [...leavesOf(issued.credential)].map(([path]) => path);
    expect(paths.length).toBeGreaterThan(25);
    for (const path of paths) {
      const { verified } = await verifyProof(changedAt(issued.credential, path), network, at);
      expect(verified, path.join('/')).toBe(false);
    }
  });

  test('holds nowhere before it is valid, and by no key of another issuer', async () => {
    expect((await verifyProof(issued.credential, network, new Date('2026-11-24T09:00:00Z'))).verified).toBe(false);
    const stranger = createCredentialIssuer({ keys: embeddedCredentialKeys(keys()), baseUrlOf });
    expect((await verifyProof(issued.credential, networkOf(stranger), at)).verified).toBe(false);
  });

  test('is refused to a credential that says what its contexts do not define', async () => {
    const maker = { verificationMethod: 'did:web:x#y', created: NOW, sign: async () => new Uint8Array(64) };
    await expect(withProof({ ...issued.credential, undefinedTerm: 'x' }, maker)).rejects.toThrow();
    const elsewhere = { ...issued.credential, '@context': ['https://elsewhere.example/context'] };
    await expect(withProof(elsewhere, maker)).rejects.toThrow();
  });

  test('holds whatever words a badge has', async () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => text.isWellFormed());
    await fc.assert(
      fc.asyncProperty(words, words, words, async (name, description, criteria) => {
        const { credential, jwt } = await issuer.issue(issuanceOf({ name, description, criteria, image: undefined }));
        expect((await verifyProof(credential, network, at)).verified).toBe(true);
        expect(await verifyJwt(jwt, network, at)).toMatchObject({ name });
      }),
      { numRuns: 25 },
    );
  });
});

describe('the JWT', () => {
  test('is verified by an independent library, and is the credential', async () => {
    const { iss, jti, sub, nbf, ...payload } = await verifyJwt(issued.jwt, network, at);
    expect(payload).toEqual(issued.credential);
    expect({ iss, jti, sub }).toEqual({
      iss: issued.credential.issuer.id,
      jti: issued.credential.id,
      sub: issued.credential.credentialSubject.id,
    });
    expect(new Date((nbf ?? 0) * 1000).toISOString()).toBe(new Date(issued.credential.validFrom).toISOString());
  });

  test('has a header of just what Open Badges allows, with the public key and no private part', () => {
    const header = JSON.parse(Buffer.from(issued.jwt.split('.')[0] ?? '', 'base64url').toString());
    expect(Object.keys(header).toSorted()).toEqual(['alg', 'jwk', 'kid', 'typ']);
    expect(header).toMatchObject({ alg: 'RS256', typ: 'JWT' });
    expect(Object.keys(header.jwk).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  test('does not hold where a part is changed, nor before it is valid', async () => {
    const [header = '', payload = '', signature = ''] = issued.jwt.split('.');
    const forged = Buffer.from(payload, 'base64url').toString().replace('Explorer', 'Emperor');
    const broken = [header, Buffer.from(forged).toString('base64url'), signature].join('.');
    await expect(verifyJwt(broken, network, at)).rejects.toThrow(/signature/);
    await expect(verifyJwt(issued.jwt, network, new Date('2026-11-24T09:29:59Z'))).rejects.toThrow(/nbf/);
  });
});

describe('what a credential tells', () => {
  test('is what Open Badges 3.0 demands', () => {
    expect(issued.credential).toMatchObject({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
        'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
      ],
      id: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      name: 'Explorer',
      issuer: { id: 'did:web:acme.eu.example.com:issuers:main', type: ['Profile'], name: 'Main' },
      validFrom: '2026-11-24T09:30:00Z',
      credentialSubject: {
        type: ['AchievementSubject'],
        achievement: {
          type: ['Achievement'],
          name: 'Explorer',
          description: 'For those who look around.',
          criteria: { narrative: 'Finish a lesson outside of your own course.' },
          image: { id: 'https://cdn.example.com/explorer.png', type: 'Image' },
        },
      },
      credentialStatus: {
        id: 'https://acme.eu.example.com/issuers/main/revocations/3',
        type: '1EdTechRevocationList',
      },
    });
  });

  test('names nobody; who has the identity and the salt can tell that it is theirs', async () => {
    const text = JSON.stringify(issued) + Buffer.from(issued.jwt.split('.')[1] ?? '', 'base64url').toString();
    for (const personal of ['usr-ada', 'player-7']) expect(text).not.toContain(personal);
    const { identifier } = issued.credential.credentialSubject;
    const digest = async (plain: string) =>
      Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(plain))).toString('hex');
    expect(identifier.map(({ identityType }) => identityType)).toEqual(['accountId', 'systemId']);
    for (const [index, plain] of ['player-7', 'usr-ada'].entries()) {
      const { identityHash, salt = '' } = identifier[index] ?? {};
      expect(identityHash).toBe(`sha256$${await digest(`${plain}${salt}`)}`);
    }
  });

  test('two copies have one id, and salts and subjects of their own', async () => {
    const again = await issuer.issue(issuanceOf());
    expect(again.credential.id).toBe(issued.credential.id);
    const [a, b] = [issued, again].map(({ credential }) => credential.credentialSubject);
    expect(a?.id).not.toBe(b?.id);
    expect(a?.identifier[0]?.identityHash).not.toBe(b?.identifier[0]?.identityHash);
  });

  test('after a revocation the next has another id', async () => {
    const next = await issuer.issue({ ...issuanceOf(), revoked: 1 });
    expect(next.credential.id).not.toBe(issued.credential.id);
    expect(next.credential.id).toBe(issuer.idOf(issuer.nameOf(PLACE, held), 1));
  });
});

describe('the issuer', () => {
  test('is another one in each workspace', async () => {
    const [main, side] = [PLACE, { ...PLACE, workspace: 'side' }].map((place) => issuer.didOf(place));
    expect(main).not.toBe(side);
    const { proof: _proof, ...unsigned } = issued.credential;
    const signedBy = async (did: string) => {
      const { verificationMethod: methods } = await issuer.didDocument({
        ...PLACE,
        workspace: did.split(':').at(-1) ?? '',
      });
      return withProof(unsigned, {
        verificationMethod: methods.find(({ type }) => type === 'Multikey')?.id ?? '',
        created: NOW,
        sign: ownKeys.proof.sign,
      });
    };
    expect((await verifyProof(await signedBy(main ?? ''), network, at)).verified).toBe(true);
    // The same key, but as another issuer's: it does not speak for this one.
    expect((await verifyProof(await signedBy(side ?? ''), network, at)).verified).toBe(false);
  });

  test('keeps the keys that signed before, so that what they signed holds', async () => {
    const [former, current] = [embeddedCredentialKeys(keys()), embeddedCredentialKeys(keys())];
    const turned: CredentialKeys = {
      jwt: {
        sign: current.jwt.sign,
        publicKeys: async () => [(await current.jwt.publicKeys())[0], ...(await former.jwt.publicKeys())],
      },
      proof: {
        sign: current.proof.sign,
        publicKeys: async () => [(await current.proof.publicKeys())[0], ...(await former.proof.publicKeys())],
      },
    };
    const before = createCredentialIssuer({ keys: former, baseUrlOf });
    const after = createCredentialIssuer({ keys: turned, baseUrlOf });
    for (const by of [before, after]) {
      const { credential, jwt } = await by.issue(issuanceOf({}, by));
      expect((await verifyProof(credential, networkOf(after), at)).verified).toBe(true);
      expect((await verifyJwt(jwt, networkOf(after), at)).jti).toBe(credential.id);
    }
  });

  test('reads the keys anew after it could not', async () => {
    const real = embeddedCredentialKeys(keys());
    let down = true;
    const publicKeys = async () => {
      if (down) throw new Error('out of reach');
      return real.jwt.publicKeys();
    };
    const flaky = createCredentialIssuer({ keys: { ...real, jwt: { ...real.jwt, publicKeys } }, baseUrlOf });
    await expect(flaky.didDocument(PLACE)).rejects.toThrow('out of reach');
    down = false;
    expect((await flaky.didDocument(PLACE)).id).toBe('did:web:acme.eu.example.com:issuers:main');
  });
});
