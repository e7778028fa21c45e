import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { afterAll, describe, expect, test } from 'vitest';
import { createLaurelApi } from '../../src/api/index.ts';
import { KeysUnavailable } from '../../src/identity/keys.ts';
import { fromContext } from '../../src/identity/principal.ts';
import { apiPlatform } from '../../src/lambda/api-platform.ts';
import { readApiConfig, readAuthorizerConfig, readPreTokenConfig } from '../../src/lambda/environment.ts';
import { tenantAuthorizer } from '../../src/lambda/tenant-authorizer.ts';
import { withClaims } from '../../src/lambda/token-claims.ts';
import { jwksOf, jwt, makeKey } from '../identity/doubles.ts';
import {
  apiEnvironment,
  authorizerEnvironment,
  CONSOLE,
  demoTable,
  kmsDouble,
  MACHINE,
  PERSON,
  recorded,
  servicesOn,
} from './world.ts';

const database = await demoTable();
afterAll(() => database.close());

const poolKey = makeKey('cognito-1+/=');
const environment = authorizerEnvironment();

function authorizer(kms = kmsDouble(), tenant = 'demo') {
  const logged: unknown[] = [];
  let isPoolDown = false;
  const handle = tenantAuthorizer(readAuthorizerConfig({ ...environment, LAUREL_TENANT: tenant }), {
    table: database.table,
    kms: kms.client,
    fetchJwks: async (uri) => {
      expect(uri).toBe(environment.LAUREL_POOL_JWKS_URI);
      if (isPoolDown) throw new KeysUnavailable('down');
      return jwksOf(poolKey);
    },
    fetchIssuerKeys: async () => Promise.reject(new KeysUnavailable('no issuer')),
    log: (entry) => logged.push(entry),
  });
  return {
    handle,
    logged,
    loseThePool: () => {
      isPoolDown = true;
    },
  };
}

function asking(token: string): APIGatewayRequestAuthorizerEvent {
  const event = recorded('authorizer-request');
  return { ...event, multiValueHeaders: { ...event.multiValueHeaders, Authorization: [`Bearer ${token}`] } };
}

const preToken = readPreTokenConfig({ LAUREL_RESOURCE_SERVER: 'laurel', LAUREL_TABLE: 'laurel' });

/** An access token as Cognito makes it: no `aud`, no `typ`, claims and scopes as the pool's trigger left them. */
async function cognitoToken(name: 'pre-token-machine' | 'pre-token-person', isTriggered = true): Promise<string> {
  const event = recorded(name);
  const details = isTriggered
    ? (await withClaims(event, preToken, async () => false)).response.claimsAndScopeOverrideDetails
    : null;
  const { scopesToAdd = [], scopesToSuppress = [], claimsToAddOrOverride } = details?.accessTokenGeneration ?? {};
  const scopes = (event.request.scopes ?? []).filter((scope) => !scopesToSuppress.includes(scope));
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    sub: name === 'pre-token-machine' ? MACHINE : PERSON,
    token_use: 'access',
    scope: [...scopes, ...scopesToAdd].join(' '),
    auth_time: iat,
    iss: environment.LAUREL_POOL_ISSUER,
    exp: iat + 900,
    iat,
    version: 2,
    jti: '0b6e2f3a-1c4d-4e5f-8a9b-7c6d5e4f3a2b',
    client_id: name === 'pre-token-machine' ? MACHINE : CONSOLE,
    ...claimsToAddOrOverride,
  };
  return jwt(poolKey, claims, { typ: undefined });
}

describe("a tenant's authorizer on AWS", () => {
  test("lets Cognito's machine in, with the scopes that the contract speaks of", async () => {
    const { policyDocument, context } = await authorizer().handle(asking(await cognitoToken('pre-token-machine')));
    expect(policyDocument.Statement).toEqual([
      {
        Action: 'execute-api:Invoke',
        Effect: 'Allow',
        Resource: ['arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/live/*'],
      },
    ]);
    expect(fromContext(context)).toMatchObject({
      kind: 'machine',
      tenant: 'demo',
      workspace: 'main',
      subject: MACHINE,
      scopes: ['users:read', 'users:tokens'],
    });
  });

  test("without the pool's trigger a machine could do nothing", async () => {
    const { context } = await authorizer().handle(asking(await cognitoToken('pre-token-machine', false)));
    expect(fromContext(context)?.scopes).toEqual([]);
  });

  test("lets Cognito's person in, with the role that the directory knows", async () => {
    const { context } = await authorizer().handle(asking(await cognitoToken('pre-token-person')));
    expect(fromContext(context)).toMatchObject({ kind: 'operator', tenant: 'demo', subject: PERSON, role: 'admin' });
  });

  test("lets a player in whose token the API had KMS sign, by KMS's public key alone", async () => {
    const { kms, services } = servicesOn(database.table);
    const api = createLaurelApi(await apiPlatform(readApiConfig(apiEnvironment()), services));
    expect((await api(recorded('api-create-user'))).statusCode).toBe(201);
    const minted = await api(recorded('api-mint-token'));
    expect(minted.statusCode).toBe(201);
    kms.asked.length = 0;
    const { context } = await authorizer(kms).handle(asking(JSON.parse(minted.body).accessToken));
    expect(fromContext(context)).toMatchObject({ kind: 'player', tenant: 'demo', workspace: 'main', subject: 'usr_1' });
    expect(kms.asked).toEqual(['GetPublicKey']);
  });

  test('threats 1 and 2: refuses on the host of another tenant what is good on its own', async () => {
    for (const name of ['pre-token-machine', 'pre-token-person'] as const) {
      const { handle, logged } = authorizer(kmsDouble(), 'other');
      await expect(handle(asking(await cognitoToken(name)))).rejects.toThrow(/^Unauthorized$/);
      expect(logged).toMatchObject([{ status: 401, code: 'invalid_token' }]);
    }
  });

  test('threat 18: out of reach is Unavailable, be it the pool or KMS', async () => {
    const pool = authorizer();
    pool.loseThePool();
    await expect(pool.handle(asking(await cognitoToken('pre-token-machine')))).rejects.toThrow(/^Unavailable$/);
    const kms = kmsDouble();
    kms.isDown = true;
    const iat = Math.floor(Date.now() / 1000);
    const player = { iss: environment.LAUREL_PLAYERS_ISSUER, aud: 'laurel', token_use: 'player', iat, exp: iat + 900 };
    await expect(authorizer(kms).handle(asking(jwt(poolKey, player)))).rejects.toThrow(/^Unavailable$/);
  });

  test("a token that names the players' issuer and is signed by another key is refused", async () => {
    const iat = Math.floor(Date.now() / 1000);
    const claims = {
      iss: environment.LAUREL_PLAYERS_ISSUER,
      aud: 'laurel',
      sub: 'usr_1',
      tenant: 'demo',
      workspace: 'main',
      token_use: 'player',
      iat,
      exp: iat + 900,
    };
    await expect(authorizer().handle(asking(jwt(poolKey, claims)))).rejects.toThrow(/^Unauthorized$/);
  });
});
