import type { Contract, contract } from '@laurel/contract';
import type { Invitation, InvitationWithToken } from '@laurel/contract/invitations/schema';
import { invitationMail } from '../../domain/people/mails.ts';
import { matchesClientSecret, newClientSecret } from '../../identity/client-secret.ts';
import type { Write } from '../../store/commit.ts';
import { getInvitation, type InvitationRecord, listInvitations, saveInvitation } from '../../store/invitations.ts';
import { getPerson } from '../../store/people.ts';
import { workspaceScope } from '../../store/scope.ts';
import { getTenant } from '../../store/tenants.ts';
import { type Answer, type CallContext, type Handlers, type OpenHandler, pageOf, reachOf } from '../call.ts';
import type { Platform } from '../platform.ts';
import { notFound, ProblemError } from '../problem.ts';
import { allotmentQueue, giveBack, seatOf, take } from './allotments.ts';
import { assertOpen, enter } from './entering.ts';
import { assertMayGiveIn, roleIdOf, stillGiven } from './role-grants.ts';

/** What became of an invitation by now. */
function statusAt({ status, expiresAt }: InvitationRecord, now: string): Invitation['status'] {
  return status === 'pending' && expiresAt <= now ? 'expired' : status;
}

/** An invitation as it is shown: of the workspaces that it is for, those that the reader knows of. */
function present(record: InvitationRecord, now: string, knows: (workspace: string) => boolean): Invitation {
  const { id, email, role, invitedBy, createdAt, expiresAt, acceptedAt } = record;
  const workspaces = record.workspaces.filter(knows);
  return { id, email, role, workspaces, status: statusAt(record, now), invitedBy, createdAt, expiresAt, acceptedAt };
}

/** Which workspaces of the tenant a caller knows of: an owner all, others those where they work themselves. */
async function knowledgeOf({ platform, principal, scope }: CallContext): Promise<(workspace: string) => boolean> {
  if (principal.role === 'owner') return () => true;
  const person =
    principal.kind === 'operator' ? await getPerson(platform.table, scope.tenant, principal.subject) : undefined;
  return (workspace) => workspace === scope.workspace || person?.workspaces.includes(workspace) === true;
}

/** Whom to invite, as what, where, for how long, and whether by mail. */
export interface Inviting {
  readonly email: string;
  readonly role: string;
  readonly workspaces: readonly string[];
  readonly expiresIn: number;
  readonly send: boolean;
}

type Inviter = Pick<CallContext, 'realNow'> & { readonly platform: Platform };

/** The fragment of a link is told to no server, so the token stands in no log. */
function linkOf({ consoleUrl }: Platform, tenant: string, token: string): string {
  return `${consoleUrl}/invitations#tenant=${tenant}&token=${token}`;
}

/** Sends the mail once the invitation is there. One that does not go out is told to the log, and can be sent again. */
function sending(call: Inviter, tenant: string, name: string, record: InvitationRecord, token: string) {
  const { email, role, workspaces, expiresAt, id } = record;
  const mail = invitationMail({
    tenant: name,
    role,
    workspaces,
    expiresAt,
    link: linkOf(call.platform, tenant, token),
  });
  return async (): Promise<void> => {
    try {
      await call.platform.mail.send({ to: email, ...mail });
    } catch (error) {
      const cause = error instanceof Error ? error : String(error);
      call.platform.logger.error('an invitation was not sent', { invitation: id, tenant, error: cause });
    }
  };
}

/** Puts an invitation with a new token in place, which keeps a seat, and sends it where that is asked for. */
async function offered(
  call: Inviter,
  tenant: { readonly slug: string; readonly name: string },
  record: Omit<InvitationRecord, 'secretHash'>,
  send: boolean,
): Promise<{ readonly record: InvitationRecord; readonly token: string | null; readonly writes: Write[] }> {
  const { secret, secretHash } = newClientSecret();
  const stored = { ...record, secretHash };
  const token = `${record.id}.${secret}`;
  const holding = { of: seatOf(tenant.slug, record.email), until: record.expiresAt };
  const seat = await take(call, tenant.slug, 'seats', record.id, holding);
  const saved: Write = saveInvitation(call.platform.table, tenant.slug, stored);
  const mailed = send ? { ...saved, after: sending(call, tenant.slug, tenant.name, stored, token) } : saved;
  return { record: stored, token: send ? null : token, writes: [mailed, ...seat] };
}

function until(now: string, seconds: number): string {
  return new Date(Date.parse(now) + seconds * 1000).toISOString();
}

/** Invites somebody into workspaces of a tenant. */
export async function invite(
  call: Inviter & Pick<CallContext, 'principal'>,
  tenant: { readonly slug: string; readonly name: string },
  { email, role, workspaces, expiresIn, send }: Inviting,
): Promise<Answer<InvitationWithToken>> {
  const { realNow, platform } = call;
  const record = {
    id: platform.newId('invitation'),
    email,
    role,
    workspaces,
    status: 'pending' as const,
    invitedBy: `${call.principal.kind}:${call.principal.subject}`,
    createdAt: realNow,
    expiresAt: until(realNow, expiresIn),
    acceptedAt: null,
    version: 1,
  };
  const { record: stored, token, writes } = await offered(call, tenant, record, send);
  const invitation = present(stored, realNow, () => true);
  return { body: { invitation, token }, writes, queue: allotmentQueue(tenant.slug, 'seats') };
}

