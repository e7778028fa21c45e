import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { Label } from '../shared/text.ts';
import { Instant } from '../shared/time.ts';

/** A scope, such as `events:write`; which routes ask for which stands in the OpenAPI document. */
export const OAuthScope = z
  .string()
  .regex(/^[a-z-]{1,40}:[a-z]{1,20}$/)
  .meta({ id: 'OAuthScope', description: 'A scope, such as `events:write`.', example: 'events:write' });
export type OAuthScope = z.infer<typeof OAuthScope>;

/** What to create an API client from. */
export const ApiClientCreate = z.strictObject({ name: Label, scopes: z.array(OAuthScope).min(1).max(50) }).meta({
  id: 'ApiClientCreate',
  description: 'A new credential for a machine.',
  example: { name: 'backend', scopes: ['events:write', 'users:read'] },
});
export type ApiClientCreate = z.infer<typeof ApiClientCreate>;

/** One of a client's secrets, without the secret. */
export const ApiClientSecret = z
  .object({
    id: Id.meta({ example: 'sec_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    createdAt: Instant,
    expiresAt: Instant.nullable().meta({
      description: 'When it stops to work; null where it does not.',
      example: null,
    }),
  })
  .meta({ id: 'ApiClientSecret', description: "One of a client's live secrets, without the secret itself." });
export type ApiClientSecret = z.infer<typeof ApiClientSecret>;

/** What to make a new secret with. */
export const ApiClientSecretCreate = z
  .strictObject({
    othersExpireIn: z
      .int()
      .min(0)
      .max(90 * 24 * 60 * 60)
      .nullable()
      .default(null)
      .meta({
        description:
          'In how many seconds the secret that there is stops to work; null lets it work until it is removed.',
      }),
  })
  .meta({
    id: 'ApiClientSecretCreate',
    description: 'A new secret beside the one that is in use.',
    example: { othersExpireIn: 86400 },
  });
export type ApiClientSecretCreate = z.infer<typeof ApiClientSecretCreate>;

/** A credential that a customer's backend calls with. */
export const ApiClient = z
  .object({
    id: Id.meta({ description: 'The OAuth client id.', example: 'cli_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    name: z.string().meta({ example: 'backend' }),
    scopes: z.array(OAuthScope),
    status: z.enum(['active', 'revoked']),
    createdAt: Instant,
    revokedAt: Instant.nullable().meta({ example: null }),
    secrets: z.array(ApiClientSecret).meta({ description: 'Those that work: one, or two while they are rotated.' }),
  })
  .meta({ id: 'ApiClient', description: "A credential that a customer's backend calls with." });
export type ApiClient = z.infer<typeof ApiClient>;

/** A new API client with its secret, which is shown this once. */
export const ApiClientWithSecret = z
  .object({
    client: ApiClient,
    clientSecret: z.string().meta({ description: 'Shown this once: store it.', example: 'a-long-random-secret' }),
  })
  .meta({ id: 'ApiClientWithSecret', description: 'An API client with its secret, which is shown this once.' });
export type ApiClientWithSecret = z.infer<typeof ApiClientWithSecret>;

/** A new secret of a client, which is shown this once. */
export const ApiClientNewSecret = z
  .object({
    client: ApiClient,
    secret: ApiClientSecret,
    clientSecret: z.string().meta({ description: 'Shown this once: store it.', example: 'a-long-random-secret' }),
  })
  .meta({ id: 'ApiClientNewSecret', description: 'A new secret of an API client, which is shown this once.' });
export type ApiClientNewSecret = z.infer<typeof ApiClientNewSecret>;
