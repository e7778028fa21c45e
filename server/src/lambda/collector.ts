import { gunzipSync } from 'node:zlib';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent, SQSEvent } from 'aws-lambda';
import { type LineRecord, readLine, waitingOf } from '../audit/line.ts';
import { putWaiting } from '../store/audit.ts';
import type { Table } from '../store/table.ts';
import { readAccessLine } from './access-line.ts';

/** What collecting takes. */
export interface CollectorParts {
  readonly table: Table;
  readonly tenant: string;
  readonly onError: (message: string, error: unknown) => void;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What comes to the collector: from the logs, or once more, from the queue of what could not be collected. */
export type Collected = CloudWatchLogsEvent | SQSEvent;

function dataOf(event: Collected): readonly string[] {
  if ('awslogs' in event) return [event.awslogs.data];
  // As it came: Lambda puts the event itself into the queue.
  return event.Records.map(({ body }) => {
    const { awslogs }: CloudWatchLogsEvent = JSON.parse(body);
    return awslogs.data;
  });
}

/**
 * Makes the handler of what the logs of one tenant's functions and API say: records, and requests that API Gateway has
 * answered by itself. They are written where they wait to be sealed; the same again is written over, or found to be
 * sealed. What throws comes again: twice from Lambda, then from a queue for as long as it takes.
 */
export function collector({ table, tenant, onError }: CollectorParts) {
  const recordOf = (text: string): LineRecord | undefined => {
    const message = parsed(text);
    return readLine(message) ?? readAccessLine(tenant, message);
  };
  async function collect(data: string): Promise<number> {
    const unzipped = gunzipSync(Buffer.from(data, 'base64')).toString('utf8');
    const { messageType, logEvents }: CloudWatchLogsDecodedData = JSON.parse(unzipped);
    if (messageType !== 'DATA_MESSAGE') return 0;
    const lines = logEvents.flatMap(({ message }) => recordOf(message) ?? []);
    // A function of this tenant has no word about another; its role would not let it be written either.
    const own = lines.filter(({ scope }) => scope.tenant === tenant);
    if (own.length < lines.length) onError('records of another tenant were refused', lines.length - own.length);
    for (const { scope, waiting } of waitingOf(own)) await putWaiting(table, scope, waiting);
    return own.length;
  }
  return async (event: Collected): Promise<{ readonly records: number }> => {
    let records = 0;
    for (const data of dataOf(event)) records += await collect(data);
    return { records };
  };
}
