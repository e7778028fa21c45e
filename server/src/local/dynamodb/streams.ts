import type { Context } from './context.ts';
import { ServiceError, validationError } from './errors.ts';
import type {
  DescribeStreamRequest,
  GetRecordsRequest,
  GetShardIteratorRequest,
  ListStreamsRequest,
} from './requests.ts';
import { type Stream, type StreamLog, type StreamRecord, sequenceText } from './stream-log.ts';

/** A shard iterator can be used for 15 minutes. */
const ITERATOR_LIFETIME = 15 * 60 * 1000;
const MAX_RECORDS = 1000;
/** Each stream has one shard: records of one table are in one order. */
const SHARD = 'shardId-00000000000000000000-00000001';

export function listStreams({ streams }: Context, request: ListStreamsRequest) {
  const { TableName, Limit = 100, ExclusiveStartStreamArn: start } = request;
  const all = streams.list().filter(({ definition }) => TableName === undefined || definition.tableName === TableName);
  const from = start === undefined ? 0 : all.findIndex(({ definition }) => definition.arn === start) + 1;
  const page = all.slice(from, from + Limit).map(({ definition }) => ({
    StreamArn: definition.arn,
    StreamLabel: definition.label,
    TableName: definition.tableName,
  }));
  return { Streams: page, ...(from + Limit < all.length && { LastEvaluatedStreamArn: page.at(-1)?.StreamArn }) };
}

export function describeStream({ streams }: Context, { StreamArn, ExclusiveStartShardId }: DescribeStreamRequest) {
  const { definition } = existing(streams, StreamArn);
  const range = {
    StartingSequenceNumber: sequenceText(1),
    ...(!definition.enabled && { EndingSequenceNumber: sequenceText(streams.last()) }),
  };
  return {
    StreamDescription: {
      StreamArn: definition.arn,
      StreamLabel: definition.label,
      StreamStatus: definition.enabled ? 'ENABLED' : 'DISABLED',
      StreamViewType: definition.view,
      CreationRequestDateTime: definition.createdAt / 1000,
      TableName: definition.tableName,
      KeySchema: definition.keySchema,
      Shards: ExclusiveStartShardId === SHARD ? [] : [{ ShardId: SHARD, SequenceNumberRange: range }],
    },
  };
}

export function getShardIterator({ streams, now }: Context, request: GetShardIteratorRequest) {
  const stream = existing(streams, request.StreamArn);
  if (request.ShardId !== SHARD) throw notFound(`Requested resource not found: Shard does not exist`);
  return {
    ShardIterator: writeIterator({ arn: request.StreamArn, after: startOf(streams, stream, request), at: now() }),
  };
}

function startOf(streams: StreamLog, stream: Stream, request: GetShardIteratorRequest): number {
  switch (request.ShardIteratorType) {
    case 'TRIM_HORIZON':
      return 0;
    case 'LATEST':
      return streams.last();
    default: {
      const sequence = Number(request.SequenceNumber);
      if (request.SequenceNumber === undefined || !Number.isSafeInteger(sequence)) {
        throw validationError('A valid SequenceNumber is required for this ShardIteratorType');
      }
      const after = request.ShardIteratorType === 'AT_SEQUENCE_NUMBER' ? sequence - 1 : sequence;
      if (streams.trimmedAfter(stream, after)) throw trimmed();
      return after;
    }
  }
}

export function getRecords({ streams, now }: Context, { ShardIterator, Limit = MAX_RECORDS }: GetRecordsRequest) {
  const { arn, after, at } = readIterator(ShardIterator);
  if (now() - at > ITERATOR_LIFETIME) {
    throw new ServiceError('ExpiredIteratorException', 'Iterator expired. Get a new one by GetShardIterator.');
  }
  const stream = existing(streams, arn);
  const records = streams.read(stream, after, Math.min(Limit, MAX_RECORDS));
  const last = records.at(-1)?.dynamodb.SequenceNumber;
  const next = writeIterator({ arn, after: last === undefined ? after : Number(last), at: now() });
  const closed = !stream.definition.enabled && records.length < Limit;
  return { Records: records.map(apiRecord), ...(!closed && { NextShardIterator: next }) };
}

/** The Streams API writes the identity with capital letters, and not the stream's name. */
function apiRecord({ eventSourceARN: _, userIdentity, ...record }: StreamRecord) {
  if (userIdentity === undefined) return record;
  return { ...record, userIdentity: { Type: userIdentity.type, PrincipalId: userIdentity.principalId } };
}

interface Iterator {
  readonly arn: string;
  /** The sequence number after which to read. */
  readonly after: number;
  /** When the iterator was made, in milliseconds since 1970. */
  readonly at: number;
}

function writeIterator({ arn, after, at }: Iterator): string {
  return Buffer.from([after, at, arn].join('|')).toString('base64url');
}

function readIterator(token: string): Iterator {
  const [after = '', at = '', ...arn] = Buffer.from(token, 'base64url').toString().split('|');
  const iterator = { after: Number(after), at: Number(at), arn: arn.join('|') };
  if (!Number.isSafeInteger(iterator.after) || !Number.isSafeInteger(iterator.at) || arn.length === 0) {
    throw validationError('Invalid ShardIterator');
  }
  return iterator;
}

function existing(streams: StreamLog, arn: string): Stream {
  const stream = streams.find(arn);
  if (stream === undefined) throw notFound(`Requested resource not found: Stream: ${arn} not found`);
  return stream;
}

function notFound(message: string) {
  return new ServiceError('ResourceNotFoundException', message);
}

function trimmed() {
  return new ServiceError(
    'TrimmedDataAccessException',
    'The operation attempted to read past the oldest stream record in a shard.',
  );
}
