import type { Key, Scope } from '../store/scope.ts';
import type { Item } from '../store/table.ts';

/** One item of the table that was written or removed, as the stream tells it. */
export interface TableChange {
  readonly key: Key;
  /** Nothing where the item is new. */
  readonly before: Item | undefined;
  /** Nothing where the item was removed. */
  readonly after: Item | undefined;
}

/**
 * Who follows the table. Changes come in the order in which they were committed, those of one partition at least, and
 * may come again: consuming twice must be consuming once. What throws is retried, then put aside as a dead letter, and
 * the stream goes on; what is thrown while a service is out of reach holds the stream until it is back.
 */
export interface StreamConsumer {
  /** Names its place in the stream and its dead letters; never renamed. */
  readonly name: string;
  /** Whether changes of an item concern it, told from the key alone. */
  readonly wants: (key: Key) => boolean;
  readonly consume: (changes: readonly TableChange[]) => Promise<void>;
  /** Makes what it keeps of a workspace anew from the table; without it, the happenings that are kept are told again. */
  readonly rebuild?: (scope: Scope) => Promise<void>;
}

/** A change that a consumer could not take, put aside. */
export interface DeadLetter {
  readonly consumer: string;
  /** The place in the stream: sorts by time. */
  readonly sequence: string;
  /** Which item it was about: read it to try again. */
  readonly key: Key;
  readonly error: string;
}

/** Where dead letters go. */
export type PutAside = (letter: DeadLetter) => Promise<void>;
