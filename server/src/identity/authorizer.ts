import { JwtVerifier } from 'aws-jwt-verify';
import { JwtBaseError } from 'aws-jwt-verify/error';
import {
  AUDIENCE,
  CLOCK_LEEWAY,
  demand,
  expiryOf,
  MAX_TOKEN_LIFETIME,
  PLAYER_TOKEN_LIFETIME,
  scopesOf,
  slugClaim,
  subjectClaim,
  tokenIdOf,
} from './claims.ts';
import type { Directory } from './directory.ts';
import { createKeys, type FetchJwks, KeyUnknown } from './keys.ts';
import type { ExternalPlayer, Principal } from './principal.ts';
import { tenantIssuers, type Vouch } from './tenant-issuers.ts';
import { readBearer, TokenRefusal, type UnverifiedToken } from './token.ts';

/** An issuer of access tokens: the central user pool. */
export interface PoolIssuer {
  /** The exact `iss`. */
  readonly issuer: string;
  readonly jwksUri: string;
  /** The exact `aud`; null or missing where the pool puts none into access tokens, as Cognito does. */
  readonly audience?: string | null;
  /** The client ids by which people sign in; every other client is a machine. */
  readonly consoleClients: readonly string[];
}

/** What one tenant's authorizer is told. */
export interface AuthorizerConfig {
  /** The tenant whose API this authorizer guards: nobody else's token passes. */
  readonly tenant: string;
  readonly issuers: {
    readonly pool: PoolIssuer;
    /** The pool of the cell's other region, where there is one: a pool is regional. */
    readonly standbyPool?: PoolIssuer;
    /** Laurel's own signer of players' tokens. */
    readonly players: { readonly issuer: string; readonly jwksUri: string };
  };
}

/** What an authorizer works with. */
export interface AuthorizerDeps {
  readonly directory: Directory;
  readonly fetchJwks: FetchJwks;
  /** Fetches the keys of a tenant's own issuer, given its `iss`; without it no tenant has one. */
  readonly fetchIssuerKeys?: FetchJwks;
  /** The present moment, in milliseconds since 1970, by the machine's own clock. */
  readonly now: () => number;
}

/** Who calls, or why they are refused. */
export type AuthorizationResult =
  | {
      readonly kind: 'allowed';
      readonly principal: Principal | ExternalPlayer;
      /** When the token ends, in milliseconds since 1970. */
      readonly expiresAt: number;
    }
  | {
      readonly kind: 'denied';
      readonly status: 401 | 403 | 503;
      readonly code: 'invalid_token' | 'forbidden' | 'unavailable';
      /** For logs and the audit, never for the caller. */
      readonly reason: string;
    };

/** Decides about an `Authorization` header. It never throws: what it cannot decide it denies. */
export type Authorize = (authorization: string | undefined) => Promise<AuthorizationResult>;

/** A known caller who may not call now. */
class Suspended extends Error {
  override readonly name = 'Suspended';
}

type Verified = UnverifiedToken['payload'];
type Authorized = { readonly principal: Principal | ExternalPlayer; readonly expiresAt: number };

/**
 * The dedicated authorizer of one tenant. A token passes if it is well-formed, of an issuer of this cell, signed by
 * RS256 with that issuer's key, alive, meant as an access token, and of a caller whom the directory knows in this
 * tenant; or of an issuer that this tenant has registered, for an audience that opens one of its workspaces: whose it is
 * then, the API says. Malformed, foreign or revoked is 401, suspended is 403, an issuer or directory out of reach is 503.
 */
export function createAuthorizer(config: AuthorizerConfig, deps: AuthorizerDeps): Authorize {
  const authenticate = authenticator(config, deps);
  return async (authorization) => {
    try {
      return { kind: 'allowed', ...(await authenticate(readBearer(authorization))) };
    } catch (error) {
      return denial(error);
    }
  };
}

