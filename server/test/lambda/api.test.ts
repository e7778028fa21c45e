import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import type { ApiHandler } from '../../src/api/adapter.ts';
import { createLaurelApi } from '../../src/api/index.ts';
import { apiPlatform } from '../../src/lambda/api-platform.ts';
import { readApiConfig } from '../../src/lambda/environment.ts';
import { startedApi } from '../../src/lambda/started-api.ts';
import { apiEnvironment, demoTable, recorded, secretsDouble, servicesOn } from './world.ts';

const database = await demoTable();
afterAll(() => database.close());

const config = readApiConfig(apiEnvironment());

/** One process of the API's function. */
function processOf(secrets = secretsDouble()) {
  const { services, kms } = servicesOn(database.table);
  const errors: string[] = [];
  const handle: ApiHandler = startedApi({
    start: async () => createLaurelApi(await apiPlatform(config, { ...services, secrets: secrets.client })),
    newRequestId: () => 'req_test',
    onError: (message) => errors.push(message),
  });
  return { handle, kms, secrets, errors };
}

const bodyOf = (result: APIGatewayProxyResult) => JSON.parse(result.body);

/** The recorded list with another position and page length. */
function listing(cursor?: string): APIGatewayProxyEvent {
  const event = recorded('api-list-activities');
  return cursor === undefined
    ? event
    : { ...event, multiValueQueryStringParameters: { ...event.multiValueQueryStringParameters, cursor: [cursor] } };
}

function creating(id: string): APIGatewayProxyEvent {
  const event = recorded('api-create-user');
  const path = '/dashboard/v1/activities';
  const body = JSON.stringify({ id, name: { en: id } });
  const multiValueHeaders = { ...event.multiValueHeaders, 'Idempotency-Key': [`create-${id}`] };
  return { ...event, resource: path, path, body, multiValueHeaders };
}

describe("events of API Gateway, on one process of the API's function", () => {
  const { handle, secrets } = processOf();

  test('a call is answered, and a repeat of it replayed', async () => {
    const first = await handle(recorded('api-create-user'));
    expect(first).toMatchObject({ statusCode: 201, isBase64Encoded: false });
    expect(bodyOf(first)).toMatchObject({ id: 'usr_1', displayName: 'Ada' });
    const again = await handle(recorded('api-create-user'));
    expect(again).toMatchObject({ statusCode: 201, headers: { 'idempotent-replayed': 'true' } });
    expect(bodyOf(again)).toEqual(bodyOf(first));
  });

  test('each secret was read once', async () => {
    await handle(listing());
    expect(secrets.asked).toEqual(['GetSecretValue', 'GetSecretValue', 'GetSecretValue']);
  });

  test('a request without the context of an authorizer is 401, whatever its headers say', async () => {
    const event = recorded('api-create-user');
    const result = await handle({ ...event, requestContext: { ...event.requestContext, authorizer: null } });
    expect(result.statusCode).toBe(401);
    expect(bodyOf(result)).toMatchObject({ code: 'invalid_token' });
  });

  test('a preflight is answered without a caller', async () => {
    const result = await handle(recorded('api-preflight'));
    expect(result).toMatchObject({ statusCode: 204, headers: { 'access-control-allow-origin': '*' } });
    expect(result.headers?.['access-control-allow-methods']).toContain('POST');
  });

  test.each<[string, object]>([
    ['nothing', {}],
    ['a path that is no text', { ...recorded('api-list-activities'), path: null }],
    ['an event of another trigger', { Records: [] }],
  ])('%s is answered as a problem: nothing is thrown out', async (_name, event) => {
    const result = await handle(event as APIGatewayProxyEvent);
    expect(result.statusCode).toBe(500);
    expect(result.headers?.['content-type']).toBe('application/problem+json');
    expect(bodyOf(result)).toMatchObject({ code: 'internal_error', requestId: expect.stringMatching(/^req_/) });
  });
});

describe('several processes of one function', () => {
  test('a cursor of one serves another, and none with another secret', async () => {
    const [one, two, stranger] = [processOf(), processOf(), processOf(secretsDouble('t'.repeat(64)))];
    for (const id of ['lesson.read', 'lesson.sung']) expect((await one.handle(creating(id))).statusCode).toBe(201);
    const { nextCursor } = bodyOf(await one.handle(listing()));
    expect(bodyOf(await two.handle(listing(nextCursor))).items).toMatchObject([{ id: 'lesson.sung' }]);
    const refused = await stranger.handle(listing(nextCursor));
    expect(refused.statusCode).toBe(400);
    expect(bodyOf(refused)).toMatchObject({ code: 'invalid_cursor' });
  });
});

describe('a process that cannot start', () => {
  test('answers 503 while the secret is out of reach, and works when it is back', async () => {
    const secrets = secretsDouble();
    secrets.isDown = true;
    const { handle, errors } = processOf(secrets);
    const result = await handle(listing());
    expect(result).toMatchObject({ statusCode: 503, headers: { 'retry-after': '5', 'x-request-id': 'req_test' } });
    expect(bodyOf(result)).toMatchObject({ code: 'unavailable', instance: '/dashboard/v1/activities' });
    expect(errors.length).toBeGreaterThan(0);
    secrets.isDown = false;
    expect((await handle(listing())).statusCode).toBe(200);
  });

  test.each(['', 'x'.repeat(31)])('a secret that is too short (%j) never signs', async (secret) => {
    const { handle } = processOf(secretsDouble(secret));
    expect((await handle(listing())).statusCode).toBe(503);
  });
});

describe('the entry point', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  test('ends a process whose environment is wrong, and says which variables are', async () => {
    vi.stubEnv('LAUREL_CELL', 'eu');
    await expect(import('../../src/lambda/api.ts')).rejects.toThrow(
      /LAUREL_TABLE is missing; LAUREL_KEYS_TABLE is missing; LAUREL_VAULT_KEY is missing; LAUREL_BASE_URL is missing; LAUREL_POOL_ISSUER is missing/,
    );
  });
});
