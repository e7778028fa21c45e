import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { StreamConsumer } from '../ports/stream.ts';
import { putAside } from '../store/dead-letters.ts';
import type { Table } from '../store/table.ts';
import { consumeRecords } from '../stream/consume.ts';
import { type StreamRecord, sequenceOf } from '../stream/records.ts';

/** What following the stream takes. */
export interface StreamParts {
  readonly table: Table;
  readonly consumers: readonly StreamConsumer[];
  readonly onError: (message: string, error: unknown) => void;
}

/**
 * Makes the handler of a stream's records. What a consumer cannot take it puts aside itself, so the shard moves on; only
 * where a service is out of reach is the batch handed back, to come again from its first record. Then those who had
 * taken it take it twice, which is as good as once.
 */
export function streamHandler({ table, consumers, onError }: StreamParts) {
  return async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    // Two libraries describe one wire format by two types.
    const records: readonly StreamRecord[] = event.Records.map(({ dynamodb }) => ({ dynamodb }) as StreamRecord);
    const taken = await Promise.allSettled(
      consumers.map((consumer) => consumeRecords(consumer, records, (letter) => putAside(table, letter))),
    );
    const failed = taken.filter((one) => one.status === 'rejected');
    for (const { reason } of failed) onError('a consumer waits for a service', reason);
    const [first] = records;
    if (failed.length === 0 || first === undefined) return { batchItemFailures: [] };
    return { batchItemFailures: [{ itemIdentifier: sequenceOf(first) }] };
  };
}