function denial(error: unknown): AuthorizationResult {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown failure';
  if (error instanceof Suspended) return { kind: 'denied', status: 403, code: 'forbidden', reason };
  if (error instanceof TokenRefusal || error instanceof KeyUnknown || error instanceof JwtBaseError) {
    return { kind: 'denied', status: 401, code: 'invalid_token', reason };
  }
  return { kind: 'denied', status: 503, code: 'unavailable', reason };
}

/** Picks by the issuer's exact name who verifies a token and how its claims are read. */
function authenticator(
  config: AuthorizerConfig,
  deps: AuthorizerDeps,
): (token: UnverifiedToken) => Promise<Authorized> {
  const { pool, standbyPool, players } = config.issuers;
  const jwksCache = createKeys(deps);
  const verifier = (issuer: string, jwksUri: string, audience: string | null) => {
    const jwt = JwtVerifier.create({ issuer, jwksUri, audience, graceSeconds: CLOCK_LEEWAY }, { jwksCache });
    return (token: UnverifiedToken): Promise<Verified> => jwt.verify(token.jwt);
  };
  const ways = new Map<unknown, (token: UnverifiedToken) => Promise<Authorized>>();
  for (const { issuer, jwksUri, audience = null, consoleClients } of standbyPool ? [pool, standbyPool] : [pool]) {
    const verify = verifier(issuer, jwksUri, audience);
    ways.set(issuer, async (token) => {
      const claims = await verify(token);
      if (audience !== null) demand(claims, 'aud', audience);
      demand(claims, 'token_use', 'access');
      const isOperator = consoleClients.includes(subjectClaim(claims, 'client_id'));
      return (isOperator ? operator : machine)(claims, config, deps);
    });
  }
  const verifyPlayer = verifier(players.issuer, players.jwksUri, AUDIENCE);
  ways.set(players.issuer, async (token) => {
    const claims = await verifyPlayer(token);
    // The tenant's own signer serves its API clients too; each way demands its own `token_use`.
    return (claims.token_use === 'access' ? ownMachine : player)(claims, config, deps);
  });
  const { fetchIssuerKeys } = deps;
  const vouch = fetchIssuerKeys && tenantIssuers(config.tenant, { ...deps, fetchIssuerKeys });
  return async (token) => {
    // Laurel's own come first: whatever a tenant registers, these are never believed by other keys.
    const way = ways.get(token.payload.iss);
    if (way === undefined) return ownPlayer(token, vouch, config, deps);
    if (token.header.alg !== 'RS256') throw new TokenRefusal('alg is not RS256');
    return way(token);
  };
}

/** Somebody for whom the tenant's own issuer vouches: which user that is, and whether they may call, the API finds out. */
async function ownPlayer(
  token: UnverifiedToken,
  vouch: Vouch | undefined,
  config: AuthorizerConfig,
  deps: AuthorizerDeps,
): Promise<Authorized> {
  if (vouch === undefined) throw new TokenRefusal('issuer is not one of this cell');
  const { workspace, externalId, issuedAt, expiresAt, ...tokenId } = await vouch(token);
  const { tenant } = config;
  await platformOf(issuedAt, config, deps);
  await assertWorkspace(workspace, config, deps);
  return { principal: { kind: 'external', tenant, workspace, externalId, ...tokenId }, expiresAt };
}

async function machine(claims: Verified, config: AuthorizerConfig, deps: AuthorizerDeps): Promise<Authorized> {
  const expiresAt = expiryOf(claims, deps.now(), MAX_TOKEN_LIFETIME);
  const subject = subjectClaim(claims, 'client_id');
  demand(claims, 'sub', subject);
  const client = await deps.directory.client(subject);
  if (client?.tenant !== config.tenant || client.status !== 'active') {
    throw new TokenRefusal('client is unknown in this tenant, or revoked');
  }
  const { tenant, workspace } = client;
  if (claims.tenant !== undefined) demand(claims, 'tenant', tenant);
  if (claims.workspace !== undefined) demand(claims, 'workspace', workspace);
  const granted = new Set(scopesOf(claims));
  const scopes = client.scopes.filter((scope) => granted.has(scope));
  const platform = await platformOf(Number(claims.iat), config, deps);
  await assertWorkspace(workspace, config, deps);
  const principal: Principal = { kind: 'machine', tenant, workspace, subject, scopes, platform, ...tokenIdOf(claims) };
  return { principal, expiresAt };
}

