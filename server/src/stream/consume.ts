import type { PutAside, StreamConsumer, TableChange } from '../ports/stream.ts';
import { isStreamKey } from '../store/dead-letters.ts';
import { changeOf, keyOfRecord, type StreamRecord, sequenceOf } from './records.ts';

/** How often a change is tried before it is put aside. */
const TRIES = 3;

/** A service was out of reach: nothing is wrong with the records, they must come again. Consumers may throw it themselves. */
export class StreamStalled extends Error {
  override readonly name = 'StreamStalled';
}

/** Errors by which the AWS SDK and the network say "not now". */
const PASSING =
  /Throttl|ProvisionedThroughput|RequestLimit|TransactionConflict|TimeoutError|InternalServerError|ServiceUnavailable/;
const PASSING_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN']);

/** Whether an error passes by itself. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof StreamStalled) return true;
  const code = 'code' in error ? String(error.code) : '';
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  const status: unknown = Object(metadata).httpStatusCode;
  return PASSING.test(error.name) || PASSING_CODES.has(code) || (typeof status === 'number' && status >= 500);
}

/** What is wrong, without what the item holds. */
function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'something that is no error';
}

async function consumeOne(
  consumer: StreamConsumer,
  change: TableChange,
  sequence: string,
  putAside: PutAside,
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await consumer.consume([change]);
    } catch (error) {
      if (isPassing(error)) throw new StreamStalled(consumer.name, { cause: error });
      if (tried < TRIES) continue;
      return putAside({ consumer: consumer.name, sequence, key: change.key, error: errorText(error) });
    }
  }
}

/**
 * Gives records to a consumer, in order: all at once, and, where that fails, one by one, so that a poisonous one is found
 * and put aside while the others go through.
 * @returns how many of them concerned it
 * @throws StreamStalled where a service is out of reach: the same records must be given again
 */
export async function consumeRecords(
  consumer: StreamConsumer,
  records: readonly StreamRecord[],
  putAside: PutAside,
): Promise<number> {
  const wanted = records.filter((record) => {
    const key = keyOfRecord(record);
    return !isStreamKey(key) && consumer.wants(key);
  });
  if (wanted.length === 0) return 0;
  try {
    await consumer.consume(wanted.map(changeOf));
  } catch (error) {
    if (isPassing(error)) throw new StreamStalled(consumer.name, { cause: error });
    for (const record of wanted) await consumeOne(consumer, changeOf(record), sequenceOf(record), putAside);
  }
  return wanted.length;
}
