import type { APIGatewayRequestAuthorizerEvent, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { createAuthorizer } from '../../src/identity/authorizer.ts';
import { authorizationOfRawHeaders, gatewayAuthorizer } from '../../src/identity/gateway-authorizer.ts';
import { fromContext } from '../../src/identity/principal.ts';
import { configFor, jwksOf, jwt, machineClaims, makeKey, operatorClaims, twoTenants } from './doubles.ts';

const key = makeKey('pool-1');
const api = 'arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/v1';

function lambda(directory = twoTenants()) {
  const logged: { status: number }[] = [];
  const authorize = createAuthorizer(configFor('acme'), {
    directory,
    fetchJwks: async () => jwksOf(key),
    now: Date.now,
  });
  return { handle: gatewayAuthorizer(authorize, (entry) => logged.push(entry)), logged };
}

const token = (header: string): APIGatewayTokenAuthorizerEvent => ({
  type: 'TOKEN',
  methodArn: `${api}/DELETE/dashboard/v1/missions/m1`,
  authorizationToken: header,
});

function request(headers: Record<string, string>, many: Record<string, string[]>): APIGatewayRequestAuthorizerEvent {
  return {
    type: 'REQUEST',
    methodArn: `${api}/GET/app/v1/me`,
    resource: '/app/v1/me',
    path: '/app/v1/me',
    httpMethod: 'GET',
    headers,
    multiValueHeaders: many,
    pathParameters: null,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    stageVariables: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3d4e5',
      authorizer: undefined,
      protocol: 'HTTP/1.1',
      httpMethod: 'GET',
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: null,
        apiKeyId: null,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: '192.0.2.1',
        user: null,
        userAgent: null,
        userArn: null,
      },
      path: '/v1/app/v1/me',
      stage: 'v1',
      requestId: 'r1',
      requestTimeEpoch: 0,
      resourceId: 'abc',
      resourcePath: '/app/v1/me',
    },
  };
}

const good = (): string => `Bearer ${jwt(key, machineClaims())}`;

describe('the authorizer as API Gateway calls it', () => {
  test('allows the whole of this API and no other, with the principal as strings', async () => {
    const { handle } = lambda();
    for (const event of [token(good()), request({ Authorization: good() }, { Authorization: [good()] })]) {
      const result = await handle(event);
      expect(result.policyDocument.Statement).toEqual([
        { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: [`${api}/*`] },
      ]);
      expect(result.principalId).toBe('machine:cli_a');
      expect(Object.values(result.context ?? {}).every((value) => typeof value === 'string')).toBe(true);
      expect(fromContext(result.context)).toMatchObject({ tenant: 'acme', subject: 'cli_a' });
    }
  });

  test('finds the header in any spelling, also where only the single form is given', async () => {
    const { handle } = lambda();
    await expect(handle(request({ authorization: good() }, {}))).resolves.toMatchObject({
      principalId: 'machine:cli_a',
    });
  });

  test('threat 14: Authorization twice, in one spelling or two, is 401', async () => {
    const { handle } = lambda();
    for (const many of [{ Authorization: [good(), good()] }, { Authorization: [good()], authorization: [good()] }]) {
      await expect(handle(request({ Authorization: good() }, many))).rejects.toThrow(/^Unauthorized$/);
    }
  });

  test('T15: a bad token throws exactly Unauthorized, and its reason is logged alone', async () => {
    const { handle, logged } = lambda();
    for (const event of [token('Bearer x'), token(''), request({}, {})]) {
      await expect(handle(event)).rejects.toThrow(/^Unauthorized$/);
    }
    expect(logged).toHaveLength(3);
    expect(logged[0]).toMatchObject({ status: 401, code: 'invalid_token' });
  });

  test('a suspended tenant is a Deny for the whole API, with the code that the gateway answers', async () => {
    const directory = twoTenants();
    directory.tenants.set('acme', { status: 'suspended', platform: false });
    const result = await lambda(directory).handle(token(`Bearer ${jwt(key, operatorClaims())}`));
    expect(result.policyDocument.Statement).toEqual([
      { Action: 'execute-api:Invoke', Effect: 'Deny', Resource: [`${api}/*`] },
    ]);
    expect(result.context).toEqual({ code: 'forbidden' });
  });

  test('what is out of reach throws Unavailable: neither an Allow, nor a Deny that would be kept, nor a 401', async () => {
    const directory = twoTenants();
    directory.client = async () => {
      throw new Error('down');
    };
    await expect(lambda(directory).handle(token(good()))).rejects.toThrow(/^Unavailable$/);
  });

  test.each(['', '*', 'arn:aws:execute-api:eu-west-1:123456789012:*/v1/GET/', 'arn:aws:s3:::bucket/key'])(
    'allows nothing for the ARN %j',
    async (methodArn) => {
      await expect(lambda().handle({ ...token(good()), methodArn })).rejects.toThrow(/^Unavailable$/);
    },
  );
});

describe('the header of a Node request', () => {
  test.each<[string[], string | undefined]>([
    [[], undefined],
    [['Host', 'Authorization'], undefined],
    [['Host', 'x', 'authorization', 'Bearer a'], 'Bearer a'],
    [['Authorization', 'Bearer a', 'AUTHORIZATION', 'Bearer b'], 'Bearer a, Bearer b'],
  ])('%j', (raw, expected) => expect(authorizationOfRawHeaders(raw)).toBe(expected));
});
