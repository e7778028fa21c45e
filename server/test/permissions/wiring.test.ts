import { fileURLToPath } from 'node:url';
import { Logger } from '@aws-lambda-powertools/logger';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createLaurelApi } from '../../src/api/index.ts';
import { readPolicies } from '../../src/identity/cedar-policies.ts';
import { isRoleId, type Principal } from '../../src/identity/principal.ts';
import { decisionsBy } from '../../src/lambda/decisions.ts';
import { ensureWorkspace } from '../../src/provision.ts';
import { restEvent, smallPlatform } from '../support/small-platform.ts';
import { openDouble } from './double.ts';
import { roleBody } from './world.ts';

const texts = await readPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
const double = await openDouble(texts);
const endpoint = await double.client.config.endpoint?.();
const small = await smallPlatform();
const place = { tenant: 'acme', workspace: 'main' };

beforeAll(async () => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS', `http://127.0.0.1:${endpoint?.port}`);
  await ensureWorkspace(small, place);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  small.close();
  await double.close();
});

const owner: Principal = { kind: 'operator', ...place, subject: 'per_1', scopes: [], role: 'owner', platform: false };

test('a tenant whose store decides: roles are kept there, and a store that is out of reach is a 503', async () => {
  const logger = new Logger({ logLevel: 'SILENT' });
  const api = createLaurelApi({
    ...small,
    ...decisionsBy(double.policyStoreId, { texts, cache: small.cache, logger }),
  });
  const builtIn = double.statements().length;
  const as = async (principal: Principal, method: string, path: string, body?: object, headers = {}) => {
    const json = { 'content-type': 'application/json', ...headers };
    const parts = { principal, headers: json, body: body === undefined ? null : JSON.stringify(body) };
    const { statusCode, body: text } = await api(restEvent(method, `/dashboard/v1${path}`, parts));
    return { status: statusCode, body: Object(JSON.parse(text)) };
  };

  const made = await as(owner, 'POST', '/roles', roleBody({ permissions: ['dashboard:missions.read'] }));
  expect(made.status).toBe(201);
  const { id } = made.body;
  if (!isRoleId(id)) throw new Error('there is no role');
  expect(double.statements()).toHaveLength(builtIn + 1);
  const holder: Principal = { ...owner, subject: 'per_2', role: id };
  expect((await as(holder, 'GET', '/missions')).status).toBe(200);
  expect((await as(holder, 'GET', '/streaks')).status).toBe(403);

  double.fail('throttled');
  expect((await as(holder, 'GET', '/missions')).status).toBe(503);
  expect((await as(owner, 'POST', '/roles', roleBody({}))).status).toBe(503);
  double.fail(undefined);

  const other = roleBody({ permissions: ['dashboard:streaks.read'] });
  expect((await as(owner, 'PUT', `/roles/${id}`, other, { 'if-match': '"v1"' })).status).toBe(200);
  expect(double.statements()).toHaveLength(builtIn + 1);
  expect((await as(holder, 'GET', '/missions')).status).toBe(403);
  expect((await as(holder, 'GET', '/streaks')).status).toBe(200);

  const mine = await as(holder, 'GET', '/me/permissions');
  expect(mine.body.permissions.map((one: { action: string }) => one.action).toSorted()).toEqual([
    'dashboard:me.read',
    'dashboard:streaks.read',
  ]);
  expect((await as(owner, 'DELETE', `/roles/${id}`)).status).toBe(200);
  expect(double.statements()).toHaveLength(builtIn);
  expect((await as(holder, 'GET', '/streaks')).status).toBe(403);
});

test('a role that is changed and changed back at the same moment keeps its policy', async () => {
  const logger = new Logger({ logLevel: 'SILENT' });
  const decisions = decisionsBy(double.policyStoreId, { texts, cache: small.cache, logger });
  // What is done before the policy of what a role was is taken away.
  let meanwhile: (() => Promise<unknown>) | undefined;
  const api = createLaurelApi({
    ...small,
    ...decisions,
    rolePolicies: {
      ...decisions.rolePolicies,
      async withdraw(...given) {
        const first = meanwhile;
        meanwhile = undefined;
        await first?.();
        await decisions.rolePolicies.withdraw(...given);
      },
    },
  });
  const as = async (principal: Principal, method: string, path: string, body?: object, headers = {}) => {
    const json = { 'content-type': 'application/json', ...headers };
    const parts = { principal, headers: json, body: body === undefined ? null : JSON.stringify(body) };
    const { statusCode, body: text } = await api(restEvent(method, `/dashboard/v1${path}`, parts));
    return { status: statusCode, body: Object(JSON.parse(text)) };
  };
  const reading = (permission: string) => roleBody({ permissions: [permission] });
  const { id } = (await as(owner, 'POST', '/roles', reading('dashboard:missions.read'))).body;
  if (!isRoleId(id)) throw new Error('there is no role');
  const put = (permission: string, version: string) =>
    as(owner, 'PUT', `/roles/${id}`, reading(permission), { 'if-match': version });
  meanwhile = () => put('dashboard:missions.read', '"v2"');
  expect((await put('dashboard:streaks.read', '"v1"')).status).toBe(200);
  const holder: Principal = { ...owner, subject: 'per_3', role: id };
  expect((await as(holder, 'GET', '/missions')).status).toBe(200);
  expect((await as(holder, 'GET', '/streaks')).status).toBe(403);
});
