import * as z from 'zod';
import { Email } from '../members/schema.ts';
import { Slug } from '../shared/ids.ts';
import { Label } from '../shared/text.ts';
import { Instant } from '../shared/time.ts';
import { WorkspaceCreate } from '../workspaces/schema.ts';

/** Whether a tenant's API answers. */
export const TenantStatus = z
  .enum(['active', 'suspended'])
  .meta({ id: 'TenantStatus', description: "A suspended tenant's callers are refused within 60 seconds." });
export type TenantStatus = z.infer<typeof TenantStatus>;

/** First segments of paths that are the installation's own, where tenants are told apart by path. */
const reserved: readonly string[] = ['docs', 'openapi', 'issuer', 'health', 'players', 'console'];

/** The first owner of a tenant. */
export const TenantOwner = z.strictObject({ email: Email, workspace: WorkspaceCreate }).meta({
  id: 'TenantOwner',
  description: 'The first owner of a tenant, and the workspace that they are invited into.',
  example: { email: 'ada@example.com', workspace: { slug: 'production', name: 'Production' } },
});
export type TenantOwner = z.infer<typeof TenantOwner>;

/** What to create a tenant from. */
export const TenantCreate = z
  .strictObject({
    slug: Slug.refine((slug) => !reserved.includes(slug), 'this name is reserved: choose another'),
    name: Label,
    plan: Slug.optional().meta({ description: 'The plan that it is on; the standard one where it is missing.' }),
    owner: TenantOwner.optional().meta({
      description:
        'Who owns it: a first workspace is opened, and they are invited into it by e-mail. Without one it is empty.',
    }),
  })
  .meta({
    id: 'TenantCreate',
    description: 'A new tenant.',
    example: { slug: 'acme', name: 'Acme Ltd' },
  });
export type TenantCreate = z.infer<typeof TenantCreate>;

/** A customer organisation. */
export const Tenant = z
  .object({
    slug: Slug,
    name: z.string().meta({ example: 'Acme Ltd' }),
    status: TenantStatus,
    cell: z.string().meta({ example: 'eu' }),
    createdAt: Instant,
  })
  .meta({ id: 'Tenant', description: 'A customer organisation.' });
export type Tenant = z.infer<typeof Tenant>;
