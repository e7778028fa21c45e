import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runScript } from '../../../scripts/test/started.ts';
import { startPlatform } from '../../src/local/index.ts';
import { getUsage } from '../../src/store/usage.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'laurel-recount-'));
});
afterAll(() => rm(folder, { recursive: true }));

const place = { tenant: 'acme', workspace: 'main' };
const month = new Date().toISOString().slice(0, 7);

async function recounted(...args: readonly string[]) {
  const script = runScript(['scripts/recount.ts', ...args], {});
  return { code: await script.ended(), output: script.output() };
}

test('counts that are lost are there again, and those that are right stay as they are', async () => {
  const first = await startPlatform({ data: folder, port: 0 });
  const access = await first.createWorkspaceClient(place);
  const laurel = new Laurel({ baseUrl: access.baseUrl, auth: access });
  await laurel.activities.create({ id: 'ran', name: { en: 'Ran' } });
  for (const externalUserId of ['ada', 'bob', 'ada']) await laurel.events.track({ activity: 'ran', externalUserId });
  await first.inside.streams.settled();
  const { client, name } = first.inside.platform.table;
  const counted = await getUsage({ client, name }, 'acme', month);
  expect(counted).toEqual({ players: 2, events: 3 });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  for (const { pk, sk } of Items.filter(({ pk, sk }) => String(pk).includes('#USAGE#') || sk === 'USED'))
    await client.send(new DeleteCommand({ TableName: name, Key: { pk, sk } }));
  await first.inside.streams.settled();
  expect(await getUsage({ client, name }, 'acme', month)).toEqual({ players: 0, events: 0 });
  await first.close();

  for (let time = 0; time < 2; time += 1) {
    const { code, output } = await recounted('--data', folder, '--only', 'usage', '--tenant', 'acme');
    expect([code, output]).toEqual([0, 'usage of acme/main is counted anew\n']);
    const again = await startPlatform({ data: folder, port: 0 });
    expect(await getUsage(again.inside.platform.table, 'acme', month)).toEqual(counted);
    await again.close();
  }
});

test('what cannot be counted is said, with what can', async () => {
  const { code, output } = await recounted('--data', folder, '--only', 'webhooks');
  expect([code, output]).toEqual([2, '"webhooks" counts nothing; these do: analytics, teams, usage\n']);
  expect((await recounted('--aws', '--workspace', 'main')).output).toContain('npm run recount');
});
