import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Key, keyOf, platformScope } from './scope.ts';
import { getItem, recordOf, type Table, TTL_ATTRIBUTE } from './table.ts';

/** Something that the issuer remembers for a while: a session, a code, a grant, a page in progress. */
export interface IssuerRecord {
  readonly payload: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970; afterwards the record is as good as gone. */
  readonly expiresAt: number;
}

/** Where the issuer remembers. Keys are pairs of a kind and an id. */
export interface IssuerRecords {
  get(kind: string, id: string): Promise<IssuerRecord | undefined>;
  put(kind: string, id: string, record: IssuerRecord): Promise<void>;
  remove(kind: string, id: string): Promise<void>;
  /** Marks a record as used; false where it is gone or was used before. `at` is in seconds since 1970. */
  consume(kind: string, id: string, at: number): Promise<boolean>;
  /** Counts one more, and answers with how many that makes until the counter is gone, whoever counts at the moment. */
  count(kind: string, id: string, expiresAt: number): Promise<number>;
}

function recordKey(kind: string, id: string): Key {
  return keyOf(platformScope(), ['ISSUER', kind, id], ['RECORD']);
}

/** The issuer's memory in the table: sign-ins outlive a restart, and a code is used once, also by two processes. */
export function tableIssuerRecords(table: Table, now: () => number): IssuerRecords {
  return {
    async get(kind, id) {
      const item = await getItem(table, recordKey(kind, id));
      const record = item && recordOf<IssuerRecord>(item);
      return record !== undefined && record.expiresAt > now() ? record : undefined;
    },
    async put(kind, id, record) {
      // Payloads have optional parts; JSON drops them, as DynamoDB would refuse them.
      const stored: unknown = JSON.parse(JSON.stringify(record));
      const expiry = { [TTL_ATTRIBUTE]: Math.ceil(record.expiresAt / 1000) };
      const Item = { ...recordKey(kind, id), record: stored, ...expiry };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },
    async remove(kind, id) {
      const { pk, sk } = recordKey(kind, id);
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    },
    async count(kind, id, expiresAt) {
      const { pk, sk } = recordKey(kind, id);
      const { Attributes } = await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'SET #ttl = :ttl ADD #count :one',
          ExpressionAttributeNames: { '#ttl': TTL_ATTRIBUTE, '#count': 'count' },
          ExpressionAttributeValues: { ':ttl': Math.ceil(expiresAt / 1000), ':one': 1 },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Number(Attributes?.count);
    },
    async consume(kind, id, at) {
      const { pk, sk } = recordKey(kind, id);
      try {
        await table.client.send(
          new UpdateCommand({
            TableName: table.name,
            Key: { pk, sk },
            UpdateExpression: 'SET #record.#payload.#consumed = :at',
            ConditionExpression:
              'attribute_exists(pk) AND attribute_not_exists(#record.#payload.#consumed) AND #record.#expiresAt > :now',
            ExpressionAttributeNames: {
              '#record': 'record',
              '#payload': 'payload',
              '#consumed': 'consumed',
              '#expiresAt': 'expiresAt',
            },
            ExpressionAttributeValues: { ':at': at, ':now': now() },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
