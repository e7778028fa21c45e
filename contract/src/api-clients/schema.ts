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

/** A credential that a customer's backend calls with. */
export const ApiClient = z
  .object({
    id: Id.meta({ description: 'The OAuth client id.', example: 'cli_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    name: z.string().meta({ example: 'backend' }),
    scopes: z.array(OAuthScope),
    status: z.enum(['active', 'revoked']),
    createdAt: Instant,
    revokedAt: Instant.nullable().meta({ example: null }),
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
