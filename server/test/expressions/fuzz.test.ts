import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileExpression, shapeOf } from '../../src/expressions/index.ts';
import { factsOf } from './facts.ts';

const words = fc.constantFrom(
  ...[
    'event',
    'user',
    'player',
    'now',
    '.value',
    '.attributes',
    '.balances',
    '.score',
    '.occurredAt',
    '.language',
    'x',
  ],
  ...[
    'has(',
    'size(',
    'int(',
    'double(',
    'string(',
    '.exists(x,',
    '.all(x,',
    '.filter(x,',
    '.exists_one(x,',
    '.size()',
  ],
  ...['.startsWith(', '.getHours()', 'duration("999999999h")', 'duration("1h")', 'timestamp("2026-11-24T09:30:00Z")'],
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '?',
    '.',
    '&&',
    '||',
    '!',
    '-',
    '+',
    '*',
    '/',
    '%',
    '<',
    '>=',
    '==',
    'in',
  ],
  ...[
    '0',
    '1',
    '2.5',
    '1e308',
    '9223372036854775807',
    '"a"',
    "'",
    '"',
    'r"\\"',
    'b"a"',
    'true',
    'null',
    '1u',
    '\\',
    '//',
  ],
);
const texts = fc.oneof(
  fc.array(words, { maxLength: 30 }).map((all) => all.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
/** Well-formed more often than not, at the edges of what numbers, times and texts can be. */
const edges = fc
  .tuple(
    fc.constantFrom(
      'now + duration("999999999h")',
      'now - duration("999999999h")',
      'event.occurredAt',
      '(now - event.occurredAt)',
      'duration("999999999h999999999h")',
    ),
    fc.constantFrom('.getHours()', '.getFullYear()', '.getSeconds()', '.getDayOfWeek()'),
    fc.constantFrom('== 1', '> -9223372036854775807', '/ 0 == 1', '% 0 < 2', '* 9223372036854775807 > 0'),
  )
  .map(([time, part, compared]) => `(${time})${part} ${compared}`);
const facts = factsOf({ attributes: { score: 1.5 }, balances: { xp: 3 } });

test('whatever the text, it is refused at a place within it, or comes to a value or to why there is none', () => {
  const seen = { refused: 0, compiled: 0 };
  fc.assert(
    fc.property(fc.oneof(texts, edges), (text) => {
      const compiled = compileExpression(text, shapeOf(undefined, null));
      seen[compiled.kind] += 1;
      if (compiled.kind === 'refused') {
        expect(compiled.problems.length).toBeGreaterThan(0);
        for (const { message, from, to } of compiled.problems) {
          expect(message).toMatch(/^(?!undefined)./);
          expect([0 <= from, from <= to, to <= text.length]).toEqual([true, true, true]);
        }
        return;
      }
      const outcome = compiled.evaluate(facts);
      expect('value' in outcome ? outcome.value : outcome.refusal).toBeDefined();
      const parts = compiled.parts(facts);
      expect(parts.length).toBeLessThanOrEqual(200);
      // The last part is the whole, written anew: it must mean the same. A literal has no parts.
      const whole = parts.at(-1);
      if (whole !== undefined) expect(whole).toMatchObject(outcome);
    }),
    { numRuns: 5000 },
  );
  expect(seen.compiled).toBeGreaterThan(300);
  expect(seen.refused).toBeGreaterThan(300);
});
