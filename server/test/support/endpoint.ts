import { randomBytes, randomUUID } from 'node:crypto';
import { DeleteTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Backing } from '../../src/local/backing.ts';
import { ensureKeys, ensureTable } from '../../src/local/database.ts';
import { pollingSignals } from '../../src/ports/live-signals.ts';
import { embeddedCellKeyring } from '../../src/privacy/embedded-keyring.ts';
import { createVault } from '../../src/privacy/vault.ts';
import { tableRanks } from '../../src/store/table-ranks.ts';
import { followByPolling } from './endpoint-streams.ts';

/** The URL of the DynamoDB endpoint on which games are to be played, where one is named. */
export const ENDPOINT = process.env.LAUREL_DYNAMODB_ENDPOINT || undefined;

/** How often a process that hears nothing of writes looks for news, in milliseconds. */
const LOOK_EVERY = 50;

/**
 * A table of its own at a DynamoDB endpoint, made for one platform and removed with it. Region and credentials are those
 * of the environment. Nothing is shared with this process but the endpoint's API: ranks are counted in the table's index,
 * and the stream and news are polled for.
 */
export async function endpointBacking(endpoint: string): Promise<Backing> {
  const client = new DynamoDBClient({ endpoint });
  const streams = new DynamoDBStreamsClient({ endpoint });
  const TableName = `laurel-${randomUUID()}`;
  const KeysName = `${TableName}-keys`;
  const made = (name: string) => () => waitUntilTableExists({ client, maxWaitTime: 120 }, { TableName: name });
  const keys = await ensureKeys(client, KeysName, made(KeysName));
  const vault = createVault({ keys, cell: embeddedCellKeyring(randomBytes(32)) });
  const table = { ...(await ensureTable(client, TableName, made(TableName))), vault };
  return {
    table,
    ranks: () => tableRanks(table),
    live: () => pollingSignals(LOOK_EVERY),
    follow: (consumers, onError) => followByPolling({ client, streams, table, consumers, onError }),
    async close() {
      await client.send(new DeleteTableCommand({ TableName }));
      await client.send(new DeleteTableCommand({ TableName: KeysName }));
      streams.destroy();
      client.destroy();
    },
  };
}

/** What a platform stands on that no folder was given: a table at the named endpoint, or else what it has by default. */
export async function namedBacking(): Promise<{ readonly backing?: Backing }> {
  return ENDPOINT === undefined ? {} : { backing: await endpointBacking(ENDPOINT) };
}
