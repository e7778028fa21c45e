import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, differencesOf } from '../../src/domain/config/differences.ts';

/** JSON values with few names and few leaves, so that two of them often meet; hostile names among them. */
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, true, 0, 1, '', 'a', '/', '~'),
    fc.array(tie('json'), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', '/', '~', '0', 'constructor', '__proto__'), tie('json')), {
        maxLength: 4,
        selector: ([name]) => name,
      })
      .map((entries) => Object.fromEntries(entries)),
  ),
}));

const textOf = (value: unknown) => JSON.stringify(canonical(value));

/** What a JSON pointer names (RFC 6901); nothing where it names nothing. */
function at(value: unknown, pointer: string): unknown {
  const steps = pointer.split('/').slice(1);
  return steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (part, step) => (Object.hasOwn(Object(part), step) ? Reflect.get(Object(part), step) : undefined),
      value,
    );
}

describe('differences', () => {
  test('are none between equal values, and some between others', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(differencesOf(before, structuredClone(before))).toEqual([]);
        expect(differencesOf(before, after).length === 0).toBe(textOf(before) === textOf(after));
      }),
    );
  });

  test('say what stands at their places, on both sides, and turn round with the sides', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const found = differencesOf(before, after);
        for (const difference of found) {
          expect(at(before, difference.pointer)).toEqual(difference.before);
          expect(at(after, difference.pointer)).toEqual(difference.after);
        }
        const turned = differencesOf(after, before).map(({ pointer }) => pointer);
        expect(turned).toEqual(found.map(({ pointer }) => pointer));
        expect(new Set(turned).size).toBe(turned.length);
      }),
    );
  });

  test('are in one order, whatever order the fields were in', () => {
    expect(differencesOf({ b: 1, a: [1, 2, 3], 'x/y~': 1 }, { a: [1, 5], b: 2 })).toEqual([
      { pointer: '/a/1', before: 2, after: 5 },
      { pointer: '/a/2', before: 3 },
      { pointer: '/b', before: 1, after: 2 },
      { pointer: '/x~1y~0', before: 1 },
    ]);
  });
});

test('the canonical form keeps a value and forgets the order of its fields, and no name pollutes', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonical(value)).toEqual(value);
      expect(textOf(canonical(value))).toBe(textOf(value));
      expect(Object({}).a).toBeUndefined();
    }),
  );
  expect(textOf({ b: { d: 1, c: 2 }, a: 0 })).toBe('{"a":0,"b":{"c":2,"d":1}}');
});
