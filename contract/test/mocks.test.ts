import { describe, expect, test } from 'vitest';
import { answersOf, bodyOf, paramsOf, queryOf } from '../generate/declared-route.ts';
import { mocksOf } from '../generate/mocks.ts';
import { contract } from '../src/index.ts';
import { routes } from './all-routes.ts';

const mocks = mocksOf(contract);

test('every route has a mock, and every mock a route', () => {
  expect(Object.keys(mocks)).toEqual(routes.map(([name]) => name));
});

test('mocks are the same at every run', () => {
  expect(mocksOf(contract)).toEqual(mocks);
});

describe.each(routes)('%s', (name, placed) => {
  const mock = mocks[name];

  test('has a request that the contract takes', () => {
    const { params, query, body } = mock?.request ?? {};
    for (const [schema, value] of [
      [paramsOf(placed), params],
      [queryOf(placed), query],
      [bodyOf(placed), body],
    ] as const) {
      if (schema === undefined) expect(value).toBeUndefined();
      else expect(schema.safeParse(value).error).toBeUndefined();
    }
  });

  test('has an answer that the contract gives, field by field', () => {
    const answer = answersOf(placed).find(({ status }) => status === mock?.response.status);
    expect(answer?.schema?.parse(mock?.response.body)).toEqual(mock?.response.body);
  });
});
