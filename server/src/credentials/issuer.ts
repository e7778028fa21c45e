import { randomBytes } from 'node:crypto';
import type { CredentialKeys } from '../ports/credential-keys.ts';
import { type DidDocument, didDocument, type PublishedKeys, publishedKeys } from './did-document.ts';
import { type CredentialParts, openBadge, type UnsignedCredential, uuidOf } from './open-badge.ts';
import { type DataIntegrityProof, withProof } from './proof.ts';
import { vcJwt } from './vc-jwt.ts';

/** A workspace, by its two names. */
export interface IssuerPlace {
  readonly tenant: string;
  readonly workspace: string;
}

/** What is known before a credential is issued. */
export interface Issuance extends Omit<CredentialParts, 'id' | 'issuer' | 'salt' | 'revocationList'> {
  readonly place: IssuerPlace;
  /** The workspace's name, for people. */
  readonly issuerName: string;
  /** What the tier's credentials have in common: see {@link CredentialIssuer.nameOf}. */
  readonly name: string;
  /** How many credentials of that name were revoked. */
  readonly revoked: number;
  /** Which list its revocation would stand in. */
  readonly revocationList: number;
  /** The time of the proof, RFC 3339. */
  readonly now: string;
}

/** A credential in the two forms of Open Badges 3.0. */
export interface IssuedCredential {
  readonly credential: UnsignedCredential & { readonly proof: DataIntegrityProof[] };
  readonly jwt: string;
}

/** Issues credentials for workspaces, each an issuer of its own. */
export interface CredentialIssuer {
  issue(issuance: Issuance): Promise<IssuedCredential>;
  /** What all credentials for one tier that a player reached have in common; it tells nothing of the player. */
  nameOf(place: IssuerPlace, held: { userId: string; badge: string; tier: number; reachedAt: string }): string;
  /** The id of a name's credential after so many others of it were revoked. */
  idOf(name: string, revoked: number): string;
  /** The public keys of a workspace: the same for every workspace of a tenant, and told of any, so they show none. */
  didDocument(place: IssuerPlace): Promise<DidDocument>;
  /** Who a workspace is as an issuer. */
  didOf(place: IssuerPlace): string;
  /** Where a list of revocations is. */
  revocationListUrl(place: IssuerPlace, list: number): string;
}

/** `did:web` of an address (did:web method): the host with its port escaped, then the path's parts. */
export function didWebOf(url: string): string {
  const { host, pathname } = new URL(url);
  return ['did:web', encodeURIComponent(host), ...pathname.split('/').filter((part) => part !== '')].join(':');
}

/** What an issuer is made of. */
export interface IssuerParts {
  readonly keys: CredentialKeys;
  /** The address of a tenant's API, without a slash at its end. */
  readonly baseUrlOf: (tenant: string) => string;
}

/** Makes an issuer. The public keys are read once; where that fails, the next call tries again. */
export function createCredentialIssuer({ keys, baseUrlOf }: IssuerParts): CredentialIssuer {
  let known: Promise<PublishedKeys> | undefined;
  const published = (): Promise<PublishedKeys> => {
    known ??= publishedKeys(keys).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  const urlOf = ({ tenant, workspace }: IssuerPlace) => `${baseUrlOf(tenant)}/issuers/${workspace}`;
  const didOf = (place: IssuerPlace) => didWebOf(urlOf(place));
  const revocationListUrl = (place: IssuerPlace, list: number) => `${urlOf(place)}/revocations/${list}`;
  const idOf = (name: string, revoked: number) => uuidOf('credential', name, revoked);

  return {
    didOf,
    revocationListUrl,
    idOf,
    nameOf: (place, { userId, badge, tier, reachedAt }) => uuidOf(didOf(place), userId, badge, tier, reachedAt),
    didDocument: async (place) => didDocument(didOf(place), await published()),

    async issue({ place, issuerName, name, revoked, revocationList, now, ...parts }) {
      const did = didOf(place);
      const { jwt, proof } = await published();
      const [jwk, multikey] = [jwt[0], proof[0]];
      if (jwk === undefined || multikey === undefined) throw new Error('the issuer has no keys');
      const unsigned = openBadge({
        ...parts,
        id: idOf(name, revoked),
        issuer: { did, name: issuerName },
        salt: randomBytes(16).toString('hex'),
        revocationList: revocationListUrl(place, revocationList),
      });
      // The JWT holds the embedded proof as well (Open Badges 3.0, section 8.2.4).
      const credential = await withProof(unsigned, {
        verificationMethod: `${did}#${multikey}`,
        created: now,
        sign: keys.proof.sign,
      });
      return { credential, jwt: await vcJwt(credential, { id: `${did}#${jwk.kid}`, jwk, sign: keys.jwt.sign }) };
    },
  };
}
