import type { Contract } from '@laurel/contract';
import { type Issuer, type IssuerUpdate, MAX_ISSUERS } from '@laurel/contract/issuers/schema';
import type { Write } from '../store/commit.ts';
import { getIssuers, type IssuersRecord, putIssuers } from '../store/issuers.ts';
import { getTenant, getWorkspace } from '../store/tenants.ts';
import { assertDestination, DestinationError } from '../webhooks/destination.ts';
import { type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { notFound, ProblemError, unknownReference } from './problem.ts';

type TenantCall = CallContext & { readonly params: { readonly tenant: string } };
type OneCall = TenantCall & { readonly params: { readonly id: string } };

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

async function assertIssuer({ platform, params }: TenantCall, { issuer, audiences }: IssuerUpdate): Promise<void> {
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

/** The issuers of a tenant with one of them as it is now. */
function putOne(call: TenantCall, { items, version }: IssuersRecord, issuer: Issuer): Write[] {
  const others = items.filter(({ id }) => id !== issuer.id);
  if (others.some((one) => one.issuer === issuer.issuer))
    throw refused('/issuer', 'twice', 'The tenant has this issuer already: change that one.');
  if (others.length >= MAX_ISSUERS) throw refused('', 'too_many', `A tenant has at most ${MAX_ISSUERS} issuers.`);
  const changed = [...others, issuer].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return putIssuers(call.platform.table, call.params.tenant, { items: changed, version: version + 1 });
}

async function oneOf(call: OneCall) {
  const record = await issuersOf(call);
  const issuer = record.items.find(({ id }) => id === call.params.id);
  if (issuer === undefined) throw notFound();
  return { record, issuer };
}

export const issuers: Handlers<Contract['platform']['issuers']> = {
  async list(call) {
    const filters = { tenant: call.params.tenant };
    const { items } = await issuersOf(call);
    const found = listingOf(items, reachOf(call, filters), ({ id }) => id);
    return { body: pageOf(call, filters, found, (issuer) => issuer) };
  },

  async create(call) {
    const record = await issuersOf(call);
    const { id = call.platform.newId('issuer'), ...given } = call.body;
    assertOwnWorkspaces(call, given);
    await assertIssuer(call, given);
    if (record.items.some((one) => one.id === id)) throw new ProblemError('already_exists');
    const issuer: Issuer = { id, ...given, version: 1, createdAt: call.now, updatedAt: call.now };
    return { body: issuer, writes: putOne(call, record, issuer) };
  },

  async get(call) {
    return { body: (await oneOf(call)).issuer };
  },

  async update(call) {
    const { record, issuer } = await oneOf(call);
    assertOwnWorkspaces(call, issuer);
    assertOwnWorkspaces(call, call.body);
    if (call.ifMatch !== issuer.version) throw new ProblemError('version_mismatch');
    await assertIssuer(call, call.body);
    const changed: Issuer = { ...issuer, ...call.body, version: issuer.version + 1, updatedAt: call.now };
    return { body: changed, writes: putOne(call, record, changed) };
  },

  async remove(call) {
    const { record, issuer } = await oneOf(call);
    assertOwnWorkspaces(call, issuer);
    const items = record.items.filter((one) => one !== issuer);
    const changed = { items, version: record.version + 1 };
    return { body: issuer, writes: putIssuers(call.platform.table, call.params.tenant, changed) };
  },
};
