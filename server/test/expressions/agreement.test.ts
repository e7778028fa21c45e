import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Given, verdict } from './facts.ts';

/** What a term comes to; `none` where evaluating it fails. */
type Result<T> = T | 'none';

/** A term as text, and what it means, calculated without the library. */
interface Term<T> {
  readonly text: string;
  readonly mean: (given: Required<Pick<Given, 'value' | 'attributes' | 'language'>>) => Result<T>;
}

type Whole = Term<bigint>;
type Truth = Term<boolean>;

const failed = (...results: readonly unknown[]): boolean => results.includes('none');

const comparisons = {
  '<': (a: bigint, b: bigint) => a < b,
  '<=': (a: bigint, b: bigint) => a <= b,
  '==': (a: bigint, b: bigint) => a === b,
  '!=': (a: bigint, b: bigint) => a !== b,
  '>': (a: bigint, b: bigint) => a > b,
  '>=': (a: bigint, b: bigint) => a >= b,
};
const sums = {
  '+': (a: bigint, b: bigint) => a + b,
  '-': (a: bigint, b: bigint) => a - b,
  '*': (a: bigint, b: bigint) => a * b,
  '/': (a: bigint, b: bigint): Result<bigint> => (b === 0n ? 'none' : a / b),
  '%': (a: bigint, b: bigint): Result<bigint> => (b === 0n ? 'none' : a % b),
};

function both<T, R>(one: Result<T>, other: Result<T>, combine: (a: T, b: T) => Result<R>): Result<R> {
  return one === 'none' || other === 'none' ? 'none' : combine(one, other);
}

const number = fc.integer({ min: 0, max: 5 });
const literal = number.map((value): Whole => ({ text: String(value), mean: () => BigInt(value) }));
const value: Whole = { text: 'event.value', mean: (given) => BigInt(given.value) };
const score: Whole = {
  text: 'event.attributes.score',
  mean: ({ attributes }) => (typeof attributes.score === 'number' ? BigInt(attributes.score) : 'none'),
};
const scored: Truth = { text: 'has(event.attributes.score)', mean: ({ attributes }) => 'score' in attributes };
const language = fc.constantFrom('en', 'it', 'de');
const speaks = fc.uniqueArray(language).map(
  (languages): Truth => ({
    text: `user.language in [${languages.map((one) => `"${one}"`)}]`,
    mean: (given) => languages.some((one) => one === given.language),
  }),
);
const starts = language.map(
  (one): Truth => ({ text: `user.language.startsWith("${one}")`, mean: (given) => given.language === one }),
);

const { truth } = fc.letrec<{ truth: Truth; whole: Whole }>((tie) => ({
  whole: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(literal, fc.constant(value), fc.constant(score)),
    fc.tuple(tie('whole'), fc.constantFrom('+', '-', '*', '/', '%'), tie('whole')).map(
      ([a, op, b]): Whole => ({
        text: `(${a.text} ${op} ${b.text})`,
        mean: (given) => both(a.mean(given), b.mean(given), sums[op]),
      }),
    ),
  ),
  truth: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.constant(scored), speaks, starts),
    fc.tuple(tie('whole'), fc.constantFrom('<', '<=', '==', '!=', '>', '>='), tie('whole')).map(
      ([a, op, b]): Truth => ({
        text: `${a.text} ${op} ${b.text}`,
        mean: (given) => both(a.mean(given), b.mean(given), comparisons[op]),
      }),
    ),
    // By CEL, one side that decides makes up for another that fails, on whichever side it stands.
    fc.tuple(tie('truth'), fc.constantFrom('&&', '||'), tie('truth')).map(([a, op, b]): Truth => {
      const decisive = op === '||';
      return {
        text: `(${a.text} ${op} ${b.text})`,
        mean: (given) => {
          const results = [a.mean(given), b.mean(given)];
          if (results.includes(decisive)) return decisive;
          return failed(...results) ? 'none' : !decisive;
        },
      };
    }),
    tie('truth').map(
      (a): Truth => ({
        text: `!(${a.text})`,
        mean: (given) => {
          const result = a.mean(given);
          return result === 'none' ? 'none' : !result;
        },
      }),
    ),
    fc.tuple(tie('truth'), tie('truth'), tie('truth')).map(
      ([test, yes, no]): Truth => ({
        text: `(${test.text} ? ${yes.text} : ${no.text})`,
        mean: (given) => {
          const result = test.mean(given);
          return result === 'none' ? 'none' : (result ? yes : no).mean(given);
        },
      }),
    ),
    fc.tuple(fc.array(number, { minLength: 1, maxLength: 4 }), fc.constantFrom('exists', 'all'), tie('whole')).map(
      ([items, loop, bound]): Truth => ({
        text: `[${items}].${loop}(x, x < ${bound.text})`,
        mean: (given) => {
          const limit = bound.mean(given);
          if (limit === 'none') return 'none';
          const holds = (item: number) => BigInt(item) < limit;
          return loop === 'all' ? items.every(holds) : items.some(holds);
        },
      }),
    ),
  ),
}));

const given = fc.record({
  value: number,
  language,
  attributes: fc.oneof(fc.constant({}), fc.record({ score: number })),
});

test('random conditions over the event and the user mean what an independent calculation says', () => {
  const seen = { true: 0, false: 0, none: 0 };
  fc.assert(
    fc.property(truth, given, (condition, facts) => {
      fc.pre(condition.text.length < 600);
      const expected = condition.mean(facts);
      seen[`${expected}`] += 1;
      const found = verdict(condition.text, facts);
      const result = found.holds ? true : found.why === 'condition_refused' ? 'none' : false;
      expect(result).toBe(expected);
    }),
    { numRuns: 2000 },
  );
  // The test is worth something only where all three come about.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
});
