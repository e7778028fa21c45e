import { type Adapter, type AdapterFactory, type AdapterPayload, type ClientMetadata, errors } from 'oidc-provider';
import type { ConsoleClient, FindClient, IssuerClient } from './people.ts';
import type { IssuerStore } from './store.ts';

/** Joins the hashes of live secrets into the one text that oidc-provider keeps of a client's secret. */
const HASH_SEPARATOR = '.';

/** The hashes that {@link machineMetadata} joined. */
export function secretHashesOf(clientSecret: string | undefined): readonly string[] {
  return clientSecret ? clientSecret.split(HASH_SEPARATOR) : [];
}

/** oidc-provider's persistence over an {@link IssuerStore}; clients are looked up in the directory instead. */
export function createAdapterFactory(store: IssuerStore, now: () => number, clients: Adapter): AdapterFactory {
  return (model) => (model === 'Client' ? clients : storedModel(model, store, now));
}

function storedModel(model: string, store: IssuerStore, now: () => number): Adapter {
  const byUid = `${model}.uid`;
  const find = async (id: string): Promise<AdapterPayload | undefined> => (await store.get(model, id))?.payload;
  return {
    find,
    findByUid: async (uid) => {
      const id = (await store.get(byUid, uid))?.payload.id;
      return typeof id === 'string' ? find(id) : undefined;
    },
    findByUserCode: async () => undefined,
    upsert: async (id, payload, expiresIn) => {
      if (expiresIn === undefined) throw new TypeError(`a ${model} must expire`);
      const expiresAt = now() + expiresIn * 1000;
      await store.put(model, id, { payload: { ...payload }, expiresAt });
      if (payload.uid !== undefined) await store.put(byUid, payload.uid, { payload: { id }, expiresAt });
    },
    consume: async (id) => {
      const isFirst = await store.consume(model, id, Math.floor(now() / 1000));
      if (!isFirst) throw new errors.InvalidGrant('it was used before');
    },
    destroy: (id) => store.remove(model, id),
    // A code without its grant is refused, and the grant itself is destroyed beside this call; access tokens are
    // JWTs, which nobody keeps.
    revokeByGrantId: async () => undefined,
  };
}

/** Finds the console and the machines; anybody else is unknown, and so is a machine that was revoked. */
export function clientAdapter(
  findClient: FindClient,
  consoleClient: ConsoleClient | undefined,
  known: ReadonlySet<string>,
): Adapter {
  const refuse = async (): Promise<void> => {
    throw new TypeError('clients are made by the platform, not by the issuer');
  };
  return {
    find: async (id) => {
      if (id === consoleClient?.clientId) return { ...consoleMetadata(consoleClient) };
      const client = await findClient(id);
      return client?.status === 'active' && client.id === id ? { ...machineMetadata(client, known) } : undefined;
    },
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    upsert: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  };
}

function consoleMetadata({ clientId, redirectUris }: ConsoleClient): ClientMetadata {
  return {
    client_id: clientId,
    application_type: 'web',
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: [...redirectUris],
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
    scope: 'openid',
  };
}

function machineMetadata(client: IssuerClient, known: ReadonlySet<string>): ClientMetadata {
  return {
    client_id: client.id,
    client_secret: client.secretHashes.join(HASH_SEPARATOR),
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_basic',
    scope: client.scopes.filter((scope) => known.has(scope)).join(' '),
    tenant: client.tenant,
    workspace: client.workspace,
  };
}
