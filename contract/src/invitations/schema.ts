import * as z from 'zod';
import { Email, Membership } from '../members/schema.ts';
import { RoleId } from '../roles/schema.ts';
import { Id, Slug } from '../shared/ids.ts';
import { Instant } from '../shared/time.ts';

const DAY = 24 * 60 * 60;

const lasting = z
  .int()
  .min(60)
  .max(30 * DAY)
  .default(7 * DAY)
  .meta({ description: 'For how many seconds of real time it can be accepted, at most 30 days.' });

const sending = z
  .boolean()
  .default(true)
  .meta({ description: 'Whether it is sent by e-mail; if not, its token is in the answer, this once.' });

const terms = { email: Email, role: RoleId, expiresIn: lasting, send: sending };

/** Whom to invite, as what, and where. */
export const InvitationCreate = z
  .strictObject({
    ...terms,
    workspaces: z
      .array(Slug)
      .min(1)
      .max(10)
      .optional()
      .meta({ description: 'Where they will work; in this workspace alone where it is missing.' }),
  })
  .meta({
    id: 'InvitationCreate',
    description: 'Whom to invite, as what, and where.',
    example: { email: 'ada@example.com', role: 'manager', send: false },
  });
export type InvitationCreate = z.infer<typeof InvitationCreate>;

/** Whom to invite into one workspace, as what. */
export const WorkspaceInvitationCreate = z.strictObject(terms).meta({
  id: 'WorkspaceInvitationCreate',
  description: 'Whom to invite into a workspace, as what.',
  example: { email: 'ada@example.com', role: 'owner', send: false },
});
export type WorkspaceInvitationCreate = z.infer<typeof WorkspaceInvitationCreate>;

/** Sends an invitation once more. */
export const InvitationResend = z.strictObject({ expiresIn: lasting, send: sending }).meta({
  id: 'InvitationResend',
  description: 'How an invitation is sent once more.',
  example: { send: false },
});
export type InvitationResend = z.infer<typeof InvitationResend>;

/** What became of an invitation. */
export const InvitationStatus = z
  .enum(['pending', 'accepted', 'revoked', 'expired'])
  .meta({ id: 'InvitationStatus', description: 'What became of an invitation; one that is pending keeps a seat.' });
export type InvitationStatus = z.infer<typeof InvitationStatus>;

/** An offer to work in a workspace. */
export const Invitation = z
  .object({
    id: Id,
    email: z.string().meta({ example: 'ada@example.com' }),
    role: RoleId,
    workspaces: z.array(Slug).meta({ example: ['production'] }),
    status: InvitationStatus,
    invitedBy: z.string().meta({ example: 'operator:per_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    createdAt: Instant,
    expiresAt: Instant,
    acceptedAt: Instant.nullable().meta({ example: null }),
  })
  .meta({
    id: 'Invitation',
    description: 'An offer to work in a workspace. It is forgotten 60 days after its time, whatever became of it.',
  });
export type Invitation = z.infer<typeof Invitation>;

/** An invitation, with its token where it was not sent. */
export const InvitationWithToken = z
  .object({
    invitation: Invitation,
    token: z
      .string()
      .nullable()
      .meta({ description: 'Shown this once, and only where it was not sent.', example: 'inv_01JD8QZ4.a-secret' }),
  })
  .meta({ id: 'InvitationWithToken', description: 'An invitation, with its token where it was not sent.' });
export type InvitationWithToken = z.infer<typeof InvitationWithToken>;

/** Accepts an invitation. */
export const InvitationAccept = z
  .strictObject({
    token: z.string().min(1).max(300).meta({ description: 'Of the e-mail.' }),
    password: z
      .string()
      .min(14)
      .max(256)
      .optional()
      .meta({ description: 'For whoever has no account yet; it changes nothing of an account that there is.' }),
  })
  .meta({
    id: 'InvitationAccept',
    description: 'The token of an invitation, and a password for whoever has no account yet.',
    example: { token: 'inv_01JD8QZ4M3V5K7R9T1X3Z5B7D9.a-secret' },
  });
export type InvitationAccept = z.infer<typeof InvitationAccept>;

/** Where somebody works after they accepted. */
export const Acceptance = z
  .object({
    tenant: Slug,
    email: z.string().meta({ example: 'ada@example.com' }),
    memberId: Id.meta({ example: 'per_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    memberships: z.array(Membership),
  })
  .meta({ id: 'Acceptance', description: 'Where somebody works after they accepted an invitation.' });
export type Acceptance = z.infer<typeof Acceptance>;
