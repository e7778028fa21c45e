import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { HttpRequest } from '@smithy/types';
import type { ErasureList } from '../ports/erasure-list.ts';
import type { Vault } from '../ports/vault.ts';
import { embeddedCellKeyring } from '../privacy/embedded-keyring.ts';
import { createVault } from '../privacy/vault.ts';
import { tableOf } from '../store/client.ts';
import { keysDefinition, type Table, TTL_ATTRIBUTE, tableDefinition } from '../store/table.ts';
import { DATABASE_FILE, type Engine, openEngine } from './dynamodb/index.ts';

const TABLE = 'laurel';
const KEYS = 'laurel-keys';
/** How often expired items are removed, in milliseconds. */
const EXPIRE_EVERY = 60_000;

/** The table of a platform that runs by itself, on the embedded engine. */
export interface LocalDatabase {
  readonly table: Table & { readonly vault: Vault };
  /** The table of users' keys, which the vault reads. */
  readonly keys: Table;
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

/** Waits until a table that was made can be used: an endpoint at a distance takes a while to make one. */
type Made = () => Promise<unknown>;

/** Makes a table where it does not exist; answers whether it was made. */
async function makeTable(
  client: DynamoDBClient,
  definition: ConstructorParameters<typeof CreateTableCommand>[0],
  made: Made = async () => undefined,
): Promise<boolean> {
  try {
    await client.send(new CreateTableCommand(definition));
  } catch (error) {
    if (error instanceof ResourceInUseException) return false;
    throw error;
  }
  await made();
  return true;
}

/** Makes the table where it does not exist. */
export async function ensureTable(client: DynamoDBClient, name: string, made?: Made): Promise<Table> {
  const TimeToLiveSpecification = { AttributeName: TTL_ATTRIBUTE, Enabled: true };
  if (await makeTable(client, tableDefinition(name), made))
    await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
  return tableOf(client, name);
}

/** Makes the table of keys where it does not exist. */
export async function ensureKeys(client: DynamoDBClient, name: string, made?: Made): Promise<Table> {
  await makeTable(client, keysDefinition(name), made);
  return tableOf(client, name);
}

/** Where the keys of users are, beside the table that they open: in a database of their own, which keeps no past. */
const VAULT = 'vault';

/** @throws Error where the folder has a table and no keys */
function vaultOf(location: string): string {
  if (location === ':memory:') return location;
  const vault = join(location, VAULT);
  if (existsSync(join(location, DATABASE_FILE)) && !existsSync(vault))
    throw new Error(
      `The data in ${location} were written before personal data were encrypted, or their keys are missing: begin with an empty folder, or bring the folder ${VAULT} back.`,
    );
  return vault;
}

/**
 * Opens the database in a folder, or in memory, with the vault beside it.
 * @param secret the cell's key, 32 bytes; one that ends with the process where none is given
 * @param erasures where erasures are listed besides
 */
export async function openLocalDatabase(
  location: string,
  secret: Uint8Array = randomBytes(32),
  erasures?: ErasureList,
): Promise<LocalDatabase> {
  const vaultEngine = openEngine({ location: vaultOf(location), forgets: true });
  const vaultClient = new DynamoDBClient(embeddedConfig(vaultEngine));
  const keys = await ensureKeys(vaultClient, KEYS);
  const vault = createVault({
    keys,
    cell: embeddedCellKeyring(secret),
    scrub: () => vaultEngine.scrub(),
    ...(erasures === undefined ? {} : { erasures }),
  });
  const engine = openEngine({ location });
  const client = new DynamoDBClient(embeddedConfig(engine));
  const table = { ...(await ensureTable(client, TABLE)), vault };
  const timer = setInterval(() => engine.expire({ limit: 1000 }), EXPIRE_EVERY).unref();
  return {
    table,
    keys,
    engine,
    client,
    inMemory: location === ':memory:',
    close() {
      clearInterval(timer);
      client.destroy();
      engine.close();
      vaultClient.destroy();
      vaultEngine.close();
    },
  };
}
