import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from 'vitest';
import type { DeadLetter, StreamConsumer, TableChange } from '../../src/ports/stream.ts';
import { consumeRecords, StreamStalled } from '../../src/stream/consume.ts';
import type { StreamRecord } from '../../src/stream/records.ts';

function recordOf(nth: number, partition = 'T#acme#W#main#U#ada'): StreamRecord {
  const key = { pk: partition, sk: `HAPPENED#${nth}` };
  return {
    dynamodb: {
      Keys: marshall(key),
      NewImage: marshall({ ...key, nth }),
      SequenceNumber: String(nth).padStart(21, '0'),
    },
  };
}

/** A consumer that keeps what it takes, and fails where the test says so. */
function keeper(fails: (change: TableChange, times: number) => Error | undefined = () => undefined) {
  const taken: unknown[] = [];
  const asked = new Map<unknown, number>();
  const consumer: StreamConsumer = {
    name: 'keeper',
    wants: () => true,
    consume: async (changes) => {
      for (const change of changes) {
        const nth: unknown = change.after?.nth;
        asked.set(nth, (asked.get(nth) ?? 0) + 1);
        const error = fails(change, asked.get(nth) ?? 0);
        if (error !== undefined) throw error;
        taken.push(nth);
      }
    },
  };
  return { consumer, taken, asked };
}

function letters() {
  const kept: DeadLetter[] = [];
  return { kept, putAside: async (letter: DeadLetter) => void kept.push(letter) };
}

const records = [1, 2, 3, 4, 5].map((nth) => recordOf(nth));
const isThree = ({ after }: TableChange) => after?.nth === 3;

describe('records', () => {
  test('come in order, all at once, those that concern the consumer alone', async () => {
    const { consumer, taken } = keeper();
    const { putAside, kept } = letters();
    const wants = (key: { sk: string }) => key.sk !== 'HAPPENED#2';
    expect(await consumeRecords({ ...consumer, wants }, records, putAside)).toBe(4);
    expect([taken, kept]).toEqual([[1, 3, 4, 5], []]);
  });

  test("of the stream's own bookkeeping come to nobody, or a dead letter would make another", async () => {
    const { consumer, taken } = keeper();
    await consumeRecords(consumer, [recordOf(1, 'T#@platform#W#@#STREAM#webhooks')], letters().putAside);
    expect(taken).toEqual([]);
  });
});

describe('threat 51: a poisonous record', () => {
  test('is put aside after three tries, and all others go through, in order', async () => {
    const { consumer, taken, asked } = keeper((change) =>
      isThree(change) ? new TypeError('broken\nshape') : undefined,
    );
    const { putAside, kept } = letters();
    expect(await consumeRecords(consumer, records, putAside)).toBe(5);
    // Those before it were taken twice: consuming twice must be consuming once.
    expect(taken.slice(2)).toEqual([1, 2, 4, 5]);
    expect(asked.get(3)).toBe(4);
    expect(kept).toEqual([
      {
        consumer: 'keeper',
        sequence: '000000000000000000003',
        key: { pk: 'T#acme#W#main#U#ada', sk: 'HAPPENED#3' },
        error: 'TypeError: broken\nshape',
      },
    ]);
  });

  test('that can be taken at the second try is none', async () => {
    const { consumer, taken } = keeper((change, times) =>
      isThree(change) && times < 3 ? new Error('once') : undefined,
    );
    const { putAside, kept } = letters();
    await consumeRecords(consumer, records, putAside);
    expect([taken.slice(2), kept]).toEqual([[1, 2, 3, 4, 5], []]);
  });

  test('that cannot be put aside holds the stream', async () => {
    const { consumer } = keeper((change) => (isThree(change) ? new Error('broken') : undefined));
    const full = async () => {
      throw new Error('no room');
    };
    await expect(consumeRecords(consumer, records, full)).rejects.toThrow('no room');
  });
});

describe('a service that is out of reach', () => {
  const unavailable = (name: string, httpStatusCode: number) =>
    new DynamoDBServiceException({ name, $fault: 'server', $metadata: { httpStatusCode } });

  test.each([
    ['throttling', unavailable('ThrottlingException', 400)],
    ['a failure inside', unavailable('InternalServerError', 500)],
    ['no connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    ['no answer', Object.assign(new Error('late'), { name: 'TimeoutError' })],
  ])('%s holds the stream, and puts nothing aside', async (_what, error) => {
    const { consumer, asked } = keeper((change) => (isThree(change) ? error : undefined));
    const { putAside, kept } = letters();
    await expect(consumeRecords(consumer, records, putAside)).rejects.toBeInstanceOf(StreamStalled);
    expect([kept, asked.get(3), asked.get(4)]).toEqual([[], 1, undefined]);
  });
});