/** A machine whose token the tenant's own endpoint made, which names tenant and workspace. */
async function ownMachine(claims: Verified, config: AuthorizerConfig, deps: AuthorizerDeps): Promise<Authorized> {
  demand(claims, 'aud', AUDIENCE);
  demand(claims, 'token_use', 'access');
  demand(claims, 'tenant', config.tenant);
  slugClaim(claims, 'workspace');
  return machine(claims, config, deps);
}

async function operator(claims: Verified, config: AuthorizerConfig, deps: AuthorizerDeps): Promise<Authorized> {
  const expiresAt = expiryOf(claims, deps.now(), MAX_TOKEN_LIFETIME);
  demand(claims, 'tenant', config.tenant);
  const { tenant } = config;
  const workspace = slugClaim(claims, 'workspace');
  const subject = subjectClaim(claims, 'sub');
  const platform = await platformOf(Number(claims.iat), config, deps);
  await assertWorkspace(workspace, config, deps);
  const member = await deps.directory.member(tenant, workspace, subject);
  if (member?.status !== 'active') throw new Suspended('operator is no active member of the workspace');
  const { role } = member;
  const principal: Principal = {
    kind: 'operator',
    tenant,
    workspace,
    subject,
    scopes: [],
    role,
    platform,
    ...tokenIdOf(claims),
  };
  return { principal, expiresAt };
}

async function player(claims: Verified, config: AuthorizerConfig, deps: AuthorizerDeps): Promise<Authorized> {
  const expiresAt = expiryOf(claims, deps.now(), PLAYER_TOKEN_LIFETIME);
  demand(claims, 'aud', AUDIENCE);
  demand(claims, 'token_use', 'player');
  demand(claims, 'tenant', config.tenant);
  const { tenant } = config;
  const workspace = slugClaim(claims, 'workspace');
  const subject = subjectClaim(claims, 'sub');
  await platformOf(Number(claims.iat), config, deps);
  await assertWorkspace(workspace, config, deps);
  const user = await deps.directory.user(tenant, workspace, subject);
  if (user === undefined) throw new TokenRefusal('user is unknown');
  if (user.status !== 'active') throw new Suspended('user is suspended');
  return {
    principal: { kind: 'player', tenant, workspace, subject, scopes: [], platform: false, ...tokenIdOf(claims) },
    expiresAt,
  };
}

/** Refuses the callers of a workspace that is suspended or archived. Whoever is in none is refused by what comes next. */
async function assertWorkspace(workspace: string, { tenant }: AuthorizerConfig, deps: AuthorizerDeps): Promise<void> {
  const status = (await deps.directory.workspace(tenant, workspace))?.status ?? 'active';
  if (status !== 'active') throw new Suspended(`workspace is ${status}`);
}

/**
 * Whether the tenant runs the platform; refuses one that is unknown or suspended, and a token that was issued before the
 * tenant was opened: it was for another, which had the same name.
 */
async function platformOf(issuedAt: number, config: AuthorizerConfig, deps: AuthorizerDeps): Promise<boolean> {
  const tenant = await deps.directory.tenant(config.tenant);
  if (tenant === undefined) throw new TokenRefusal('tenant is unknown');
  if (tenant.epoch !== undefined && issuedAt < tenant.epoch) throw new TokenRefusal('token is older than the tenant');
  if (tenant.status !== 'active') throw new Suspended('tenant is suspended');
  return tenant.platform;
}
