import * as z from 'zod';
import { Id, Slug } from '../shared/ids.ts';
import { Version } from '../shared/numbers.ts';
import { Instant } from '../shared/time.ts';

/** How many issuers a tenant has at most. */
export const MAX_ISSUERS = 20;

/** The `iss` of an issuer's tokens, to the letter. */
export const IssuerUrl = z
  .string()
  .min(8)
  .max(255)
  .regex(/^https?:\/\/[^\s?#\\]+$/, 'use the URL that the tokens name as iss: without a query and without a fragment')
  .refine((url) => URL.canParse(url), 'use an absolute URL')
  .meta({
    id: 'IssuerUrl',
    description:
      'The `iss` of its tokens, to the letter: an https URL on port 443 of a public host, at which OpenID Connect Discovery finds its keys.',
    example: 'https://login.example.com',
  });

/** What a token is for, and which workspace it opens. */
const IssuerAudience = z
  .strictObject({
    audience: z
      .string()
      .regex(/^[\x21-\x7e]{1,255}$/, 'use 1 to 255 visible ASCII characters')
      .meta({ description: "A client id or an API's name, as `aud` has it, or `client_id` where there is no `aud`." }),
    workspace: Slug,
  })
  .meta({ id: 'IssuerAudience', description: 'What tokens are for, and the workspace that these open.' });

/** How the tokens of an issuer may be signed. */
const IssuerAlgorithm = z
  .enum(['RS256', 'ES256'])
  .meta({ id: 'IssuerAlgorithm', description: 'By which tokens may be signed; there are no others.' });

const fields = {
  issuer: IssuerUrl,
  audiences: z
    .array(IssuerAudience)
    .min(1)
    .max(20)
    .refine((all) => new Set(all.map(({ audience }) => audience)).size === all.length, 'name each audience once')
    .meta({ description: 'Each audience opens one workspace. A token of any other audience is refused.' }),
  userClaim: z
    .string()
    .regex(/^(?!(?:__proto__|constructor|prototype)$)[A-Za-z0-9_:/.-]{1,100}$/, 'use the name of a claim')
    .default('sub')
    .meta({ description: "The claim that names the player: what it says is the user's `externalId`." }),
  algorithms: z
    .array(IssuerAlgorithm)
    .min(1)
    .max(2)
    .default(['RS256'])
    .meta({ description: 'By which its tokens are signed.' }),
};

/** What to add an issuer from. */
export const IssuerCreate = z.strictObject({ id: Id.optional(), ...fields }).meta({
  id: 'IssuerCreate',
  description: 'Where the players of a tenant sign in.',
  example: {
    id: 'login',
    issuer: 'https://login.example.com',
    audiences: [{ audience: 'learning-app', workspace: 'main' }],
  },
});
export type IssuerCreate = z.infer<typeof IssuerCreate>;

/** What an issuer becomes. */
export const IssuerUpdate = z.strictObject(fields).meta({
  id: 'IssuerUpdate',
  description: 'What an issuer becomes.',
  example: {
    issuer: 'https://login.example.com',
    audiences: [{ audience: 'learning-app', workspace: 'main' }],
    algorithms: ['RS256', 'ES256'],
  },
});
export type IssuerUpdate = z.infer<typeof IssuerUpdate>;

/** A tenant's own issuer of players' tokens. */
export const Issuer = z
  .object({
    id: Id,
    issuer: IssuerUrl,
    audiences: z.array(IssuerAudience),
    userClaim: z.string().meta({ example: 'sub' }),
    algorithms: z.array(IssuerAlgorithm),
    version: Version,
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'Issuer', description: "A tenant's own OpenID Connect issuer: its tokens make players." });
export type Issuer = z.infer<typeof Issuer>;
