import type { DeadLetter } from '../ports/stream.ts';
import { commit, put } from './commit.ts';
import { afterOf, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, platformScope, sortPrefix } from './scope.ts';
import { queryItems, recordOf, type Table } from './table.ts';

function letterKey(consumer: string, sequence: string): Key {
  return keyOf(platformScope(), ['STREAM', consumer], ['DEAD', sequence]);
}

/** Whether an item is the stream's own bookkeeping, which no consumer hears of. */
export function isStreamKey({ pk }: Key): boolean {
  return pk.startsWith(`${keyOf(platformScope(), ['STREAM'], []).pk}#`);
}

/** Puts a change aside that a consumer could not take. */
export async function putAside(table: Table, letter: DeadLetter): Promise<void> {
  const item = { ...letterKey(letter.consumer, letter.sequence), record: letter };
  const result = await commit(table, [{ item: put(table, item) }]);
  if (result.kind !== 'committed') throw new Error(`a dead letter could not be kept: ${result.kind}`);
}

/** The dead letters of a consumer, oldest first. */
export async function listDeadLetters(table: Table, consumer: string, reach: Reach): Promise<Listing<DeadLetter>> {
  const { pk } = letterKey(consumer, '');
  const items = await queryItems(table, {
    partition: pk,
    prefix: sortPrefix(['DEAD']),
    limit: reach.limit + 1,
    ...afterOf(reach),
  });
  return listing(items, reach, sortKeyOf, recordOf<DeadLetter>);
}
