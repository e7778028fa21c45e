import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { openEnum } from '../shared/open-enum.ts';
import { PageQuery, page } from '../shared/page.ts';
import { Instant } from '../shared/time.ts';

/** A SHA-256 in base64url, without padding. */
const Hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'use a SHA-256 in base64url');
const HASH_EXAMPLE = 'NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM';
const Count = z.int().min(0);

/** Who did something. */
export const AuditActor = z
  .object({
    kind: openEnum(['player', 'operator', 'machine', 'system', 'stranger']).meta({
      description: '`stranger`: nobody who could be told; `system`: Laurel itself, when something came due.',
      example: 'machine',
    }),
    id: z.string().nullable().meta({
      description: 'The client id of a machine, the subject of an operator, a pseudonym of a player.',
      example: 'cli_01JD8QZ4M3V5K7R9T1X3Z5B7D9',
    }),
    tokenId: z.string().nullable().meta({ description: "The `jti` of the caller's token.", example: null }),
  })
  .meta({ id: 'AuditActor', description: 'Who did something.' });

/** What a change made of a version. */
export const AuditVersions = z
  .object({
    before: z.int().nullable().meta({ description: 'The version that the caller named by `If-Match`.', example: 3 }),
    after: z.int().nullable().meta({ description: 'The version that came of it.', example: 4 }),
  })
  .meta({ id: 'AuditVersions', description: 'The version of what was changed, before and after.' });

