import type { Contract } from '@laurel/contract';
import { type Issuer, type IssuerPut, MAX_ISSUERS } from '@laurel/contract/issuers/schema';
import { getIssuers, putIssuers } from '../store/issuers.ts';
import { getTenant, getWorkspace } from '../store/tenants.ts';
import { assertDestination, DestinationError } from '../webhooks/destination.ts';
import type { CallContext, Handlers } from './call.ts';
import { notFound, ProblemError, unknownReference } from './problem.ts';

type TenantCall = CallContext & { readonly params: { readonly tenant: string } };

async function issuersOf({ platform, params }: TenantCall) {
  const tenant = await getTenant(platform.table, params.tenant);
  if (tenant === undefined) throw notFound();
  return getIssuers(platform.table, tenant.slug);
}

/** A machine belongs to one workspace, and lets nobody into another. */
function assertOwnWorkspaces({ principal, scope }: CallContext, { audiences }: Pick<Issuer, 'audiences'>): void {
  if (principal.kind !== 'machine' || principal.platform) return;
  if (audiences.every(({ workspace }) => workspace === scope.workspace)) return;
  throw new ProblemError('forbidden', "A backend sees to its own workspace's issuers alone.");
}

function refused(pointer: string, code: string, message: string): ProblemError {
  return new ProblemError('unprocessable', message, { errors: [{ pointer, code, message }] });
}

async function assertIssuer({ platform, params }: TenantCall, { issuer, audiences }: IssuerPut): Promise<void> {
  if (platform.isOwnIssuer(issuer))
    throw refused('/issuer', 'own_issuer', "Laurel's own issuers cannot be a tenant's: name your own.");
  try {
    await assertDestination(issuer, platform.destinations);
  } catch (error) {
    if (error instanceof DestinationError) throw new ProblemError('destination_not_allowed');
    throw error;
  }
  for (const [index, { workspace }] of audiences.entries()) {
    if ((await getWorkspace(platform.table, params.tenant, workspace)) === undefined)
      throw unknownReference(`/audiences/${index}/workspace`, 'workspace');
  }
}

const byId = (a: Issuer, b: Issuer): number => (a.id < b.id ? -1 : 1);

export const issuers: Handlers<Contract['platform']['issuers']> = {
  async list(call) {
    const { items } = await issuersOf(call);
    return { body: { items: [...items] } };
  },

  async set(call) {
    const { items, version } = await issuersOf(call);
    const { id, tenant } = call.params;
    const known = items.find((one) => one.id === id);
    const others = items.filter((one) => one.id !== id);
    assertOwnWorkspaces(call, call.body);
    if (known !== undefined) assertOwnWorkspaces(call, known);
    await assertIssuer(call, call.body);
    if (others.some(({ issuer }) => issuer === call.body.issuer))
      throw refused('/issuer', 'twice', 'The tenant has this issuer already: change that one.');
    if (others.length >= MAX_ISSUERS) throw refused('', 'too_many', `A tenant has at most ${MAX_ISSUERS} issuers.`);
    const body: Issuer = { id, ...call.body, createdAt: known?.createdAt ?? call.now, updatedAt: call.now };
    const changed = { items: [...others, body].toSorted(byId), version: version + 1 };
    return { body, writes: putIssuers(call.platform.table, tenant, changed) };
  },

  async remove(call) {
    const { items, version } = await issuersOf(call);
    const body = items.find(({ id }) => id === call.params.id);
    if (body === undefined) throw notFound();
    assertOwnWorkspaces(call, body);
    const changed = { items: items.filter((one) => one !== body), version: version + 1 };
    return { body, writes: putIssuers(call.platform.table, call.params.tenant, changed) };
  },
};
