import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Table } from './table.ts';

/**
 * A table as a client reaches it. The SDK's own log goes: nobody reads it, and for it each request and each answer would
 * be gone through again, to blank what is sensitive.
 */
export function tableOf(client: DynamoDBClient, name: string): Table {
  client.middlewareStack.remove('loggerMiddleware');
  return { client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }), name };
}
