import { describe, expect, test } from 'vitest';
import { apiDefinition } from '../src/api-definition.ts';
import { openApiDocuments } from '../src/contract.ts';
import { testRule } from './faults.ts';
import { gatewayResponseFaults, operationFaults } from './rules/api.ts';
import { type Templates, templatesOf, theOne, threeTenants } from './templates.ts';

const templates = await templatesOf();
const bodyOf = (copy: Templates) => theOne(copy, 'AWS::ApiGateway::RestApi').Body;

function operation(copy: Templates, path: string, method: string) {
  const found = bodyOf(copy).paths[path]?.[method];
  if (found === undefined) throw new Error(`there is no ${method} ${path} to seed a fault in`);
  return found;
}

function authorizer(copy: Templates) {
  const found = bodyOf(copy).components.securitySchemes.tenant?.['x-amazon-apigateway-authorizer'];
  if (found === undefined) throw new Error('there is no authorizer to seed a fault in');
  return found;
}

describe("the gateway's operations are the contract's, behind the tenant's authorizer", () => {
  testRule(templates, operationFaults, [
    ['a missing path', /GET \/app\/v1\/me is missing/, (copy) => delete bodyOf(copy).paths['/app/v1/me']],
    [
      'a missing method',
      /POST \/dashboard\/v1\/users is missing/,
      (copy) => delete bodyOf(copy).paths['/dashboard/v1/users']?.post,
    ],
    [
      'an operation that the contract does not have',
      /DELETE \/app\/v1\/me is not of the contract/,
      (copy) => Object.assign(bodyOf(copy).paths['/app/v1/me'] ?? {}, { delete: operation(copy, '/app/v1/me', 'get') }),
    ],
    [
      'an open operation',
      /GET \/app\/v1\/me does not ask/,
      (copy) => Object.assign(operation(copy, '/app/v1/me', 'get'), { security: [] }),
    ],
    [
      'a document for strangers that is not open',
      /did\.json does not ask/,
      (copy) => Object.assign(operation(copy, '/issuers/{workspace}/did.json', 'get'), { security: [{ tenant: [] }] }),
    ],
    [
      'an operation that asks somebody else',
      /PATCH \/app\/v1\/me does not ask/,
      (copy) => Object.assign(operation(copy, '/app/v1/me', 'patch'), { security: [{ other: [] }] }),
    ],
    [
      'an operation that asks the authorizer or nobody',
      /GET \/app\/v1\/me does not ask/,
      (copy) => operation(copy, '/app/v1/me', 'get').security.push({}),
    ],
    [
      'a stream that is gathered first',
      /GET \/app\/v1\/live is not streamed/,
      (copy) => delete operation(copy, '/app/v1/live', 'get')['x-amazon-apigateway-integration']?.responseTransferMode,
    ],
    [
      'a stream that is cut off',
      /GET \/app\/v1\/live is not streamed/,
      (copy) =>
        Object.assign(operation(copy, '/app/v1/live', 'get')['x-amazon-apigateway-integration'] ?? {}, {
          timeoutInMillis: 29_000,
        }),
    ],
    [
      'a function that ends before its stream',
      /GET \/app\/v1\/live is not streamed/,
      (copy) => Object.assign(theOne(copy, 'AWS::Lambda::Function', 'LiveFunction'), { Timeout: 60 }),
    ],
    [
      'a stream by the function that does not stream',
      /GET \/app\/v1\/live is not streamed/,
      (copy) => {
        const uri = operation(copy, '/app/v1/me', 'get')['x-amazon-apigateway-integration']?.uri;
        Object.assign(operation(copy, '/app/v1/live', 'get')['x-amazon-apigateway-integration'] ?? {}, { uri });
      },
    ],
    [
      'a plain answer that is streamed',
      /GET \/app\/v1\/me is not passed on/,
      (copy) =>
        Object.assign(operation(copy, '/app/v1/me', 'get')['x-amazon-apigateway-integration'] ?? {}, {
          responseTransferMode: 'STREAM',
        }),
    ],
    [
      'an operation that nobody answers',
      /GET \/app\/v1\/me is not passed on/,
      (copy) => delete operation(copy, '/app/v1/me', 'get')['x-amazon-apigateway-integration'],
    ],
    [
      'a preflight that a mock answers',
      /OPTIONS \/app\/v1\/me is not passed on/,
      (copy) =>
        Object.assign(operation(copy, '/app/v1/me', 'options')['x-amazon-apigateway-integration'] ?? {}, {
          type: 'mock',
        }),
    ],
    [
      'a path whose parameter is not named',
      /GET \/app\/v1\/missions\/\{id\}: parameters/,
      (copy) => Object.assign(operation(copy, '/app/v1/missions/{id}', 'get'), { parameters: [] }),
    ],
    [
      'two names for what stands at the same place',
      /below \/app\/v1\/missions are several variables/,
      (copy) =>
        Object.assign(bodyOf(copy).paths, {
          '/app/v1/missions/{mission}/join': bodyOf(copy).paths['/app/v1/missions/{id}/join'],
        }),
    ],
    [
      'one name twice',
      /has a variable twice/,
      (copy) =>
        Object.assign(bodyOf(copy).paths, {
          '/app/v1/missions/{id}/{id}': bodyOf(copy).paths['/app/v1/missions/{id}'],
        }),
    ],
    ['five minutes of cache', /60 s/, (copy) => Object.assign(authorizer(copy), { authorizerResultTtlInSeconds: 300 })],
    ['the cache that is not set', /60 s/, (copy) => delete authorizer(copy).authorizerResultTtlInSeconds],
    ['a token authorizer', /second Authorization/, (copy) => Object.assign(authorizer(copy), { type: 'token' })],
    [
      'a cache for all callers',
      /kept by something else/,
      (copy) => Object.assign(authorizer(copy), { identitySource: 'method.request.header.Host' }),
    ],
    [
      'another function as the authorizer',
      /another function/,
      (copy) => Object.assign(authorizer(copy), { authorizerUri: 'arn:aws:lambda:eu-west-1:1:function:other' }),
    ],
    ['OpenAPI 3.1', /OpenAPI 3\.1\.1/, (copy) => Object.assign(bodyOf(copy), { openapi: '3.1.1' })],
    [
      'a schema',
      /schemas/,
      (copy) => Object.assign(operation(copy, '/app/v1/me', 'patch'), { requestBody: { $ref: '#/x' } }),
    ],
  ]);

  test('for each tenant an API of its own, with an authorizer of its own', async () => {
    const three = await templatesOf(threeTenants);
    expect(operationFaults(three)).toEqual([]);
    expect(Object.keys(three).filter((name) => name.includes('-tenant-'))).toHaveLength(3);
  });

  test('two documents with one path are refused', () => {
    const [document] = openApiDocuments();
    if (document === undefined) throw new Error('there is no document');
    const parts = { title: 'x', functionUri: 'f', streamUri: 'f', authorizerUri: 'a', documents: [document, document] };
    expect(() => apiDefinition(parts)).toThrow(/two documents have the path/);
  });
});

