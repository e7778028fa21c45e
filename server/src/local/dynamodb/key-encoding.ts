import { crc32 } from 'node:zlib';
import type { AttributeValue } from './attribute-value.ts';
import { parseDecimal } from './decimal.ts';

/** A type that a key attribute may have. */
export type KeyType = 'S' | 'N' | 'B';

/** Sorts after every key: the longest key piece is 2,048 bytes, and an escaped index position at most twice the sum. */
export const AFTER_ALL_KEYS: Uint8Array = Buffer.alloc(10_000, 0xff);

/** Stands where a table or an index has no sort key. */
export const NO_KEY: Uint8Array = new Uint8Array(0);

/** How many partitions a table is divided into for scans: the slots are 0 to this number, exclusive. */
export const SLOTS = 2 ** 32;

/**
 * The bytes of a key value, such that comparing bytes is DynamoDB's order of the values: UTF-8 for strings, unsigned
 * bytes for binary, value for numbers.
 */
export function encodeKey(value: AttributeValue): Uint8Array {
  if ('S' in value) return Buffer.from(value.S, 'utf8');
  if ('B' in value) return Buffer.from(value.B, 'base64');
  if ('N' in value) return encodeNumber(value.N);
  throw new TypeError('Only strings, numbers and binary can be keys.');
}

/**
 * Sign, exponent, then the digits in pairs. A negative number has all of it complemented and ends in 0xFF, so that a
 * longer (larger in magnitude) one comes first.
 */
export function encodeNumber(text: string): Uint8Array {
  const { negative, digits, exponent } = parseDecimal(text);
  if (digits === '') return Buffer.of(1);
  const pairs = Math.ceil(digits.length / 2);
  const bytes = Buffer.alloc(pairs + (negative ? 3 : 2), 0xff);
  bytes[0] = negative ? 0 : 2;
  bytes[1] = negative ? 125 - exponent : 130 + exponent;
  for (let pair = 0; pair < pairs; pair++) {
    const number = Number(digits.slice(2 * pair, 2 * pair + 2).padEnd(2, '0'));
    bytes[2 + pair] = negative ? 100 - number : number + 1;
  }
  return bytes;
}

/** Where a partition stands in a scan: a hash of its key, so that segments of a parallel scan are about equal. */
export function slotOf(partition: Uint8Array): number {
  return crc32(partition);
}

/** The least key that sorts after this one. */
export function justAfter(key: Uint8Array): Uint8Array {
  return Buffer.concat([key, Buffer.of(0)]);
}

/** The least key that sorts after every key with this prefix. */
export function afterPrefix(prefix: Uint8Array): Uint8Array {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end--;
  if (end === 0) return AFTER_ALL_KEYS;
  const bytes = Buffer.from(prefix.subarray(0, end));
  bytes[end - 1] = (bytes[end - 1] ?? 0) + 1;
  return bytes;
}

/**
 * A sort key as the first part of an index position. Zero bytes are escaped and parts end in 00 01, so that the order
 * of the parts is kept and a bound on the sort key is a bound on the position.
 */
export function escapeKey(key: Uint8Array): Uint8Array {
  if (!key.includes(0)) return key;
  const bytes: number[] = [];
  for (const byte of key) bytes.push(...(byte === 0 ? [0, 0xff] : [byte]));
  return Buffer.from(bytes);
}

/** Where an entry stands in its index partition: by the index's sort key, then by the table's key. */
export function indexPosition(sort: Uint8Array, tableHash: Uint8Array, tableRange: Uint8Array): Uint8Array {
  return Buffer.concat([escapeKey(sort), partEnd, escapeKey(tableHash), partEnd, tableRange]);
}

const partEnd = Buffer.of(0, 1);
