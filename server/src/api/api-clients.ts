import { type Contract, contract, routesOf } from '@laurel/contract';
import type { ApiClient, ApiClientSecret } from '@laurel/contract/api-clients/schema';
import { newClientSecret } from '../identity/client-secret.ts';
import { decideEach } from '../ports/policy.ts';
import {
  type ClientRecord,
  createClient,
  getWorkspaceClient,
  listClients,
  liveSecrets,
  revokeClient,
  type StoredSecret,
  saveSecrets,
} from '../store/clients.ts';
import { askedBy } from './admission.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { allotmentQueue, giveBack, take } from './people/allotments.ts';
import { notFound, ProblemError, unknownReference } from './problem.ts';
import { isUnbound } from './roles-given.ts';

/** A new credential and its secret, which nobody can read again. */
export function newClient(
  given: { readonly name: string; readonly scopes: readonly string[] },
  place: { readonly tenant: string; readonly workspace: string },
  made: { readonly id: string; readonly secretId: string; readonly now: string },
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
    secrets: [{ id: made.secretId, hash: secretHash, createdAt: made.now, expiresAt: null }],
  };
  return { record, clientSecret: secret };
}

function presentSecret({ id, createdAt, expiresAt }: StoredSecret): ApiClientSecret {
  return { id, createdAt, expiresAt };
}

/** A credential as it is shown: without the hashes of its secrets. */
export function presentClient(client: ClientRecord, now: string): ApiClient {
  const { id, name, scopes, status, createdAt, revokedAt } = client;
  const secrets = status === 'revoked' ? [] : liveSecrets(client, now).map(presentSecret);
  return { id, name, scopes, status, createdAt, revokedAt, secrets };
}

/** The routes that a scope opens, by scope. */
const routesByScope = Map.groupBy(
  routesOf(contract).flatMap(({ meta }) => meta ?? []),
  (meta): string => meta.scope,
);

/** Acting as whichever player: what a scope is worth that no operator's route asks for. */
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

/** The most secrets of one client that are live at once. */
const MOST_SECRETS = 2;

type ClientCall = CallContext & { readonly params: { readonly id: string } };

async function clientOf(call: ClientCall): Promise<ClientRecord> {
  const client = await getWorkspaceClient(call.platform.table, call.scope, call.params.id);
  if (client === undefined) throw notFound();
  return client;
}

/** A secret that ends in so many seconds, unless it ends sooner. */
function ending(secret: StoredSecret, now: string, seconds: number | null): StoredSecret {
  if (seconds === null) return secret;
  const end = new Date(Date.parse(now) + seconds * 1000).toISOString();
  return secret.expiresAt !== null && secret.expiresAt <= end ? secret : { ...secret, expiresAt: end };
}

export const apiClients: Handlers<Contract['dashboard']['apiClients']> = {
  async list(call) {
    const found = await listClients(call.platform.table, call.scope, reachOf(call, null));
    return { body: pageOf(call, null, found, (client) => presentClient(client, call.realNow)) };
  },

  async create(call) {
    await assertMayGive(call, call.body.scopes);
    const made = {
      id: call.platform.newId('apiClient'),
      secretId: call.platform.newId('clientSecret'),
      now: call.realNow,
    };
    const { record, clientSecret } = newClient(call.body, call.scope, made);
    const { tenant } = call.scope;
    const counted = await take(call, tenant, 'apiClients', record.id, { of: record.id, until: null });
    return {
      body: { client: presentClient(record, call.realNow), clientSecret },
      writes: [...createClient(call.platform.table, call.scope, record), ...counted],
      queue: allotmentQueue(tenant, 'apiClients'),
    };
  },

  async get(call) {
    return { body: presentClient(await clientOf(call), call.realNow) };
  },

  async createSecret(call) {
    const client = await clientOf(call);
    if (client.status === 'revoked') throw new ProblemError('unprocessable', 'The client is revoked: make another.');
    // A secret is all that the client may do: nobody makes one who could not make the client.
    await assertMayGive(call, client.scopes);
    const { realNow, platform } = call;
    const live = liveSecrets(client, realNow);
    if (live.length >= MOST_SECRETS) throw new ProblemError('too_many_secrets');
    const { secret: clientSecret, secretHash: hash } = newClientSecret();
    const secret: StoredSecret = { id: platform.newId('clientSecret'), hash, createdAt: realNow, expiresAt: null };
    const secrets = [...live.map((one) => ending(one, realNow, call.body.othersExpireIn)), secret];
    return {
      body: { client: presentClient({ ...client, secrets }, realNow), secret: presentSecret(secret), clientSecret },
      writes: [saveSecrets(platform.table, call.scope, client, secrets)],
    };
  },

  async removeSecret(call) {
    const client = await clientOf(call);
    const live = liveSecrets(client, call.realNow);
    const left = live.filter(({ id }) => id !== call.params.secret);
    if (client.status === 'revoked' || left.length === live.length) throw notFound();
    if (left.length === 0)
      throw new ProblemError('unprocessable', 'It is the last secret: make another first, or revoke the client.');
    return {
      body: presentClient({ ...client, secrets: left }, call.realNow),
      writes: [saveSecrets(call.platform.table, call.scope, client, left)],
    };
  },

  async revoke(call) {
    const client = await clientOf(call);
    if (client.status === 'revoked') return { body: presentClient(client, call.realNow) };
    const { realNow, scope, platform } = call;
    return {
      body: presentClient({ ...client, status: 'revoked', revokedAt: realNow }, realNow),
      writes: [
        ...revokeClient(platform.table, scope, client.id, realNow),
        ...(await giveBack(call, scope.tenant, 'apiClients', [client.id])),
      ],
      queue: allotmentQueue(scope.tenant, 'apiClients'),
    };
  },
};
