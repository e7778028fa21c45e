// What the audit costs a player's read: the same calls with records and without, one after the other in one process, so
// that both have the same machine at the same moment. And how many records a second are sealed.
import { Laurel } from '@laurel/sdk/server';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { createLaurelApi } from '../src/api/index.ts';
import { type Principal, toContext } from '../src/identity/principal.ts';
import { startPlatform } from '../src/local/index.ts';

const CALLS = 4000;
const PLACE = { tenant: 'bench', workspace: 'main' };

const platform = await startPlatform({ data: ':memory:', port: 0, logLevel: 'SILENT' });
const { baseUrl, ...auth } = await platform.createWorkspaceClient(PLACE);
const laurel = new Laurel({ baseUrl, auth });
const user = await laurel.users.create({ displayName: 'Ada' });
const principal: Principal = { kind: 'player', ...PLACE, subject: user.id, scopes: [], platform: false };

const identity = { sourceIp: '192.0.2.1', userAgent: 'bench' };
const requestContext = { apiId: PLACE.tenant, authorizer: toContext(principal), identity };
const event = {
  path: '/app/v1/me',
  httpMethod: 'GET',
  headers: {},
  multiValueHeaders: {},
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  body: null,
  isBase64Encoded: false,
  requestContext,
} as unknown as APIGatewayProxyEvent;

const { platform: inside } = platform.inside;
const nothing = { add: () => undefined, isFull: () => false, flush: async () => undefined };
const apis = {
  with: createLaurelApi(inside),
  without: createLaurelApi({ ...inside, audit: { ...inside.audit, gatherer: nothing } }),
};
const took: Record<keyof typeof apis, number[]> = { with: [], without: [] };

for (let index = -500; index < CALLS; index += 1) {
  for (const name of index % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const)) {
    const start = performance.now();
    const { statusCode } = await apis[name](event);
    if (statusCode !== 200) throw new Error(`the call was answered with ${statusCode}`);
    if (index >= 0) took[name].push(performance.now() - start);
  }
}
const at = (all: readonly number[], part: number) =>
  (all.toSorted((a, b) => a - b)[Math.floor(all.length * part)] ?? 0).toFixed(3);
for (const name of ['without', 'with'] as const)
  console.log(`${name.padEnd(8)} p50 ${at(took[name], 0.5)} ms   p99 ${at(took[name], 0.99)} ms`);

const start = performance.now();
await platform.inside.sealer.seal();
const seconds = (performance.now() - start) / 1000;
console.log(`sealed ${CALLS + 500} records in ${seconds.toFixed(2)} s`);
await platform.close();