type InvitationCall = CallContext & { readonly params: { readonly id: string } };

/** The invitation that a call names, if it is into the caller's workspace. */
async function invitationOf(call: InvitationCall): Promise<InvitationRecord> {
  const found = await getInvitation(call.platform.table, call.scope.tenant, call.params.id);
  if (found?.workspaces.includes(call.scope.workspace) !== true) throw notFound();
  return found;
}

/** Whoever changes an invitation could have made it. */
async function assertMayChange(call: CallContext, { workspaces, role }: InvitationRecord): Promise<void> {
  try {
    await assertMayGiveIn(call, workspaces, role);
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'unknown_reference')
      throw new ProblemError(
        'forbidden',
        'The invitation is for other workspaces too, where this caller gives no roles.',
      );
    throw error;
  }
}

async function tenantOf({ platform, scope }: CallContext) {
  const tenant = await getTenant(platform.table, scope.tenant);
  if (tenant === undefined) throw notFound();
  return tenant;
}

/** Compared where there is no such invitation, so that the time does not tell. */
const NO_HASH = newClientSecret().secretHash;

/** The invitation whose token it is, if it can still be accepted. */
async function acceptable(platform: Platform, tenant: string, token: string): Promise<InvitationRecord> {
  const [, id = '', secret = ''] = /^(inv_[0-9A-Z]{26})\.([\w-]{43})$/.exec(token) ?? [];
  const found = await getInvitation(platform.table, tenant, id === '' ? 'none' : id);
  const isRight = matchesClientSecret(secret, [found?.secretHash ?? NO_HASH]);
  if (found === undefined || !isRight || statusAt(found, platform.clock.now()) !== 'pending')
    throw new ProblemError('invalid_code');
  return found;
}

const accept: OpenHandler<typeof contract.dashboard.invitations.accept> = async (call) => {
  const { platform, tenant, body, realNow } = call;
  const invitation = await acceptable(platform, tenant, body.token);
  const { id, email, role, workspaces } = invitation;
  const [workspace = ''] = workspaces;
  await assertOpen(platform, tenant, workspaces);
  // Before there is an account, since that is made apart from what the account is for.
  await Promise.all(workspaces.map((one) => stillGiven(platform, workspaceScope(tenant, one), roleIdOf(role))));
  const subject = await platform.people.personOf(email, { tenant, workspace, password: body.password });
  const entered = await enter(call, { tenant, subject, email, role, workspaces, instead: [id] });
  const version = invitation.version + 1;
  const accepted = { ...invitation, status: 'accepted' as const, acceptedAt: realNow, version };
  return {
    body: { tenant, email, memberId: subject, memberships: entered.memberships },
    writes: [saveInvitation(platform.table, tenant, accepted), ...entered.writes],
    queue: allotmentQueue(tenant, 'seats'),
  };
};

export const invitations: Handlers<Contract['dashboard']['invitations']> = {
  async list(call) {
    const [found, knows] = await Promise.all([
      listInvitations(call.platform.table, call.scope, reachOf(call, null)),
      knowledgeOf(call),
    ]);
    return { body: pageOf(call, null, found, (one) => present(one, call.realNow, knows)) };
  },

  async create(call) {
    const { workspaces: asked = [call.scope.workspace], ...given } = call.body;
    const workspaces = [...new Set(asked)];
    const noted = await assertMayGiveIn(call, workspaces, given.role);
    const invited = await invite(call, await tenantOf(call), { ...given, workspaces });
    return { ...invited, writes: [...(invited.writes ?? []), ...noted] };
  },

  accept,

  async get(call) {
    return { body: present(await invitationOf(call), call.realNow, await knowledgeOf(call)) };
  },

  async resend(call) {
    const found = await invitationOf(call);
    await assertMayChange(call, found);
    if (found.status !== 'pending')
      throw new ProblemError('unprocessable', `The invitation was ${found.status}: invite them anew.`);
    const next = { ...found, expiresAt: until(call.realNow, call.body.expiresIn), version: found.version + 1 };
    const { record, token, writes } = await offered(call, await tenantOf(call), next, call.body.send);
    const invitation = present(record, call.realNow, await knowledgeOf(call));
    return { body: { invitation, token }, writes, queue: allotmentQueue(call.scope.tenant, 'seats') };
  },

  async revoke(call) {
    const found = await invitationOf(call);
    const knows = await knowledgeOf(call);
    if (found.status === 'revoked') return { body: present(found, call.realNow, knows) };
    await assertMayChange(call, found);
    if (found.status === 'accepted')
      throw new ProblemError('unprocessable', 'The invitation was accepted: remove the member instead.');
    const { tenant } = call.scope;
    const revoked = { ...found, status: 'revoked' as const, version: found.version + 1 };
    return {
      body: present(revoked, call.realNow, knows),
      writes: [
        saveInvitation(call.platform.table, tenant, revoked),
        ...(await giveBack(call, tenant, 'seats', [found.id])),
      ],
      queue: allotmentQueue(tenant, 'seats'),
    };
  },
};
