import { readFileSync } from 'node:fs';
import type { DynamoDBStreamEvent } from 'aws-lambda';

/** What Lambda hands over for one commit of ingest: the sheet, and what there is to tell. */
export function streamRecords(): DynamoDBStreamEvent {
  return JSON.parse(readFileSync(new URL('events/stream-ingest.json', import.meta.url), 'utf8'));
}
