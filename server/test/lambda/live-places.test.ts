import { afterAll, expect, test } from 'vitest';
import { createLaurelApi } from '../../src/api/index.ts';
import { apiPlatform } from '../../src/lambda/api-platform.ts';
import { readApiConfig } from '../../src/lambda/environment.ts';
import { memoryLimiter } from '../../src/limits/limiter.ts';
import { times } from '../game/world.ts';
import { listening, openStream } from './live-world.ts';
import { apiEnvironment, demoTable, recorded, servicesOn } from './world.ts';

const database = await demoTable();
afterAll(() => database.close());

test('of one player no more than twenty streams are open, whichever functions have them', async () => {
  const wired = await apiPlatform(readApiConfig(apiEnvironment()), servicesOn(database.table).services);
  // What all processes count in together, as in a cell that has a Redis; no time goes by in it.
  const platform = { ...wired, limits: { of: wired.limits.of, limiter: memoryLimiter(() => 0) } };
  const userOf = async (externalId: string) => {
    const event = { ...recorded('api-create-user'), body: JSON.stringify({ externalId }), isBase64Encoded: false };
    const headers = { 'content-type': 'application/json' };
    const made = await createLaurelApi(platform)({ ...event, headers, multiValueHeaders: {} });
    return String(JSON.parse(made.body).id);
  };
  const [ada, bob] = [await userOf('ada'), await userOf('bob')];
  const streams = times(20, () => openStream(platform, listening('player', ada)));
  for (const { text } of streams) await expect.poll(text).toContain('event: ready');

  const refused = openStream(platform, listening('player', ada));
  await refused.ended;
  expect([refused.status(), JSON.parse(refused.text()).code]).toEqual([429, 'rate_limited']);
  const neighbour = openStream(platform, listening('player', bob));
  await expect.poll(neighbour.text).toContain('event: ready');

  // A place that is left is free again, and no place is given back twice.
  await streams[0]?.leave();
  const next = openStream(platform, listening('player', ada));
  await expect.poll(next.text).toContain('event: ready');
  const another = openStream(platform, listening('player', ada));
  await another.ended;
  expect(another.status()).toBe(429);
  await Promise.all([neighbour, next, ...streams].map(({ leave }) => leave()));
});
