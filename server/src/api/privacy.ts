import type { Contract } from '@laurel/contract';
import type { Consent, PersonExport, PrivacyRequest } from '@laurel/contract/privacy/schema';
import type { User } from '@laurel/contract/users/schema';
import type { Workspace } from '@laurel/contract/workspaces/schema';
import { eraseUser, vaultOf } from '../privacy/erase.ts';
import type { Write } from '../store/commit.ts';
import { allHeldOn, getRequest, listRequests, saveRequest } from '../store/privacy.ts';
import { getUser } from '../store/users.ts';
import { authorOf, type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { notFound, ProblemError } from './problem.ts';
import { playerOf, workspaceOf } from './reader.ts';
import { userUpdated } from './user-writes.ts';

async function userOf(call: CallContext & { readonly params: { readonly id: string } }): Promise<User> {
  const user = await getUser(call.platform.table, call.scope, call.params.id);
  if (user === undefined) throw notFound();
  return user;
}

/** The purposes of a workspace, with what is taken of those who have said nothing. */
function purposesOf({ privacy }: Workspace) {
  return [
    { id: 'analytics', name: 'Analytics', unasked: true },
    { id: 'leaderboards', name: 'Leaderboards', unasked: true },
    ...privacy.purposes.map(({ id, name }) => ({ id, name, unasked: false })),
  ].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function consentsOf(user: User, workspace: Workspace): Consent[] {
  return purposesOf(workspace).map(({ id, name, unasked }) => {
    const decision = Object.hasOwn(user.consents, id) ? user.consents[id] : undefined;
    return { purpose: id, name, granted: decision?.granted ?? unasked, decidedAt: decision?.decidedAt ?? null };
  });
}

type Listing = CallContext & { readonly query: { readonly limit: number; readonly cursor?: string | undefined } };

async function consentPage(call: Listing, user: User) {
  const all = consentsOf(user, await workspaceOf(call));
  const filters = { user: user.id };
  const found = listingOf(all, reachOf(call, filters), ({ purpose }) => purpose);
  return { body: pageOf(call, filters, found, (consent) => consent) };
}

type Deciding = CallContext & {
  readonly params: { readonly purpose: string };
  readonly body: { readonly granted: boolean };
};

/** Records what a user has decided; the same decision again moves nothing. */
async function decide(call: Deciding, user: User) {
  const workspace = await workspaceOf(call);
  const { purpose } = call.params;
  const now = consentsOf(user, workspace).find((consent) => consent.purpose === purpose);
  if (now === undefined) throw notFound();
  const { granted } = call.body;
  if (now.granted === granted && now.decidedAt !== null) return { body: now };
  const consents = { ...user.consents, [purpose]: { granted, decidedAt: call.now } };
  const changed = { ...user, consents, version: user.version + 1, updatedAt: call.now };
  return { body: { ...now, granted, decidedAt: call.now }, writes: await userUpdated(call, changed) };
}

/** Who asks: a player is not named, since their request outlives them. */
function askerOf(call: CallContext): string {
  return call.principal.kind === 'player' ? 'player' : authorOf(call);
}

/** Keeps that something was asked for, and done at once. */
async function requested(call: CallContext, user: User, kind: PrivacyRequest['kind']): Promise<Write[]> {
  const { table, newId } = call.platform;
  const request: PrivacyRequest = {
    id: newId('privacyRequest'),
    kind,
    status: 'completed',
    pseudonym: await vaultOf(table).pseudonymOf(call.scope, user.id),
    by: askerOf(call),
    requestedAt: call.now,
    completedAt: call.now,
    receipt: null,
  };
  return saveRequest(table, call.scope, request);
}

async function exported(call: CallContext, user: User) {
  const records = await allHeldOn(call.platform.table, call.scope, user.id);
  const body: PersonExport = { userId: user.id, exportedAt: call.now, records };
  return { body, writes: await requested(call, user, 'export') };
}

async function erased(call: CallContext, userId: string) {
  const request = await eraseUser(call, userId, askerOf(call));
  if (request === undefined) throw notFound();
  return { body: request };
}

async function withStatus(call: CallContext, user: User, status: 'restricted' | 'active') {
  if (user.status === status) return { body: user };
  if (status === 'active' && user.status !== 'restricted')
    throw new ProblemError('unprocessable', 'The user is not restricted.');
  if (user.status === 'suspended')
    throw new ProblemError('unprocessable', 'The user is suspended: nothing of them is processed as it is.');
  const changed: User = { ...user, status, version: user.version + 1, updatedAt: call.now };
  const kind = status === 'restricted' ? 'restriction' : 'release';
  return { body: changed, writes: [...(await userUpdated(call, changed)), ...(await requested(call, user, kind))] };
}

export const appPrivacy: Handlers<Contract['app']['privacy']> = {
  consents: async (call) => consentPage(call, await playerOf(call)),
  consent: async (call) => decide(call, await playerOf(call)),
  export: async (call) => exported(call, await playerOf(call)),
  // Not by who is there: whoever asks again, as long as their token is let in, is answered the same.
  async erase(call) {
    const { player } = call;
    return erased(call, player !== undefined && 'userId' in player ? player.userId : (await playerOf(call)).id);
  },
};

export const privacy: Handlers<Contract['dashboard']['privacy']> = {
  async requests(call) {
    const { kind, user } = call.query;
    const { table } = call.platform;
    const pseudonym = user === undefined ? undefined : await vaultOf(table).pseudonymOf(call.scope, user);
    const filters = { kind, user };
    const keep = (request: PrivacyRequest) =>
      (kind === undefined || request.kind === kind) && (pseudonym === undefined || request.pseudonym === pseudonym);
    const found = await listRequests(table, call.scope, reachOf(call, filters), keep);
    return { body: pageOf(call, filters, found, (request) => request) };
  },

  async request(call) {
    const request = await getRequest(call.platform.table, call.scope, call.params.id);
    if (request === undefined) throw notFound();
    return { body: request };
  },

  export: async (call) => exported(call, await userOf(call)),
  // Also of one who is erased: whoever asks again is answered the same.
  erase: (call) => erased(call, call.params.id),
  restrict: async (call) => withStatus(call, await userOf(call), 'restricted'),
  release: async (call) => withStatus(call, await userOf(call), 'active'),
  consents: async (call) => consentPage(call, await userOf(call)),
  consent: async (call) => decide(call, await userOf(call)),
};
