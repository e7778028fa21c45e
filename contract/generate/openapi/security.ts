import type { SecurityRequirementObject, SecuritySchemeObject } from 'openapi3-ts/oas31';
import type { DeclaredRoute } from '../declared-route.ts';

/** The scopes that some routes ask for, each with what it lets people do. */
function scopesOf(routes: readonly DeclaredRoute[]): Record<string, string> {
  const byScope = Map.groupBy(routes, ({ meta }) => meta.scope);
  const scopes = [...byScope].map(([scope, asking]): [string, string] => [
    scope,
    `For ${asking.map(({ operation }) => operation).join(', ')}.`,
  ]);
  return Object.fromEntries(scopes.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * How callers prove who they are. The URLs are relative, as every installation has an issuer of its own; they are those
 * of the platform that serves the document from one's own machine.
 */
export function securitySchemes(routes: readonly DeclaredRoute[]): Record<string, SecuritySchemeObject> {
  const scopes = scopesOf(routes);
  return {
    oauth2: {
      type: 'oauth2',
      description:
        "OAuth 2.0. Machines use client credentials (RFC 6749, section 4.4); people's clients use an authorization code with PKCE (RFC 7636). The tenant's issuer tells its endpoints by its metadata (RFC 8414).",
      flows: {
        clientCredentials: { tokenUrl: '/issuer/token', scopes },
        authorizationCode: { authorizationUrl: '/issuer/auth', tokenUrl: '/issuer/token', scopes },
      },
    },
    bearer: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: "An access token that you already have, such as a player's token that a backend had made.",
    },
  };
}

/** What a caller of the route must show: a token with its scope, however it was got; nothing where the route is open. */
export function securityOf({ meta }: DeclaredRoute): SecurityRequirementObject[] {
  return meta.open === true ? [] : [{ oauth2: [meta.scope] }, { bearer: [] }];
}
