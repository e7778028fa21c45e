import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { boardOf, defineBasics, defineRule } from '../game/definitions.ts';
import { clockAt, openGame, otherProcess, times } from '../game/world.ts';
import { endpointBacking } from '../support/endpoint.ts';
import { type StartedEndpoint, startEndpoint } from './endpoint-process.ts';

/** An endpoint in a process of its own, with which this one shares nothing. */
let endpoint: StartedEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint();
  vi.stubEnv('AWS_REGION', 'local');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'embedded');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'embedded');
});
afterAll(() => {
  vi.unstubAllEnvs();
  endpoint.close();
});

test('a platform plays on a table at a DynamoDB endpoint, and takes it away at its end', async () => {
  const backing = await endpointBacking(endpoint.url);
  const game = await openGame({ backing, clock: clockAt('2026-03-02T12:00:00Z') });
  const { laurel } = game;
  const { client, name } = game.table;
  const tables = async () => (await client.send(new ListTablesCommand({}))).TableNames;
  // The keys that what is personal is sealed with stand apart from it.
  expect(await tables()).toEqual([name, `${name}-keys`]);
  await defineBasics(laurel);
  await defineRule(laurel, 10);
  await laurel.leaderboards.create({ id: 'board', ...boardOf('competition') });
  const other = await otherProcess(game);
  const answers = await Promise.all(
    times(50, (index) =>
      (index % 2 === 0 ? laurel : other.laurel).events.track({ id: 'once', activity: 'lesson', externalUserId: 'ada' }),
    ),
  );
  await other.close();
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  const ada = laurel.as({ externalUserId: 'ada' });
  expect((await ada.wallets.get('xp')).available).toBe(10);
  expect(await ada.leaderboards.rank('board')).toMatchObject({ rank: 1, total: 1 });
  // What follows the stream has followed it.
  await game.platform.inside.streams.settled();
  const { rows } = await laurel.analytics.overview({ from: '2026-03-02', to: '2026-03-02' });
  expect(rows).toMatchObject([{ active: 1, events: 1 }]);
  expect(() => game.platform.inside.database).toThrow('embedded');

  await game.close();
  const witness = await endpointBacking(endpoint.url);
  const left = await witness.table.client.send(new ListTablesCommand({}));
  expect(left.TableNames).toEqual([witness.table.name, `${witness.table.name}-keys`]);
  await witness.close();
});
