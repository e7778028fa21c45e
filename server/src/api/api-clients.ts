import { type Contract, contract, routesOf } from '@laurel/contract';
import type { ApiClient } from '@laurel/contract/api-clients/schema';
import { newClientSecret } from '../identity/client-secret.ts';
import { decideEach } from '../ports/policy.ts';
import { type ClientRecord, createClient, getWorkspaceClient, listClients, revokeClient } from '../store/clients.ts';
import { askedBy } from './admission.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { notFound, ProblemError, unknownReference } from './problem.ts';
import { isUnbound } from './roles-given.ts';

/** A new credential and its secret, which nobody can read again. */
export function newClient(
  given: { readonly name: string; readonly scopes: readonly string[] },
  place: { readonly tenant: string; readonly workspace: string },
  made: { readonly id: string; readonly now: string },
): { record: ClientRecord; clientSecret: string } {
  const { secret, secretHash } = newClientSecret();
  const record: ClientRecord = {
    id: made.id,
    name: given.name,
    scopes: [...new Set(given.scopes)].toSorted(),
    status: 'active',
    createdAt: made.now,
    revokedAt: null,
    tenant: place.tenant,
    workspace: place.workspace,
    secretHashes: [secretHash],
  };
  return { record, clientSecret: secret };
}

/** A credential as it is shown: without its secret's hash. */
export function presentClient({ id, name, scopes, status, createdAt, revokedAt }: ClientRecord): ApiClient {
  return { id, name, scopes, status, createdAt, revokedAt };
}

/** The routes that a scope opens, by scope. */
const routesByScope = Map.groupBy(
  routesOf(contract).flatMap(({ meta }) => meta ?? []),
  (meta): string => meta.scope,
);

/** Acting as any player: what a scope is worth that no operator's route asks for. */
const ACTING = contract.dashboard.users.mintToken.metadata;

/**
 * Whether a caller has a right themselves: a machine by its scopes, an operator by every route that it opens, for all
 * players, at all hours and from everywhere, since a credential is bound by nothing.
 */
async function hasScope(call: CallContext, scope: string): Promise<boolean> {
  const { platform, principal } = call;
  if (principal.kind === 'machine') return principal.scopes.includes(scope);
  if (!isUnbound(call)) return false;
  const routes = (routesByScope.get(scope) ?? []).filter(({ callers }) => callers.includes('operator'));
  const decisions = await decideEach(
    platform.policy,
    (routes.length === 0 ? [ACTING] : routes).map(({ action }) => ({ ...askedBy(call), action, scope })),
  );
  if (decisions.some(({ unavailable }) => unavailable === true)) throw new ProblemError('unavailable');
  return decisions.every(({ allowed }) => allowed);
}

/** Nobody can give what they lack, or a credential would be a way up. */
export async function assertMayGive(call: CallContext, scopes: readonly string[]): Promise<void> {
  for (const [index, scope] of scopes.entries()) {
    if (!routesByScope.has(scope)) throw unknownReference(`/scopes/${index}`, 'scope');
    if (!(await hasScope(call, scope))) {
      throw new ProblemError('insufficient_scope', `The caller itself lacks the scope ${scope}.`);
    }
  }
}

export const apiClients: Handlers<Contract['dashboard']['apiClients']> = {
  async list(call) {
    const found = await listClients(call.platform.table, call.scope, reachOf(call, null));
    return { body: pageOf(call, null, found, presentClient) };
  },

  async create(call) {
    await assertMayGive(call, call.body.scopes);
    const made = { id: call.platform.newId('apiClient'), now: call.now };
    const { record, clientSecret } = newClient(call.body, call.scope, made);
    const writes = createClient(call.platform.table, call.scope, record);
    return { body: { client: presentClient(record), clientSecret }, writes };
  },

  async revoke(call) {
    const client = await getWorkspaceClient(call.platform.table, call.scope, call.params.id);
    if (client === undefined) throw notFound();
    if (client.status === 'revoked') return { body: presentClient(client) };
    const writes = revokeClient(call.platform.table, call.scope, client.id, call.now);
    return { body: { ...presentClient(client), status: 'revoked', revokedAt: call.now }, writes };
  },
};
