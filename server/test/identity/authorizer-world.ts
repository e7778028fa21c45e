import { expect } from 'vitest';
import { type AuthorizationResult, type Authorize, createAuthorizer } from '../../src/identity/authorizer.ts';
import { configFor, jwksOf, type MemoryDirectory, makeKey, PLAYERS, twoTenants } from './doubles.ts';

export const pool = makeKey('pool-1');
export const players = makeKey('players-1');
/** A key of somebody else, under the name of the pool's. */
export const stranger = makeKey('pool-1');

/** The authorizers of two tenants. */
export interface Authorizers {
  readonly directory: MemoryDirectory;
  /** What keys were asked for. */
  readonly fetches: readonly string[];
  authorizerOf(tenant: string): Authorize;
  /** That of acme. */
  readonly authorize: Authorize;
}

export function openAuthorizers(): Authorizers {
  const directory = twoTenants();
  const fetches: string[] = [];
  const authorizerOf = (tenant: string): Authorize => {
    const fetchJwks = async (uri: string) => {
      fetches.push(uri);
      return jwksOf(uri.startsWith(PLAYERS) ? players : pool);
    };
    return createAuthorizer(configFor(tenant), { directory, fetchJwks, now: Date.now });
  };
  return { directory, fetches, authorizerOf, authorize: authorizerOf('acme') };
}

export const bearer = (token: string): string => `Bearer ${token}`;

export const refused = (result: AuthorizationResult) =>
  result.kind === 'denied' ? [result.status, result.code] : ['allowed'];

export async function expectNobody(by: Authorize, header: string | undefined): Promise<void> {
  expect(refused(await by(header))).toEqual([401, 'invalid_token']);
}
