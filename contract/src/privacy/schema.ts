import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { page } from '../shared/page.ts';
import { Label } from '../shared/text.ts';
import { Instant } from '../shared/time.ts';

/** The name of a purpose. */
export const PurposeId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'use 1 to 40 of a-z 0-9 and -, a letter first')
  .meta({ id: 'PurposeId', description: 'The name of a purpose, such as `leaderboards`.', example: 'leaderboards' });

/** Purposes that every workspace has; users are taken to agree until they say otherwise. */
export const OWN_PURPOSES = ['leaderboards', 'analytics'] as const;

function kept(least: number, most: number, description: string) {
  return z.int().min(least).max(most).nullable().default(null).meta({ description });
}

/** For how long a workspace keeps each kind of data. */
export const RetentionDays = z
  .strictObject({
    events: kept(
      30,
      36_500,
      'After so many days what an event said, and what conditions saw of its user, is erased: its attributes read as empty, it can be neither voided nor explained, and no event can be told that comes before it. What it came to stays. Null keeps it.',
    ),
    news: kept(
      1,
      30,
      'After so many days what was told of players, and deliveries of it that are over, are removed; null is after 30.',
    ),
    requests: kept(
      30,
      36_500,
      'After so many days requests about personal data are removed, but for erasures, whose receipts stay. Null keeps them.',
    ),
    consents: kept(
      30,
      36_500,
      'After so many days a yes lapses, and has to be asked for again; a no stays. Null lets it last.',
    ),
  })
  .meta({
    id: 'RetentionDays',
    description: 'For how long a workspace keeps each kind of data. The ledger, scores and counters stay.',
    example: { events: 400, news: 14, requests: null, consents: 730 },
  });
export type RetentionDays = z.infer<typeof RetentionDays>;

/** What a workspace says about its users' data. */
export const PrivacySettings = z
  .strictObject({
    purposes: z
      .array(
        z.strictObject({ id: PurposeId, name: Label }).meta({
          id: 'ConsentPurpose',
          description: 'What users may agree to.',
          example: { id: 'news', name: 'News' },
        }),
      )
      .max(30)
      .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'name a purpose once')
      .refine((all) => !all.some(({ id }) => OWN_PURPOSES.some((own) => own === id)), 'this purpose is there already')
      .default([])
      .meta({ description: 'Besides `leaderboards` and `analytics`; nobody agrees to these before they say so.' }),
    inactiveDays: z
      .int()
      .min(30)
      .max(36_500)
      .nullable()
      .default(null)
      .meta({ description: 'Users who neither played nor were changed for so many days are erased; null keeps them.' }),
    keepDays: RetentionDays.prefault({}),
  })
  .meta({
    id: 'PrivacySettings',
    description: "What a workspace says about its users' data.",
    example: {
      purposes: [{ id: 'news', name: 'News' }],
      inactiveDays: 730,
      keepDays: { events: 400, news: 14, requests: null, consents: 730 },
    },
  });
export type PrivacySettings = z.infer<typeof PrivacySettings>;

/** What somebody decided. */
export const ConsentDecision = z
  .object({ granted: z.boolean(), decidedAt: Instant })
  .meta({ id: 'ConsentDecision', description: 'What a user decided about a purpose, and when.' });

/** What a user has decided, by purpose. */
export const UserConsents = z
  .record(PurposeId, ConsentDecision)
  .meta({ id: 'UserConsents', description: 'What the user has decided, by purpose.', example: {} });
export type UserConsents = z.infer<typeof UserConsents>;

/** Whether a user agrees to a purpose. */
export const Consent = z
  .object({
    purpose: PurposeId,
    name: z.string().meta({ example: 'Leaderboards' }),
    granted: z.boolean(),
    decidedAt: Instant.nullable().meta({ description: 'Null where the user has said nothing.' }),
  })
  .meta({ id: 'Consent', description: 'Whether a user agrees to a purpose.' });
export type Consent = z.infer<typeof Consent>;

export const ConsentPage = page('ConsentPage', Consent);

export const ConsentChange = z
  .strictObject({ granted: z.boolean() })
  .meta({ id: 'ConsentChange', description: 'What the user decides.', example: { granted: true } });

/** All that is held on a person. */
export const PersonExport = z
  .object({
    userId: Id,
    exportedAt: Instant,
    records: z
      .array(
        z
          .object({
            kind: z.string().meta({ description: 'What it is, such as `profile` or `history`.', example: 'profile' }),
            key: z.string().meta({ description: 'Its place among those of its kind.', example: '' }),
            data: z.unknown().meta({ description: 'As it is held.', example: { displayName: 'Ada' } }),
          })
          .meta({ id: 'PersonRecord', description: 'Something that is held on a person.' }),
      )
      .meta({ description: 'Everything that is held under the user.' }),
  })
  .meta({ id: 'PersonExport', description: 'All that is held on a person.' });
export type PersonExport = z.infer<typeof PersonExport>;

/** What became of an erasure. */
export const ErasureReceipt = z
  .object({
    keyDestroyedAt: Instant.meta({ description: 'Since then nothing that was sealed for the user can be read.' }),
    removed: z.record(z.string(), z.int()).meta({
      description: 'How many records were removed, by kind.',
      example: { history: 12, profile: 1 },
    }),
    kept: z.record(z.string(), z.int()).meta({
      description: 'How many were kept without a word of the person, so that sums and ranks stay right, by kind.',
      example: { leg: 4 },
    }),
    signature: z.string().meta({
      description:
        'HMAC-SHA256 of the request by a secret of the workspace: nobody else can have written this receipt.',
      example: '6bYc0v1S0mB1bUo9aH0c3nq0mJvVd0mQyS0sVn0c1dE',
    }),
  })
  .meta({ id: 'ErasureReceipt', description: 'What an erasure has destroyed, removed and kept.' });
export type ErasureReceipt = z.infer<typeof ErasureReceipt>;

/** What was asked for about a person's data. */
export const PrivacyRequest = z
  .object({
    id: Id.meta({ example: 'prq_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    kind: z.enum(['export', 'erasure', 'restriction', 'release']),
    status: z.enum(['running', 'completed']),
    pseudonym: z.string().meta({
      description: 'The user, by a keyed hash of their id: the same in all requests, and nobody outside can undo it.',
      example: 'q2v5mJ0bq0cJ1tGk8Zc4Zw',
    }),
    by: z
      .string()
      .meta({ description: 'Who asked: `player`, or the operator or machine.', example: 'operator:per_01' }),
    requestedAt: Instant,
    completedAt: Instant.nullable(),
    receipt: ErasureReceipt.nullable().meta({ description: 'Of an erasure that is completed.' }),
  })
  .meta({ id: 'PrivacyRequest', description: "What was asked for about a person's data, without the person in it." });
export type PrivacyRequest = z.infer<typeof PrivacyRequest>;

export const PrivacyRequestPage = page('PrivacyRequestPage', PrivacyRequest);
