import * as z from 'zod';
import { Instant } from '../shared/time.ts';

const Uri = z.string().meta({ example: 'urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543' });

/** Who issued a credential: a workspace, by its decentralised identifier. */
const IssuerProfile = z
  .object({ id: Uri, type: z.array(z.string()), name: z.string() })
  .meta({ id: 'CredentialIssuer', description: 'The workspace that issued the credential; its `id` is a `did:web`.' });

/** A recipient, known by a hash alone. */
const IdentityObject = z
  .object({
    type: z.literal('IdentityObject'),
    hashed: z.literal(true),
    identityHash: z
      .string()
      .meta({ description: '`sha256$` and the SHA-256 of the identity followed by the salt, in hexadecimal.' }),
    identityType: z.string(),
    salt: z.string(),
  })
  .meta({
    id: 'CredentialIdentity',
    description: 'Whom the credential is about, by a salted hash: no personal data in clear.',
  });

/** What was achieved. */
const Achievement = z
  .object({
    id: Uri,
    type: z.array(z.string()),
    achievementType: z.string(),
    name: z.string(),
    description: z.string(),
    criteria: z.object({ narrative: z.string() }).meta({ id: 'CredentialCriteria', description: 'What it took.' }),
    image: z
      .object({ id: z.string(), type: z.literal('Image') })
      .meta({ id: 'CredentialImage', description: 'The picture, by its address or whole as a `data` URL.' })
      .optional(),
  })
  .meta({ id: 'CredentialAchievement', description: 'What was achieved: the badge in its tier.' });

/** A Data Integrity proof inside the credential. */
const DataIntegrityProof = z
  .object({
    type: z.literal('DataIntegrityProof'),
    cryptosuite: z.literal('eddsa-rdfc-2022'),
    created: Instant,
    verificationMethod: Uri,
    proofPurpose: z.literal('assertionMethod'),
    proofValue: z.string(),
  })
  .meta({ id: 'CredentialProof', description: 'A Data Integrity proof: an Ed25519 signature over the credential.' });

/** An Open Badges 3.0 credential, in the W3C Verifiable Credentials data model 2.0. */
export const OpenBadgeCredential = z
  .object({
    '@context': z.array(z.string()),
    id: Uri,
    type: z.array(z.string()),
    name: z.string(),
    issuer: IssuerProfile,
    validFrom: Instant,
    credentialSubject: z
      .object({
        id: Uri,
        type: z.array(z.string()),
        identifier: z.array(IdentityObject),
        achievement: Achievement,
      })
      .meta({ id: 'CredentialSubject', description: 'Who achieved what.' }),
    credentialStatus: z
      .object({ id: z.string(), type: z.literal('1EdTechRevocationList') })
      .meta({ id: 'CredentialStatus', description: 'Where revoked credentials are listed.' }),
    proof: z.array(DataIntegrityProof).meta({ description: 'A list, as the schema of Open Badges has it; of one.' }),
  })
  .meta({ id: 'OpenBadgeCredential', description: 'An Open Badges 3.0 credential with an embedded proof.' });
export type OpenBadgeCredential = z.infer<typeof OpenBadgeCredential>;

/** A badge to carry elsewhere, in both of the forms that Open Badges 3.0 knows. */
export const BadgeCredential = z
  .object({
    credential: OpenBadgeCredential,
    jwt: z.string().meta({ description: 'The same credential as a VC-JWT (compact JWS, RS256).' }),
  })
  .meta({ id: 'BadgeCredential', description: 'A credential for a badge: with an embedded proof, and as a JWT.' });
export type BadgeCredential = z.infer<typeof BadgeCredential>;
