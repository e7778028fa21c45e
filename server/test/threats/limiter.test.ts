import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Logger } from '@aws-lambda-powertools/logger';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createLaurelApi } from '../../src/api/index.ts';
import { apiPlatform } from '../../src/lambda/api-platform.ts';
import { readApiConfig } from '../../src/lambda/environment.ts';
import { apiEnvironment, demoTable, recorded, servicesOn } from '../lambda/world.ts';

/** Among how many processes a limit is shared out while they cannot count together. */
const SHARES = 16;

let database: Awaited<ReturnType<typeof demoTable>>;
beforeAll(async () => {
  database = await demoTable();
});
afterAll(() => database.close());

/** A port behind which nobody answers: nobody listens there, or whoever does says nothing. */
async function port(isOpen: boolean) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: number } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  if (!isOpen) close();
  return { url: `rediss://127.0.0.1:${number}`, close };
}

describe.each([
  ['down', false],
  ['there, and says nothing', true],
] as const)('threat 53: the store of the limiter is %s', (_what, isOpen) => {
  test('each process gives out its share: nobody is unlimited, and not everybody kept out', async () => {
    const { url, close } = await port(isOpen);
    const { services } = servicesOn(database.table);
    const logger = new Logger({ logLevel: 'SILENT' });
    const told = vi.spyOn(logger, 'warn');
    const config = { ...apiEnvironment(), LAUREL_CACHE_URL: url, LAUREL_LIMIT_SHARES: String(SHARES) };
    const platform = await apiPlatform(readApiConfig(config), { ...services, logger });
    const limits = await platform.limits.of('demo');
    if (limits === undefined) throw new Error('the tenant has limits');
    const { quota, window } = limits.client.credential;
    const share = Math.floor(quota / SHARES);
    const api = createLaurelApi(platform);
    const begun = performance.now();
    const statuses: number[] = [];
    let slowest = 0;
    for (let call = 0; call < 3 * share; call += 1) {
      const before = performance.now();
      const answer = await api(recorded('api-mint-token'));
      slowest = Math.max(slowest, performance.now() - before);
      statuses.push(answer.statusCode);
      if (answer.statusCode === 429) expect(Number(answer.headers?.['retry-after'])).toBeGreaterThanOrEqual(1);
    }
    const passed = statuses.filter((status) => status !== 429).length;
    // What comes back meanwhile, of a bucket that fills within its window.
    const refilled = Math.ceil(((performance.now() - begun) / 1000) * (share / window));
    expect(passed).toBeGreaterThanOrEqual(share);
    expect(passed).toBeLessThanOrEqual(share + refilled);
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    expect(slowest).toBeLessThan(2000);
    const degraded = told.mock.calls.filter(([message]) => message === 'degraded');
    expect(degraded.map(([, detail]) => Object(detail).part)).toContain('limits');
    close();
  });
});
