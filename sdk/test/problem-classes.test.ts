import { problems } from '@laurel/contract/errors';
import { isProblem, Laurel, ProblemError } from '@laurel/sdk';
import * as classes from '@laurel/sdk/errors';
import { expect, expectTypeOf, test } from 'vitest';
import { problem, serve } from './server.ts';

const all = Object.entries(classes).filter(([name]) => name !== 'ProblemError');

test('there is a class for each code of the contract, and each holds for its own code alone', async () => {
  expect(all).toHaveLength(Object.keys(problems).length);
  for (const [code, { status }] of Object.entries(problems)) {
    const { url } = await serve(() => problem(status, code));
    const laurel = new Laurel({ baseUrl: url, maxRetries: 0, auth: { token: 't' } });
    const error: unknown = await laurel.me.get().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    const holding = all.filter(([, one]) => typeof one === 'function' && error instanceof one);
    expect(holding.map(([, one]) => ('code' in one ? one.code : ''))).toEqual([code]);
  }
  expect(new Error('x') instanceof classes.NotFoundError).toBe(false);
});

test('a class narrows to its code', async () => {
  const { url } = await serve(() => problem(404, 'not_found'));
  const error: unknown = await new Laurel({ baseUrl: url, auth: { token: 't' } }).me
    .get()
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof classes.NotFoundError)) throw new Error('It is no NotFoundError.');
  expectTypeOf(error.code).toEqualTypeOf<'not_found'>();
  expectTypeOf(error).toEqualTypeOf<classes.NotFoundError>();
  expect(isProblem(error, classes.NotFoundError.code)).toBe(true);
});