/** One call, or one thing that came due. */
export const AuditRecord = z
  .object({
    id: Id.meta({ example: 'aud_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    seq: z.int().min(1).meta({ description: 'Its number in the chain; there are no gaps.', example: 1 }),
    block: z.int().min(1).meta({ description: 'The block that it was sealed in.', example: 1 }),
    at: Instant,
    actor: AuditActor,
    onBehalfOf: z
      .string()
      .nullable()
      .meta({ description: 'The pseudonym of the player whom a machine acted for.', example: null }),
    action: z
      .string()
      .nullable()
      .meta({ description: 'The permission that was asked for.', example: 'dashboard:missions.write' }),
    route: z.string().nullable().meta({ description: 'The operation.', example: 'dashboard.missions.create' }),
    method: z.string().nullable().meta({ example: 'POST' }),
    target: z
      .record(z.string(), z.string())
      .meta({ description: 'The ids in the path; those of people as pseudonyms.', example: { id: 'weekly-five' } }),
    outcome: openEnum(['succeeded', 'replayed', 'refused', 'failed']).meta({
      description: '`replayed`: a repeat was answered as before; `failed`: it was not the caller’s doing.',
      example: 'succeeded',
    }),
    status: z.int().nullable().meta({ description: 'The HTTP status of the answer.', example: 201 }),
    code: z.string().nullable().meta({ description: 'The code of the problem that was answered.', example: null }),
    reason: z.string().nullable().meta({ description: 'Why, where the code does not say it.', example: null }),
    requestId: z.string().nullable().meta({ example: 'req_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    address: z
      .string()
      .nullable()
      .meta({ description: "A pseudonym of the caller's address.", example: 'psn_7d3Jk0n5mX1b2c3d4e5f6g' }),
    versions: AuditVersions.nullable(),
    flags: z.array(z.string()).meta({
      description: 'What was odd about the request, such as a header that names a tenant and chose nothing.',
      example: ['tenant_header_ignored'],
    }),
    hash: Hash.meta({
      description: 'SHA-256 of the hash before it and of this record in canonical JSON (RFC 8785).',
      example: HASH_EXAMPLE,
    }),
  })
  .meta({ id: 'AuditRecord', description: 'One call, or one thing that came due: who, what, when and how it ended.' });
export type AuditRecord = z.infer<typeof AuditRecord>;

/** A signed statement of how far a chain went at a time. */
export const AuditDigest = z
  .object({
    block: z.int().min(1).meta({ example: 1 }),
    records: Count.meta({ example: 1 }),
    hash: Hash.meta({ description: 'The hash of the block.', example: HASH_EXAMPLE }),
    at: Instant,
    previous: Hash.nullable().meta({ description: 'The SHA-256 of the digest before it.', example: null }),
    keyId: z.string().meta({ example: HASH_EXAMPLE }),
    signature: z
      .string()
      .meta({ description: 'Ed25519, base64url, over the rest in canonical JSON.', example: 'c2ln' }),
  })
  .meta({ id: 'AuditDigest', description: 'A signed statement of how far the chain went at a time.' });
export type AuditDigest = z.infer<typeof AuditDigest>;

/** Some records that were sealed together. */
export const AuditBlock = z
  .object({
    block: z.int().min(1).meta({ description: 'Its number, from 1.', example: 1 }),
    first: z.int().min(1).meta({ description: 'The number of its first record.', example: 1 }),
    previous: Hash.meta({
      description: 'The hash of the block before it; of the first, that of the names of tenant and workspace.',
      example: HASH_EXAMPLE,
    }),
    hash: Hash.meta({ description: 'The hash of its last record.', example: HASH_EXAMPLE }),
    sealedAt: Instant,
    records: z.array(AuditRecord),
    digest: AuditDigest.nullable().meta({ description: 'The digest that was signed over it, where one was.' }),
  })
  .meta({
    id: 'AuditBlock',
    description: 'Some records that were sealed together; each block holds on to the one before.',
  });
export type AuditBlock = z.infer<typeof AuditBlock>;

/** Where a chain is not what it was. */
export const AuditFault = z
  .object({
    kind: openEnum(['altered', 'removed', 'misplaced', 'block_missing', 'block_altered', 'cut', 'forged_digest']).meta({
      description: 'What is wrong; `cut`: the end of the chain is gone.',
      example: 'altered',
    }),
    block: z.int().min(1).meta({ example: 1 }),
    seq: z.int().nullable().meta({ description: 'The number of the first bad record, where it is known.', example: 1 }),
    recordId: z.string().nullable().meta({ example: 'aud_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    message: z.string(),
  })
  .meta({ id: 'AuditFault', description: 'Where a chain is not what it was: its first bad record.' });
export type AuditFault = z.infer<typeof AuditFault>;

/** How far a chain goes. */
export const AuditHead = z
  .object({
    block: Count.meta({ description: 'How many blocks there are.', example: 1 }),
    records: Count.meta({ description: 'How many records there are.', example: 1 }),
    hash: Hash.meta({ description: 'The hash of the last block.', example: HASH_EXAMPLE }),
  })
  .meta({
    id: 'AuditHead',
    description: 'How far a chain goes. Keep it elsewhere: a chain that was cut back does not fit it.',
  });
export type AuditHead = z.infer<typeof AuditHead>;

/** A key that digests are signed with. */
export const AuditKey = z
  .object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    kid: z.string().meta({ example: HASH_EXAMPLE }),
    x: z.string().meta({ example: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }),
  })
  .meta({ id: 'AuditKey', description: 'A public key that digests are signed with (RFC 8037).' });
export type AuditKey = z.infer<typeof AuditKey>;

/** What came of verifying a part of a chain. */
export const AuditVerification = z
  .object({
    valid: z.boolean().meta({ description: 'Whether all that was looked at is as it was sealed.' }),
    from: z.int().min(1).meta({ description: 'The first block that was looked at.', example: 1 }),
    to: Count.meta({ description: 'The last block that was looked at.', example: 1 }),
    records: Count.meta({ description: 'How many records that were.', example: 1 }),
    fault: AuditFault.nullable().meta({ example: null }),
    head: AuditHead,
    digest: AuditDigest.nullable().meta({
      description: 'The latest digest; the chain holds up to it, or is not valid.',
    }),
    keys: z.array(AuditKey).meta({ description: 'The keys that digests are verified with.' }),
    next: z.int().nullable().meta({ description: 'Give it as `from` to go on; null at the end.', example: null }),
  })
  .meta({ id: 'AuditVerification', description: 'What came of verifying a part of a chain.' });
export type AuditVerification = z.infer<typeof AuditVerification>;

/** Which records to list. */
export const AuditRecordsQuery = PageQuery.extend({
  actor: Id.optional().meta({ description: 'By this machine, operator or player, whose id is given as it is.' }),
  onBehalfOf: Id.optional().meta({ description: 'For this player.' }),
  action: z.string().max(100).optional().meta({ description: 'That asked for this permission.' }),
  route: z.string().max(100).optional().meta({ description: 'Of this operation.' }),
  target: Id.optional().meta({ description: 'With this id in the path.' }),
  outcome: z.string().max(40).optional().meta({ description: 'That ended so.' }),
  requestId: Id.optional().meta({ description: 'Of this request.' }),
  from: Instant.optional().meta({ description: 'From this moment on.' }),
  to: Instant.optional().meta({ description: 'Before this moment.' }),
});
export type AuditRecordsQuery = z.infer<typeof AuditRecordsQuery>;

/** A page of records. */
export const AuditRecordPage = page('AuditRecordPage', AuditRecord);
/** A page of blocks. */
export const AuditBlockPage = page('AuditBlockPage', AuditBlock);

const BlockNumber = z.coerce.number<number>().int().min(1);

/** Which part of a chain to verify. */
export const AuditVerifyQuery = z.strictObject({
  from: BlockNumber.default(1).meta({ description: 'The first block to look at.' }),
  knownBlock: BlockNumber.optional().meta({ description: 'With `knownHash`: a head that was kept from before.' }),
  knownHash: Hash.optional().meta({ description: 'The hash that `knownBlock` had.' }),
});
export type AuditVerifyQuery = z.infer<typeof AuditVerifyQuery>;
