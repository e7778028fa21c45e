import { fileURLToPath } from 'node:url';
import { contract, type PlacedRoute, routesOf } from '@laurel/contract';
import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { createAuthorizer } from '../../src/identity/authorizer.ts';
import { cedarEngine } from '../../src/identity/cedar-engine.ts';
import { readPolicies } from '../../src/identity/cedar-policies.ts';
import { gatewayAuthorizer } from '../../src/identity/gateway-authorizer.ts';
import { externalPlayerOf, fromContext, type Principal, type Role, roles } from '../../src/identity/principal.ts';
import { reachOf } from '../../src/identity/reach.ts';
import {
  configFor,
  jwksOf,
  jwt,
  machineClaims,
  makeKey,
  operatorClaims,
  PLAYERS,
  playerClaims,
  twoTenants,
} from './doubles.ts';

const [pool, players, own] = [makeKey('pool-1'), makeKey('players-1'), makeKey('own-1')];
const OWN = 'https://login.example.com';
const routes = routesOf(contract);
const engine = cedarEngine(await readPolicies(fileURLToPath(new URL('../../policies', import.meta.url))));

const matches = (arn: string, pattern: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(arn);

/** What a policy says of one call, as API Gateway reads it: a Deny beats an Allow, and silence is a Deny. */
function evaluate({ policyDocument }: APIGatewayAuthorizerResult, arn: string): 'passed' | 403 {
  const said = policyDocument.Statement.flatMap((statement) => {
    const patterns = 'Resource' in statement ? [statement.Resource].flat() : [];
    return patterns.some((pattern) => matches(arn, String(pattern))) ? [statement.Effect] : [];
  });
  return said.includes('Allow') && !said.includes('Deny') ? 'passed' : 403;
}

/** API Gateway before a tenant's API: it keeps what the authorizer said by the header alone, for all routes. */
function gatewayOf(tenant: string, directory = world()) {
  const arnOf = (method: string, path: string) =>
    `arn:aws:execute-api:eu-west-1:123456789012:${tenant}0api/live/${method}${path}`;
  const authorize = createAuthorizer(configFor(tenant), {
    directory,
    fetchJwks: async (uri) => jwksOf(uri.startsWith(PLAYERS) ? players : pool),
    fetchIssuerKeys: async () => jwksOf(own),
    now: Date.now,
  });
  let asked = 0;
  const handle = gatewayAuthorizer(authorize, () => undefined);
  const kept = new Map<string, APIGatewayAuthorizerResult>();
  return {
    asked: () => asked,
    async call(authorizationToken: string, method: string, path: string) {
      const methodArn = arnOf(method, path);
      let result = kept.get(authorizationToken);
      if (result === undefined) {
        asked += 1;
        try {
          result = await handle({ type: 'TOKEN', methodArn, authorizationToken });
        } catch (error) {
          expect(String(error)).toBe('Error: Unauthorized');
          return 401;
        }
        kept.set(authorizationToken, result);
      }
      return evaluate(result, methodArn);
    },
  };
}

function world() {
  const directory = twoTenants();
  for (const role of roles) directory.members.set(`acme/main/${role}`, { role, status: 'active' });
  directory.issuers.set(`acme ${OWN}`, {
    audiences: [{ audience: 'app', workspace: 'main' }],
    userClaim: 'sub',
    algorithms: ['RS256'],
  });
  return directory;
}

type Who = Role | 'player' | 'machine' | 'external';
const everybody: readonly Who[] = [...roles, 'player', 'machine', 'external'];
const headerOf = (who: Who): string => {
  if (who === 'machine') return `Bearer ${jwt(pool, machineClaims())}`;
  if (who === 'player') return `Bearer ${jwt(players, playerClaims())}`;
  if (who === 'external') return `Bearer ${jwt(own, playerClaims({ iss: OWN, aud: 'app', sub: 'new' }))}`;
  return `Bearer ${jwt(pool, operatorClaims({ sub: who }))}`;
};
const principalOf = (who: Who): Principal => {
  const common = { tenant: 'acme', workspace: 'main', subject: who, platform: false };
  const scopes = [...new Set(routes.flatMap(({ meta }) => meta?.scope ?? []))];
  if (who === 'machine') return { ...common, kind: 'machine', scopes };
  if (who === 'player' || who === 'external') return { ...common, kind: 'player', scopes: [] };
  return { ...common, kind: 'operator', scopes: [], role: who };
};
const pathOf = ({ route }: PlacedRoute) => route.path.replace(':tenant', 'acme').replace(/:\w+/g, 'x');

describe("what API Gateway keeps of an authorizer's answer", () => {
  test.each(everybody)('threat 15: %s is told the same of each route, whichever came first', async (who) => {
    const header = headerOf(who);
    const fresh = new Map<string, unknown>();
    for (const placed of routes) {
      fresh.set(placed.name, await gatewayOf('acme').call(header, placed.route.method, pathOf(placed)));
    }
    for (const first of ['app.me.get', 'dashboard.users.list', 'platform.tenants.list', 'dashboard.users.create']) {
      const gateway = gatewayOf('acme');
      const ordered = routes.toSorted((a, b) => Number(b.name === first) - Number(a.name === first));
      for (const placed of ordered) {
        const answer = await gateway.call(header, placed.route.method, pathOf(placed));
        expect([placed.name, answer]).toEqual([placed.name, fresh.get(placed.name)]);
      }
      expect(gateway.asked()).toBe(1);
    }
  });

  test.each(everybody)('%s passes wherever the policies might permit them', async (who) => {
    const gateway = gatewayOf('acme');
    const header = headerOf(who);
    const principal = principalOf(who);
    for (const { meta, ...placed } of routes) {
      if (meta === undefined) continue;
      const resource = { tenant: 'acme', workspace: 'main' };
      const { allowed } = await engine.decide({ principal, action: meta.action, scope: meta.scope, resource });
      if (!allowed) continue;
      expect([placed.name, await gateway.call(header, placed.route.method, pathOf({ ...placed, meta }))]).toEqual([
        placed.name,
        'passed',
      ]);
    }
  });

  test('players are kept from what operators use, operators from what players use, viewers from changing', async () => {
    const gateway = gatewayOf('acme');
    const headers = new Map(everybody.map((who) => [who, headerOf(who)]));
    for (const placed of routes) {
      const { method } = placed.route;
      const isApp = placed.context === 'app';
      const answerTo = (who: Who) => gateway.call(headers.get(who) ?? '', method, pathOf(placed));
      for (const who of ['player', 'external'] as const) expect(await answerTo(who)).toBe(isApp ? 'passed' : 403);
      expect(await answerTo('owner')).toBe(isApp ? 403 : 'passed');
      if (['PUT', 'PATCH', 'DELETE'].includes(method)) expect(await answerTo('viewer')).toBe(403);
      expect(await answerTo('machine')).toBe('passed');
    }
  });

  test("threat 16: a token that acme's API keeps is refused at bolt's, which keeps nothing of it", async () => {
    const directory = world();
    const [acme, bolt] = [gatewayOf('acme', directory), gatewayOf('bolt', directory)];
    for (const who of everybody) {
      const header = headerOf(who);
      const path = who === 'player' || who === 'external' ? '/app/v1/me' : '/dashboard/v1/users';
      expect(await acme.call(header, 'GET', path)).toBe('passed');
      expect([await bolt.call(header, 'GET', path), await bolt.call(header, 'GET', path)]).toEqual([401, 401]);
    }
    expect(bolt.asked()).toBe(2 * everybody.length);
  });

  test('a policy names one API and one stage, whoever calls', () => {
    for (const who of everybody)
      for (const part of reachOf(principalOf(who))) expect(part).toMatch(/^(\*|[A-Z]+)(\/|$)/);
  });
});

test('an external player is handed over as one, whom no handler takes for a principal', async () => {
  const authorize = createAuthorizer(configFor('acme'), {
    directory: world(),
    fetchJwks: async () => jwksOf(pool),
    fetchIssuerKeys: async () => jwksOf(own),
    now: Date.now,
  });
  const methodArn = 'arn:aws:execute-api:eu-west-1:123456789012:a1/live/GET/app/v1/me';
  const event = { type: 'TOKEN', methodArn, authorizationToken: headerOf('external') } as const;
  const { context, principalId } = await gatewayAuthorizer(authorize, () => undefined)(event);
  // Logs have this name: what a tenant calls a person is none for them.
  expect(principalId).toBe('external');
  expect(fromContext(context)).toBeUndefined();
  expect(externalPlayerOf(context)).toEqual({
    kind: 'external',
    tenant: 'acme',
    workspace: 'main',
    externalId: 'new',
    tokenId: 'tok-2',
  });
  for (const own of [{ tenant: 'Acme' }, { externalId: 'a#b' }, { workspace: '' }, { kind: 'player' }, { tokenId: '' }])
    expect(externalPlayerOf({ ...context, ...own })).toBeUndefined();
});
