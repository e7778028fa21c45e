import * as z from 'zod';
import { IpAddress, RoleConditions, RoleId } from '../roles/schema.ts';
import { Id } from '../shared/ids.ts';
import { openEnum } from '../shared/open-enum.ts';
import { Instant } from '../shared/time.ts';

const action = z
  .string()
  .regex(/^(?:app|dashboard|platform):[a-z-]{1,40}\.[a-z-]{1,40}$/, 'use an action such as dashboard:missions.read')
  .meta({ description: 'What is to be done.', example: 'dashboard:missions.read' });

/** What to explain. */
export const AuthorizeExplain = z
  .strictObject({
    action,
    member: Id.optional().meta({ description: 'For this member of the workspace; for whoever asks without it.' }),
    client: Id.optional().meta({ description: 'For this API client.' }),
    role: RoleId.optional().meta({ description: 'For whoever has this role.' }),
    user: Id.optional().meta({ description: 'To this player.' }),
    team: Id.optional().meta({ description: 'To this team.' }),
    at: Instant.optional().meta({ description: 'At this moment; now without it.' }),
    address: IpAddress.optional().meta({ description: 'From this address; from where the question comes without it.' }),
  })
  .refine(({ member, client, role }) => [member, client, role].filter((one) => one !== undefined).length <= 1, {
    path: ['member'],
    error: 'ask for one member, one client or one role',
  })
  .refine(({ user, team }) => user === undefined || team === undefined, {
    path: ['team'],
    error: 'ask for one player or one team',
  })
  .meta({
    id: 'AuthorizeExplain',
    description: 'Who is to do what.',
    example: { action: 'dashboard:missions.read' },
  });
export type AuthorizeExplain = z.infer<typeof AuthorizeExplain>;

/** Why something is allowed, or not. */
export const AuthorizeReason = z
  .object({
    code: openEnum([
      'permitted',
      'forbidden',
      'not_for_this_caller',
      'not_held',
      'scope_missing',
      'role_gone',
      'not_active',
      'outside_hours',
      'outside_addresses',
      'not_among_players',
      'concerns_everybody',
      'failed',
    ]).meta({ description: 'Stable: decide on this. Codes may be added.', example: 'permitted' }),
    text: z.string().meta({ example: 'Who is a viewer may look at everything.' }),
    policy: z.string().nullable().meta({ description: 'The Cedar policy that says so.', example: 'roles.viewer' }),
  })
  .meta({ id: 'AuthorizeReason', description: 'One reason of a decision.' });
export type AuthorizeReason = z.infer<typeof AuthorizeReason>;

/** A decision and its reasons. */
export const AuthorizeExplanation = z
  .object({
    allowed: z.boolean(),
    action: z.string().meta({ example: 'dashboard:missions.read' }),
    reasons: z.array(AuthorizeReason),
  })
  .meta({ id: 'AuthorizeExplanation', description: 'Whether it is allowed, and why.' });
export type AuthorizeExplanation = z.infer<typeof AuthorizeExplanation>;

/** One thing that the caller may do. */
export const HeldPermission = z
  .object({
    action: z.string().meta({ example: 'dashboard:missions.read' }),
    players: z.enum(['all', 'some', 'none']).meta({
      description:
        'To whom: to everybody, to those whom the conditions name, or to nobody, where it is of use only for what tells of no player.',
    }),
  })
  .meta({ id: 'HeldPermission', description: 'Something that the caller may do.' });

/** All that a caller may do. */
export const CallerPermissions = z
  .object({
    kind: openEnum(['operator', 'machine']).meta({
      description: 'Who asks. Kinds may be added.',
      example: 'operator',
    }),
    id: z.string().meta({ example: 'per_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    role: z
      .object({ id: RoleId, name: z.string().meta({ example: 'Viewer' }) })
      .nullable()
      .meta({ description: 'Null for a machine, which may what its scopes say.' }),
    permissions: z.array(HeldPermission),
    conditions: RoleConditions,
  })
  .meta({ id: 'CallerPermissions', description: 'All that the caller may do, and under which conditions.' });
export type CallerPermissions = z.infer<typeof CallerPermissions>;
