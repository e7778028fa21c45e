import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { openEngine } from '../../src/local/dynamodb/index.ts';
import { attributes, keys } from './schema.ts';

/** A sentence about DynamoDB that a documentation page makes, and how to see whether it holds. */
export interface Case {
  readonly name: string;
  /** The page of the AWS documentation that the sentence is taken from. */
  readonly page: string;
  readonly run: (world: World) => Promise<void>;
}

/** What cases work with: an endpoint, and tables made for the suite. Each case uses keys of its own. */
export interface World {
  readonly client: DynamoDBClient;
  readonly doc: DynamoDBDocument;
  readonly streams: DynamoDBStreamsClient;
  /** Partition key `pk`, a string. */
  readonly plain: string;
  /**
   * `pk` and `sk`, strings. Global indexes: `all` (g, h: number; everything), `keys` (g; keys only), `some` (g; and the
   * attribute a). Local index: `local` (l: number; keys only).
   */
  readonly sorted: string;
  /** `pk` a string, `sk` a number. */
  readonly numbered: string;
  /** `pk` a string, `sk` binary. */
  readonly binary: string;
  /** Like `plain`, with a stream of new and old images. */
  readonly streamed: string;
  /** A name that no table has yet; tables of that name are removed at the end. */
  tableName(): string;
  /** Makes a table and waits until it can be used. */
  createTable(input: CreateTableCommandInput): Promise<void>;
  /** A partition key that no other case uses. */
  key(): string;
  /** Reads until the answer is as it must become: at a distance, indexes and streams follow a little later. */
  eventually<T>(read: () => Promise<T>, ready: (answer: T) => boolean): Promise<T>;
  close(): Promise<void>;
}

const { string, number, binary: bytes } = attributes;
const { hash, range } = keys;

/**
 * The world of the suite: the endpoint that DYNAMODB_ENDPOINT names, with the credentials and the region of the
 * environment, or else an engine in this process.
 */
export async function openWorld(endpoint = process.env.DYNAMODB_ENDPOINT): Promise<World> {
  const engine = endpoint === undefined ? openEngine({ location: ':memory:' }) : undefined;
  const config = engine === undefined ? remote(endpoint) : { ...nowhere, requestHandler: engine.requestHandler };
  const client = new DynamoDBClient(config);
  const run = `laurel-conformance-${randomUUID().slice(0, 8)}`;
  const made: string[] = [];
  let names = 0;

  const createTable = async (input: CreateTableCommandInput) => {
    made.push(input.TableName ?? '');
    await client.send(new CreateTableCommand(input));
    await waitUntilTableExists({ client, maxWaitTime: 120 }, { TableName: input.TableName });
  };
  const tables = {
    plain: `${run}-plain`,
    sorted: `${run}-sorted`,
    numbered: `${run}-numbered`,
    binary: `${run}-binary`,
    streamed: `${run}-streamed`,
  };
  for (const input of tableInputs(tables)) await createTable(input);

  return {
    client,
    doc: DynamoDBDocument.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    streams: new DynamoDBStreamsClient(config),
    ...tables,
    tableName: () => `${run}-${++names}`,
    createTable,
    key: () => randomUUID(),
    async eventually(read, ready) {
      for (let attempt = 1; ; attempt++) {
        const answer = await read();
        if (ready(answer) || engine !== undefined || attempt === 30) return answer;
        await pause(attempt * 50);
      }
    },
    async close() {
      for (const TableName of made) await removeTable(client, TableName);
      client.destroy();
      engine?.close();
    },
  };
}

const nowhere = {
  region: 'local',
  endpoint: 'http://dynamodb.invalid',
  credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
};

function remote(endpoint: string | undefined): DynamoDBClientConfig {
  return endpoint === undefined ? {} : { endpoint };
}

async function removeTable(client: DynamoDBClient, TableName: string): Promise<void> {
  try {
    await client.send(new DeleteTableCommand({ TableName }));
  } catch (error) {
    // A case may have removed its table itself.
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
  }
}

type Names = Pick<World, 'plain' | 'sorted' | 'numbered' | 'binary' | 'streamed'>;

function tableInputs({ plain, sorted, numbered, binary, streamed }: Names): CreateTableCommandInput[] {
  const onDemand = { BillingMode: 'PAY_PER_REQUEST' as const };
  const single = { ...onDemand, AttributeDefinitions: [string('pk')], KeySchema: [hash('pk')] };
  const double = { ...onDemand, KeySchema: [hash('pk'), range('sk')] };
  return [
    { ...single, TableName: plain },
    {
      ...single,
      TableName: streamed,
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
    { ...double, TableName: numbered, AttributeDefinitions: [string('pk'), number('sk')] },
    {
      ...double,
      TableName: binary,
      AttributeDefinitions: [string('pk'), bytes('sk')],
    },
    {
      ...double,
      TableName: sorted,
      AttributeDefinitions: [string('pk'), string('sk'), string('g'), number('h'), number('l')],
      GlobalSecondaryIndexes: [
        { IndexName: 'all', KeySchema: [hash('g'), range('h')], Projection: { ProjectionType: 'ALL' } },
        { IndexName: 'keys', KeySchema: [hash('g')], Projection: { ProjectionType: 'KEYS_ONLY' } },
        {
          IndexName: 'some',
          KeySchema: [hash('g')],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] },
        },
      ],
      LocalSecondaryIndexes: [
        { IndexName: 'local', KeySchema: [hash('pk'), range('l')], Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
    },
  ];
}

/** Expects a refusal of that name, with a message that matches, and answers the error. */
export async function refused(attempt: Promise<unknown>, name: string, message = /./): Promise<Error> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error, `expected ${name}`).toMatchObject({ name, message: expect.stringMatching(message) });
  if (!(error instanceof Error)) throw new TypeError('A refusal is an Error.');
  return error;
}

/** Runs tasks a few at a time, which is kinder to an endpoint at a distance. */
export async function each<T>(values: readonly T[], task: (value: T) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < values.length; start += 10) {
    await Promise.all(values.slice(start, start + 10).map(task));
  }
}
