import * as z from 'zod';
import { RoleId } from '../roles/schema.ts';
import { Id, Slug } from '../shared/ids.ts';
import { Version } from '../shared/numbers.ts';
import { Instant } from '../shared/time.ts';

/** An e-mail address in ASCII, in lower case; a domain in other letters is written in its `xn--` form. */
export const Email = z
  .email()
  .max(254)
  .toLowerCase()
  .meta({ id: 'Email', description: 'An e-mail address.', example: 'ada@example.com' });

/** Whether a member may call. */
export const MemberStatus = z
  .enum(['active', 'suspended'])
  .meta({ id: 'MemberStatus', description: 'A suspended member is refused within 60 seconds.' });
export type MemberStatus = z.infer<typeof MemberStatus>;

/** Somebody who works in a workspace. */
export const Member = z
  .object({
    id: Id.meta({ description: 'The same in all workspaces.', example: 'per_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    email: z.string().meta({ example: 'ada@example.com' }),
    role: RoleId,
    status: MemberStatus,
    joinedAt: Instant,
    version: Version,
  })
  .meta({ id: 'Member', description: 'Somebody who works in a workspace.' });
export type Member = z.infer<typeof Member>;

/** What can be changed of a member. */
export const MemberUpdate = z.strictObject({ role: RoleId.optional(), status: MemberStatus.optional() }).meta({
  id: 'MemberUpdate',
  description: 'What to change of a member; what is missing stays.',
  example: { role: 'viewer' },
});
export type MemberUpdate = z.infer<typeof MemberUpdate>;

/** What somebody is in one workspace. */
export const Membership = z
  .object({ workspace: Slug.meta({ example: 'production' }), role: RoleId, status: MemberStatus })
  .meta({ id: 'Membership', description: 'What somebody is in one workspace.' });
export type Membership = z.infer<typeof Membership>;

/** Who calls, and where else in the tenant they work. */
export const DashboardMe = z
  .object({
    kind: z.enum(['operator', 'machine']),
    id: Id.meta({ example: 'per_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    email: z.string().nullable().meta({ example: 'ada@example.com' }),
    tenant: Slug,
    workspace: Slug.meta({ example: 'production' }),
    role: RoleId.nullable().meta({ description: 'Null for a machine, which has scopes.' }),
    scopes: z.array(z.string()).meta({ description: 'Of a machine.', example: [] }),
    memberships: z
      .array(Membership)
      .meta({ description: 'Where they work within this tenant; none for a machine, which has one workspace.' }),
  })
  .meta({ id: 'DashboardMe', description: 'Who calls, and where in this tenant they work.' });
export type DashboardMe = z.infer<typeof DashboardMe>;