describe("the gateway's own answers are problems of the contract", () => {
  const responsesOf = (copy: Templates) => bodyOf(copy)['x-amazon-apigateway-gateway-responses'];
  const response = (copy: Templates, type: string) => {
    const found = responsesOf(copy)[type];
    if (found === undefined) throw new Error(`there is no ${type} to seed a fault in`);
    return found;
  };
  testRule(templates, gatewayResponseFaults, [
    ['a default that is left to API Gateway', /DEFAULT_4XX is missing/, (copy) => delete responsesOf(copy).DEFAULT_4XX],
    [
      'plain JSON',
      /UNAUTHORIZED is no problem/,
      (copy) => delete response(copy, 'UNAUTHORIZED').responseParameters['gatewayresponse.header.content-type'],
    ],
    [
      "a status that is not the problem's",
      /THROTTLED has the status/,
      (copy) => Object.assign(response(copy, 'THROTTLED'), { statusCode: '403' }),
    ],
    [
      "a caller's words in the JSON",
      /ACCESS_DENIED puts in/,
      (copy) => {
        const { responseTemplates } = response(copy, 'ACCESS_DENIED');
        responseTemplates['application/json'] = (responseTemplates['application/json'] ?? '').replace(
          'urn:uuid:$context.requestId',
          '$context.path',
        );
      },
    ],
  ]);

  test('an authorizer that cannot tell is 503 with Retry-After; a missing path looks like one', () => {
    for (const type of ['AUTHORIZER_FAILURE', 'AUTHORIZER_CONFIGURATION_ERROR']) {
      expect(response(templates, type)).toMatchObject({
        statusCode: '503',
        responseParameters: { 'gatewayresponse.header.retry-after': "'5'" },
      });
    }
    expect(response(templates, 'MISSING_AUTHENTICATION_TOKEN').statusCode).toBe('404');
    expect(response(templates, 'UNAUTHORIZED').responseParameters).toMatchObject({
      'gatewayresponse.header.www-authenticate': `'Bearer error="invalid_token"'`,
    });
  });
});
