import { hash } from 'node:crypto';
import { CREDENTIAL_CONTEXTS } from './contexts.ts';

/** What a credential says was achieved, in the words of one language. */
export interface AchievementText {
  readonly badge: string;
  readonly tier: number;
  readonly version: number;
  readonly name: string;
  readonly description: string;
  readonly criteria: string;
  /** An address, or the picture itself as a `data` URL. */
  readonly image: string | undefined;
}

/** An identity of the recipient: its kind, as Open Badges 3.0 lists them, and its value. */
export interface Identity {
  readonly type: 'systemId' | 'accountId';
  readonly value: string;
}

/** What a credential is made of. */
export interface CredentialParts {
  /** `urn:uuid:…`. */
  readonly id: string;
  readonly issuer: { readonly did: string; readonly name: string };
  readonly achievement: AchievementText;
  readonly identities: readonly Identity[];
  /** Fresh for each credential, so that two of them cannot be told to be of one person. */
  readonly salt: string;
  /** When the tier was reached, RFC 3339. */
  readonly validFrom: string;
  /** Where its revocation would be listed. */
  readonly revocationList: string;
}

/** A name made of others, as a UUID (RFC 9562, version 8): the same parts have the same name, and it tells none of them. */
export function uuidOf(...parts: readonly (string | number)[]): string {
  const digest = hash('sha256', JSON.stringify(parts), 'buffer');
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return digest.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, 'urn:uuid:$1-$2-$3-$4-$5');
}

/** The whole second of an instant: a JWT's times are in seconds, and both forms must say the same. */
export function wholeSecond(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** Whom a credential is about, by a salted hash (Open Badges 3.0, IdentityObject). */
function identityObject({ type, value }: Identity, salt: string) {
  return {
    type: 'IdentityObject' as const,
    hashed: true as const,
    identityHash: `sha256$${hash('sha256', `${value}${salt}`, 'hex')}`,
    identityType: type,
    salt,
  };
}

/** Writes a credential, which nobody has signed yet. */
export function openBadge({ id, issuer, achievement, identities, salt, validFrom, revocationList }: CredentialParts) {
  const { badge, tier, version, name, description, criteria, image } = achievement;
  return {
    '@context': [...CREDENTIAL_CONTEXTS],
    id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name,
    issuer: { id: issuer.did, type: ['Profile'], name: issuer.name },
    validFrom: wholeSecond(validFrom),
    credentialSubject: {
      // A name of this one credential: JWTs need a subject, and who it is stands in the hashes alone.
      id: uuidOf('recipient', id, salt),
      type: ['AchievementSubject'],
      identifier: identities.map((identity) => identityObject(identity, salt)),
      achievement: {
        id: uuidOf('achievement', issuer.did, badge, tier, version),
        type: ['Achievement'],
        achievementType: 'Badge',
        name,
        description,
        criteria: { narrative: criteria },
        ...(image === undefined ? {} : { image: { id: image, type: 'Image' as const } }),
      },
    },
    credentialStatus: { id: revocationList, type: '1EdTechRevocationList' as const },
  };
}

/** A credential before it is signed. */
export type UnsignedCredential = ReturnType<typeof openBadge>;
