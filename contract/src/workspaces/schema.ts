import * as z from 'zod';
import { ClockKind } from '../clock/schema.ts';
import { PrivacySettings } from '../privacy/schema.ts';
import { Slug } from '../shared/ids.ts';
import { Version } from '../shared/numbers.ts';
import { Label, Language } from '../shared/text.ts';
import { Instant, Zone } from '../shared/time.ts';
import { UserAttributeDeclarations } from '../users/attributes.ts';
import { TeamSettings } from './teams.ts';

/** The origin of a page, as browsers write it (RFC 6454): no path, no default port, nothing that stands for many. */
const Origin = z
  .string()
  .max(200)
  .regex(
    /^https?:\/\/(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::[1-9]\d{0,4})?$/,
    'must be an origin, such as https://app.example.com',
  )
  .meta({
    id: 'Origin',
    description: 'The origin of pages: scheme, host and, where it is not the usual one, port.',
    example: 'https://app.example.com',
  });

const AllowedOrigins = z.array(Origin).max(50).nullable().meta({
  description:
    'The origins whose pages may call this workspace from a browser; null lets pages of any origin. Programs that are no browser are not kept out by it.',
});

const fields = {
  name: Label,
  production: z
    .boolean()
    .default(false)
    .meta({ description: 'Marks what is played for real: such a workspace never has a test clock.' }),
  zone: Zone.default('UTC').meta({ description: 'For users without a zone of their own.' }),
  language: Language.default('en').meta({ description: 'For users without a language of their own.' }),
  createsUnknownUsers: z
    .boolean()
    .default(true)
    .meta({ description: 'Whether an event of an unknown external user creates that user.' }),
  userAttributes: UserAttributeDeclarations.nullable()
    .default(null)
    .meta({ description: 'What attributes users may have; null lets them have any.' }),
  teams: TeamSettings.prefault({}),
  privacy: PrivacySettings.prefault({}),
  allowedOrigins: AllowedOrigins.default(null),
};

/** What to create a workspace from. */
const ownClock = ClockKind.default('real').meta({ description: 'Whose time the workspace lives by.' });

export const WorkspaceCreate = z.strictObject({ slug: Slug, ...fields, clock: ownClock }).meta({
  id: 'WorkspaceCreate',
  description: 'A new workspace.',
  example: { slug: 'production', name: 'Production', zone: 'Europe/Rome' },
});
export type WorkspaceCreate = z.infer<typeof WorkspaceCreate>;

/** What can be changed of a workspace. */
export const WorkspaceUpdate = z
  .strictObject({
    name: fields.name.optional(),
    zone: Zone.optional(),
    language: Language.optional(),
    createsUnknownUsers: z.boolean().optional(),
    userAttributes: UserAttributeDeclarations.nullable().optional(),
    teams: TeamSettings.optional(),
    privacy: PrivacySettings.optional(),
    allowedOrigins: AllowedOrigins.optional(),
  })
  .meta({
    id: 'WorkspaceUpdate',
    description: 'What to change of a workspace; what is missing stays, what is given replaces all of it.',
    example: { userAttributes: { plan: { type: 'string', playersMay: 'read' } } },
  });
export type WorkspaceUpdate = z.infer<typeof WorkspaceUpdate>;

/** Whether a workspace answers. */
export const WorkspaceStatus = z.enum(['active', 'suspended', 'archived']).meta({
  id: 'WorkspaceStatus',
  description:
    'Callers of a workspace that is suspended or archived are refused within 60 seconds; nothing is lost. One that is archived counts for no limit.',
});
export type WorkspaceStatus = z.infer<typeof WorkspaceStatus>;

/** What to make of another workspace. */
export const WorkspaceClone = z
  .strictObject({ slug: Slug, name: Label, production: fields.production, clock: ownClock })
  .meta({
    id: 'WorkspaceClone',
    description: 'A new workspace after another one.',
    example: { slug: 'staging', name: 'Staging' },
  });
export type WorkspaceClone = z.infer<typeof WorkspaceClone>;

/** An isolated environment inside a tenant. */
export const Workspace = z
  .object({
    slug: Slug,
    tenant: Slug,
    name: z.string().meta({ example: 'Production' }),
    status: WorkspaceStatus,
    zone: Zone,
    language: Language,
    createsUnknownUsers: z.boolean(),
    userAttributes: UserAttributeDeclarations.nullable(),
    teams: TeamSettings,
    privacy: PrivacySettings,
    allowedOrigins: AllowedOrigins,
    version: Version,
    production: z.boolean(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'Workspace', description: 'An isolated environment inside a tenant.' });
export type Workspace = z.infer<typeof Workspace>;
