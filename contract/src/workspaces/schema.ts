import * as z from 'zod';
import { ClockKind } from '../clock/schema.ts';
import { PrivacySettings } from '../privacy/schema.ts';
import { Slug } from '../shared/ids.ts';
import { Version } from '../shared/numbers.ts';
import { Label, Language } from '../shared/text.ts';
import { Instant, Zone } from '../shared/time.ts';
import { UserAttributeDeclarations } from '../users/attributes.ts';
import { TeamSettings } from './teams.ts';

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
  })
  .meta({
    id: 'WorkspaceUpdate',
    description: 'What to change of a workspace; what is missing stays, what is given replaces all of it.',
    example: { userAttributes: { plan: { type: 'string', playersMay: 'read' } } },
  });
export type WorkspaceUpdate = z.infer<typeof WorkspaceUpdate>;

/** An isolated environment inside a tenant. */
export const Workspace = z
  .object({
    slug: Slug,
    tenant: Slug,
    name: z.string().meta({ example: 'Production' }),
    zone: Zone,
    language: Language,
    createsUnknownUsers: z.boolean(),
    userAttributes: UserAttributeDeclarations.nullable(),
    teams: TeamSettings,
    privacy: PrivacySettings,
    version: Version,
    production: z.boolean(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'Workspace', description: 'An isolated environment inside a tenant.' });
export type Workspace = z.infer<typeof Workspace>;
