import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { TableChange } from '../ports/stream.ts';
import type { Key } from '../store/scope.ts';

type Image = Parameters<typeof unmarshall>[0];

/** A record of the table's stream, as DynamoDB Streams and Lambda both give it. */
export interface StreamRecord {
  readonly dynamodb?:
    | {
        readonly Keys?: Image | undefined;
        readonly OldImage?: Image | undefined;
        readonly NewImage?: Image | undefined;
        readonly SequenceNumber?: string | undefined;
      }
    | undefined;
}

/** The place of a record in its shard. */
export function sequenceOf({ dynamodb }: StreamRecord): string {
  return dynamodb?.SequenceNumber ?? '';
}

/** The key of the item that a record is about. */
export function keyOfRecord({ dynamodb }: StreamRecord): Key {
  const { pk, sk } = unmarshall(dynamodb?.Keys ?? {});
  return { pk: String(pk), sk: String(sk) };
}

/** A record as a change. */
export function changeOf(record: StreamRecord): TableChange {
  const { OldImage, NewImage } = record.dynamodb ?? {};
  return {
    key: keyOfRecord(record),
    before: OldImage === undefined ? undefined : unmarshall(OldImage),
    after: NewImage === undefined ? undefined : unmarshall(NewImage),
  };
}
