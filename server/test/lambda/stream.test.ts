import { afterAll, describe, expect, test } from 'vitest';
import { readStreamConfig } from '../../src/lambda/environment.ts';
import { streamHandler } from '../../src/lambda/stream-handler.ts';
import { openLocalDatabase } from '../../src/local/database.ts';
import type { StreamConsumer, TableChange } from '../../src/ports/stream.ts';
import { commit } from '../../src/store/commit.ts';
import { listDeadLetters } from '../../src/store/dead-letters.ts';
import { saveHead } from '../../src/store/definition-items.ts';
import { getDelivery } from '../../src/store/deliveries.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { createWebhookState } from '../../src/store/webhooks.ts';
import { streamConsumers } from '../../src/stream/consumers.ts';
import { streamRecords } from './events.ts';

const database = await openLocalDatabase(':memory:');
afterAll(() => database.close());
const { table } = database;

const scope = workspaceScope('demo', 'main');
const at = '2026-11-24T00:00:00.000Z';
await commit(table, [
  saveHead(table, scope, {
    kind: 'webhooks',
    definition: {
      id: 'whk_1',
      url: 'https://hooks.example.com/',
      types: ['mission.completed'],
      status: 'published',
      version: 1,
      revision: 1,
      draft: false,
      createdAt: at,
      updatedAt: at,
      author: 'operator:ada',
      publishedAt: at,
      running: 'keep',
      ruleset: 1,
    },
  }),
  createWebhookState(table, scope, {
    id: 'whk_1',
    state: 'active',
    failingSince: null,
    disabledAt: null,
    secretShownAt: at,
    formerSecretUntil: null,
    secrets: [],
    since: 'whk_0',
    version: 1,
  }),
]);

test('a batch of records is taken by every consumer, and taken again changes nothing', async () => {
  const handle = streamHandler({ table, consumers: streamConsumers(table), onError: () => undefined });
  for (let time = 0; time < 2; time += 1) expect(await handle(streamRecords())).toEqual({ batchItemFailures: [] });
  const delivery = await getDelivery(table, scope, 'hap_01KAV3ZB5N8Q2R4T6V8X0Z2B4D.whk_1');
  expect(delivery).toMatchObject({
    status: 'pending',
    nextAttemptAt: '2026-11-24T09:30:00.000Z',
    happening: { type: 'mission.completed', userId: 'usr_1', workspace: 'main' },
  });
  // Of the other type, which this webhook does not want.
  expect(await getDelivery(table, scope, 'hap_01KAV3ZB5N8Q2R4T6V8X0Z2B4E.whk_1')).toBe(undefined);
});

describe('a consumer', () => {
  const failing = (name: string, error: () => Error): StreamConsumer => ({
    name,
    wants: () => true,
    consume: async (changes: readonly TableChange[]) => {
      if (changes.some(({ key }) => key.sk === 'SHEET')) throw error();
    },
  });

  test('that cannot take a record puts it aside, and the shard moves on', async () => {
    const handle = streamHandler({
      table,
      consumers: [failing('picky', () => new TypeError('no'))],
      onError: () => undefined,
    });
    expect(await handle(streamRecords())).toEqual({ batchItemFailures: [] });
    const { items } = await listDeadLetters(table, 'picky', { limit: 10, after: undefined });
    expect(items).toMatchObject([{ sequence: '4421584500000000017450439091', key: { sk: 'SHEET' } }]);
  });

  test('that waits for a service has the batch handed back from its first record', async () => {
    const errors: string[] = [];
    const away = failing('away', () => Object.assign(new Error('x'), { name: 'ThrottlingException' }));
    const handle = streamHandler({
      table,
      consumers: [...streamConsumers(table), away],
      onError: (text) => errors.push(text),
    });
    expect(await handle(streamRecords())).toEqual({
      batchItemFailures: [{ itemIdentifier: '4421584500000000017450439091' }],
    });
    expect(errors).toEqual(['a consumer waits for a service']);
  });
});

test('its environment is checked when it starts', () => {
  const told = { LAUREL_TABLE: 'laurel', LAUREL_KEYS_TABLE: 'laurel-keys', LAUREL_VAULT_KEY: 'vault-key' };
  expect(readStreamConfig(told)).toEqual({ ...told, LAUREL_LOG_LEVEL: 'INFO' });
  expect(() => readStreamConfig({})).toThrow('LAUREL_TABLE is missing');
});
