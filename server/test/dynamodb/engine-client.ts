import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { Engine } from '../../src/local/dynamodb/index.ts';
import { keys } from './schema.ts';

/** A client of an engine; `maxAttempts` says how often the SDK tries a request. */
export function clientOf(engine: Engine, maxAttempts = 1): DynamoDBDocument {
  const client = new DynamoDBClient({
    region: 'local',
    endpoint: 'http://dynamodb.invalid',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    requestHandler: engine.requestHandler,
    maxAttempts,
  });
  return DynamoDBDocument.from(client);
}

/** A table named `main` with a string key `pk`. */
export const mainTable = {
  TableName: 'main',
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' as const }],
  KeySchema: [keys.hash('pk')],
};

/** The same with a stream. */
export const streamedTable = {
  ...mainTable,
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const },
};
