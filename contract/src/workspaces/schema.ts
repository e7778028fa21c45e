import * as z from 'zod';
import { ClockKind } from '../clock/schema.ts';
import { Slug } from '../shared/ids.ts';
import { Label, Language } from '../shared/text.ts';
import { Instant, Zone } from '../shared/time.ts';

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
};

/** What to create a workspace from. */
const ownClock = ClockKind.default('real').meta({ description: 'Whose time the workspace lives by.' });

export const WorkspaceCreate = z.strictObject({ slug: Slug, ...fields, clock: ownClock }).meta({
  id: 'WorkspaceCreate',
  description: 'A new workspace.',
  example: { slug: 'production', name: 'Production', zone: 'Europe/Rome' },
});
export type WorkspaceCreate = z.infer<typeof WorkspaceCreate>;

/** An isolated environment inside a tenant. */
export const Workspace = z
  .object({
    slug: Slug,
    tenant: Slug,
    name: z.string().meta({ example: 'Production' }),
    zone: Zone,
    language: Language,
    createsUnknownUsers: z.boolean(),
    production: z.boolean(),
    createdAt: Instant,
  })
  .meta({ id: 'Workspace', description: 'An isolated environment inside a tenant.' });
export type Workspace = z.infer<typeof Workspace>;
