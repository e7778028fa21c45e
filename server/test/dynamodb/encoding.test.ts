import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDecimals, type Decimal, formatDecimal, parseDecimal } from '../../src/local/dynamodb/decimal.ts';
import {
  afterPrefix,
  encodeNumber,
  escapeKey,
  indexPosition,
  justAfter,
} from '../../src/local/dynamodb/key-encoding.ts';

/** Numbers that DynamoDB can hold, in normal form. */
const decimal: fc.Arbitrary<Decimal> = fc.oneof(
  fc.constant({ negative: false, digits: '', exponent: 0 }),
  fc.record({
    negative: fc.boolean(),
    digits: fc.stringMatching(/^[1-9]([0-9]{0,36}[1-9])?$/),
    exponent: fc.integer({ min: -130, max: 125 }),
  }),
);

/** The number as a whole number of units of 1E-200. */
function scaled({ negative, digits, exponent }: Decimal): bigint {
  if (digits === '') return 0n;
  const value = BigInt(digits) * 10n ** BigInt(200 + exponent - (digits.length - 1));
  return negative ? -value : value;
}

const bytes = fc.uint8Array({ maxLength: 6 });
/** Few different bytes, so that prefixes and zeros meet often. */
const trickyBytes = fc.array(fc.constantFrom(0, 1, 2, 254, 255), { maxLength: 5 }).map((list) => Uint8Array.from(list));
const anyBytes = fc.oneof(bytes, trickyBytes);

const sign = (value: number | bigint) => (value < 0 ? -1 : value > 0 ? 1 : 0);

describe('decimals', () => {
  test('text and value are the same thing', () => {
    fc.assert(
      fc.property(decimal, (value) => {
        expect(parseDecimal(formatDecimal(value))).toEqual(value);
      }),
    );
  });

  test('sums are exact', () => {
    fc.assert(
      fc.property(decimal, decimal, (left, right) => {
        expect(scaled(addDecimals(left, right))).toBe(scaled(left) + scaled(right));
      }),
    );
  });
});

describe('keys', () => {
  test('the order of encoded numbers is the order of the numbers', () => {
    fc.assert(
      fc.property(decimal, decimal, (left, right) => {
        const order = Buffer.compare(encodeNumber(formatDecimal(left)), encodeNumber(formatDecimal(right)));
        expect(sign(order)).toBe(sign(scaled(left) - scaled(right)));
      }),
      { numRuns: 1000 },
    );
  });

  test('the order of index positions is the order of their parts', () => {
    const parts = fc.tuple(anyBytes, anyBytes, anyBytes);
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const byParts =
          left.map((part, place) => Buffer.compare(part, right[place] ?? part)).find((order) => order !== 0) ?? 0;
        expect(sign(Buffer.compare(indexPosition(...left), indexPosition(...right)))).toBe(sign(byParts));
      }),
      { numRuns: 1000 },
    );
  });

  test('a bound on the sort key is a bound on the position', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, anyBytes, (sort, bound, rest) => {
        const position = indexPosition(sort, rest, rest);
        expect(Buffer.compare(position, escapeKey(bound)) >= 0).toBe(Buffer.compare(sort, bound) >= 0);
        expect(Buffer.compare(position, escapeKey(justAfter(bound))) < 0).toBe(Buffer.compare(sort, bound) <= 0);
      }),
      { numRuns: 1000 },
    );
  });

  test('a key is between a prefix and the end of the prefix exactly if it begins with it', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, (key, prefix) => {
        const inside = Buffer.compare(key, prefix) >= 0 && Buffer.compare(key, afterPrefix(prefix)) < 0;
        expect(inside).toBe(Buffer.from(key).subarray(0, prefix.length).equals(prefix));
      }),
      { numRuns: 1000 },
    );
  });
});
