import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Started, start } from './started.ts';

/** Words that only a person or a secret would have; none may ever reach a log. */
const canaries = { person: 'Canary Lovelace', own: 'canary-external-7', note: 'canary note', course: 'canary-course' };

let folder: string;
let started: Started;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'laurel-log-'));
  started = await start(folder, { LAUREL_LOG: 'info' });
});

afterAll(async () => {
  started.child.kill('SIGINT');
  await started.ended();
  await rm(folder, { recursive: true });
});

test('logs one line a call, by which it can be found, without a word that is about a person', async () => {
  const demo: Record<string, string> = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8'));
  const { baseUrl = '', clientId = '', clientSecret = '', tokenEndpoint = '' } = demo;
  const laurel = new Laurel({ baseUrl, auth: { clientId, clientSecret, tokenEndpoint } });
  await laurel.users.create({ externalId: canaries.own, displayName: canaries.person });
  const { id } = await laurel.users.getByExternalId(canaries.own);
  await laurel.events.track({ userId: id, activity: 'commit', attributes: { course: canaries.course } });
  await laurel.users.grant(id, { rewards: [{ kind: 'currency', currency: 'xp', amount: 1 }], note: canaries.note });
  const { accessToken } = await laurel.users.mintToken(id);
  const refused = await fetch(`${baseUrl}/app/v1/me?name=${encodeURIComponent(canaries.person)}`, {
    headers: { authorization: `Bearer ${accessToken}`, 'if-none-match': canaries.note },
  });
  expect(refused.status).toBe(200);
  const missing = await fetch(`${baseUrl}/app/v1/events/${canaries.own}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const requestId = missing.headers.get('x-request-id') ?? '';
  await started.printed(requestId);

  const lines = started
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const call = lines
    .map((line): Record<string, unknown> => JSON.parse(line))
    .find((line) => line.requestId === requestId);
  expect(call).toMatchObject({
    level: 'INFO',
    route: 'app.events.get',
    status: 404,
    code: 'not_found',
    tenant: 'demo',
    workspace: 'main',
    caller: 'player',
    milliseconds: expect.any(Number),
  });
  const logged = lines.join('\n');
  for (const secret of [
    ...Object.values(canaries),
    id,
    accessToken,
    clientSecret,
    encodeURIComponent(canaries.person),
  ]) {
    expect(logged).not.toContain(secret);
  }
});
