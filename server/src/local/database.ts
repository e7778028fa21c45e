import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { HttpRequest } from '@smithy/types';
import { tableOf } from '../store/client.ts';
import { type Table, TTL_ATTRIBUTE, tableDefinition } from '../store/table.ts';
import { type Engine, openEngine } from './dynamodb/index.ts';

const TABLE = 'laurel';
/** How often expired items are removed, in milliseconds. */
const EXPIRE_EVERY = 60_000;

/** The table of a platform that runs by itself, on the embedded engine. */
export interface LocalDatabase {
  readonly table: Table;
  readonly engine: Engine;
  readonly client: DynamoDBClient;
  /** Whether it ends with this process. */
  readonly inMemory: boolean;
  close(): void;
}

/** How a client reaches the embedded engine. Nothing is signed: it is sent nowhere, and nobody would check it. */
export function embeddedConfig({ requestHandler }: Engine) {
  return {
    region: 'local',
    credentials: { accessKeyId: 'embedded', secretAccessKey: 'embedded' },
    endpoint: 'http://embedded.invalid',
    signer: { sign: async (request: HttpRequest) => request },
    requestHandler,
  };
}

/**
 * Makes the table where it does not exist.
 * @param made is waited for before the table is used: an endpoint at a distance takes a while to make one
 */
export async function ensureTable(
  client: DynamoDBClient,
  name: string,
  made: () => Promise<unknown> = async () => undefined,
): Promise<Table> {
  const table = tableOf(client, name);
  try {
    await client.send(new CreateTableCommand(tableDefinition(name)));
  } catch (error) {
    if (error instanceof ResourceInUseException) return table;
    throw error;
  }
  await made();
  const TimeToLiveSpecification = { AttributeName: TTL_ATTRIBUTE, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
  return table;
}

/** Opens the database in a folder, or in memory. */
export async function openLocalDatabase(location: string): Promise<LocalDatabase> {
  const engine = openEngine({ location });
  const client = new DynamoDBClient(embeddedConfig(engine));
  const table = await ensureTable(client, TABLE);
  const timer = setInterval(() => engine.expire({ limit: 1000 }), EXPIRE_EVERY).unref();
  return {
    table,
    engine,
    client,
    inMemory: location === ':memory:',
    close() {
      clearInterval(timer);
      client.destroy();
      engine.close();
    },
  };
}
