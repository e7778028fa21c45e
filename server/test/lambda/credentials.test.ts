import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterAll, describe, expect, test } from 'vitest';
import { createLaurelApi } from '../../src/api/index.ts';
import { withPublicDocuments } from '../../src/api/public-documents.ts';
import { apiPlatform } from '../../src/lambda/api-platform.ts';
import { readApiConfig } from '../../src/lambda/environment.ts';
import { type Fetch, verifyJwt, verifyProof } from '../credentials/verifier.ts';
import { apiEnvironment, BASE_URL, demoTable, recorded, servicesOn } from './world.ts';

const database = await demoTable();
afterAll(() => database.close());
const { kms, services } = servicesOn(database.table);
const config = readApiConfig(apiEnvironment());
const platform = await apiPlatform(config, services);
const handle = withPublicDocuments(platform, () => config.LAUREL_TENANT, createLaurelApi(platform));

const PLACE = { tenant: 'demo', workspace: 'main' };
const NOW = '2026-11-24T10:00:00.000Z';

/** A request of a stranger: API Gateway asks no authorizer before these paths. */
function open(path: string): APIGatewayProxyEvent {
  const event = recorded('api-list-activities');
  return { ...event, path, requestContext: { ...event.requestContext, authorizer: null } };
}

/** The network: the function itself, at the tenant's address. */
const network: Fetch = async (url) => {
  expect(url.startsWith(`${BASE_URL}/`)).toBe(true);
  const { statusCode, body } = await handle(open(url.slice(BASE_URL.length)));
  expect(statusCode).toBe(200);
  return JSON.parse(body);
};

const issue = (criteria: string) =>
  platform.credentials.issue({
    place: PLACE,
    issuerName: 'Main',
    name: platform.credentials.nameOf(PLACE, { userId: 'ada', badge: 'b', tier: 1, reachedAt: NOW }),
    revoked: 0,
    revocationList: 0,
    now: NOW,
    identities: [{ type: 'systemId', value: 'ada' }],
    validFrom: NOW,
    achievement: { badge: 'b', tier: 1, version: 1, name: 'B', description: 'D', criteria, image: undefined },
  });

describe('credentials whose keys are in AWS KMS', () => {
  test('are verified by what the function publishes', async () => {
    const { credential, jwt } = await issue('Be there.');
    expect(credential.issuer.id).toBe('did:web:demo.eu.api.example.com:issuers:main');
    const verdict = await verifyProof(credential, network, new Date(NOW));
    expect(verdict.error).toBeUndefined();
    expect((await verifyJwt(jwt, network, new Date(NOW))).jti).toBe(credential.id);
  });

  test('may be longer than what KMS signs as it is', async () => {
    const { credential, jwt } = await issue('long '.repeat(2000));
    expect((await verifyProof(credential, network, new Date(NOW))).verified).toBe(true);
    expect((await verifyJwt(jwt, network, new Date(NOW))).jti).toBe(credential.id);
  });

  test('ask KMS for two signatures each, and for each public key once', async () => {
    await issue('x');
    const before = kms.asked.length;
    await issue('y');
    expect(kms.asked.slice(before).toSorted()).toEqual(['Sign', 'Sign']);
    expect(kms.asked.filter((operation) => operation === 'GetPublicKey')).toHaveLength(2);
  });
});

test('nothing but the documents is open: the same event on another path is 401', async () => {
  expect((await handle(open('/dashboard/v1/activities'))).statusCode).toBe(401);
  expect((await handle(open('/issuers/main/keys'))).statusCode).toBe(404);
});
