import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { AuthorizerConfig } from '../../src/identity/authorizer.ts';
import type {
  Directory,
  DirectoryClient,
  DirectoryIssuer,
  DirectoryMember,
  DirectoryTenant,
  DirectoryUser,
  DirectoryWorkspace,
} from '../../src/identity/directory.ts';

/** A directory whose rows a test may change between two calls. */
export interface MemoryDirectory extends Directory {
  readonly tenants: Map<string, DirectoryTenant>;
  /** By `tenant/workspace`. */
  readonly workspaces: Map<string, DirectoryWorkspace>;
  readonly clients: Map<string, DirectoryClient>;
  /** By `tenant/workspace/subject`. */
  readonly members: Map<string, DirectoryMember>;
  /** By `tenant/workspace/user`. */
  readonly users: Map<string, DirectoryUser>;
  /** By `tenant iss`. */
  readonly issuers: Map<string, DirectoryIssuer>;
}

export function memoryDirectory(): MemoryDirectory {
  const tenants = new Map<string, DirectoryTenant>();
  const workspaces = new Map<string, DirectoryWorkspace>();
  const clients = new Map<string, DirectoryClient>();
  const members = new Map<string, DirectoryMember>();
  const users = new Map<string, DirectoryUser>();
  const issuers = new Map<string, DirectoryIssuer>();
  return {
    issuers,
    tenants,
    workspaces,
    clients,
    members,
    users,
    tenant: async (slug) => tenants.get(slug),
    workspace: async (tenant, slug) => workspaces.get(`${tenant}/${slug}`),
    client: async (id) => clients.get(id),
    member: async (tenant, workspace, subject) => members.get(`${tenant}/${workspace}/${subject}`),
    user: async (tenant, workspace, user) => users.get(`${tenant}/${workspace}/${user}`),
    issuer: async (tenant, iss) => issuers.get(`${tenant} ${iss}`),
  };
}

export interface Key {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export function makeKey(kid: string): Key {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

export function jwksOf(...keys: readonly Key[]): string {
  const jwks = keys.map(({ kid, publicKey }) => ({
    ...publicKey.export({ format: 'jwk' }),
    kid,
    use: 'sig',
    alg: 'RS256',
  }));
  return JSON.stringify({ keys: jwks });
}

export function base64url(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

/** A JWT by RS256, whose payload and header may be texts, so that a test can write what JSON.stringify would not. */
export function jwt(key: Key, payload: object | string, header: object = {}): string {
  const input = `${base64url({ alg: 'RS256', kid: key.kid, typ: 'JWT', ...header })}.${base64url(payload)}`;
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), key.privateKey).toString('base64url')}`;
}

export const POOL = 'https://issuer.example/pool';
export const PLAYERS = 'https://issuer.example/players';

export function configFor(tenant: string): AuthorizerConfig {
  return {
    tenant,
    issuers: {
      pool: { issuer: POOL, jwksUri: `${POOL}/jwks`, audience: 'laurel', consoleClients: ['console'] },
      players: { issuer: PLAYERS, jwksUri: `${PLAYERS}/jwks` },
    },
  };
}

const seconds = (): number => Math.floor(Date.now() / 1000);

export function machineClaims(more: object = {}): Record<string, unknown> {
  const iat = seconds();
  return {
    iss: POOL,
    aud: 'laurel',
    sub: 'cli_a',
    client_id: 'cli_a',
    scope: 'events:write users:read',
    token_use: 'access',
    jti: 'tok-1',
    iat,
    exp: iat + 900,
    ...more,
  };
}

export function operatorClaims(more: object = {}): Record<string, unknown> {
  return machineClaims({
    sub: 'ada',
    client_id: 'console',
    scope: 'openid',
    tenant: 'acme',
    workspace: 'main',
    ...more,
  });
}

export function playerClaims(more: object = {}): Record<string, unknown> {
  const iat = seconds();
  return {
    iss: PLAYERS,
    aud: 'laurel',
    sub: 'usr_1',
    tenant: 'acme',
    workspace: 'main',
    token_use: 'player',
    jti: 'tok-2',
    iat,
    exp: iat + 900,
    ...more,
  };
}

/** Two tenants with a machine, an operator and a player each, and the tenant that runs the platform. */
export function twoTenants(): MemoryDirectory {
  const directory = memoryDirectory();
  for (const [tenant, client] of [
    ['acme', 'cli_a'],
    ['bolt', 'cli_b'],
    ['laurel', 'cli_l'],
  ] as const) {
    directory.tenants.set(tenant, { status: 'active', platform: tenant === 'laurel' });
    directory.clients.set(client, {
      tenant,
      workspace: 'main',
      scopes: ['users:read', 'events:write', 'ledger:read'],
      status: 'active',
    });
    directory.members.set(`${tenant}/main/ada`, { role: 'admin', status: 'active' });
    directory.users.set(`${tenant}/main/usr_1`, { status: 'active' });
  }
  return directory;
}
