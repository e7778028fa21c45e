import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { answersOf, type DeclaredRoute, queryOf } from '../generate/declared-route.ts';
import { routes } from './all-routes.ts';

function answerFields(placed: DeclaredRoute): string[] {
  const schema = answersOf(placed)[0]?.schema;
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function takesFields(placed: DeclaredRoute): string[] {
  const schema = queryOf(placed);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

const reading = routes.filter(([, { route }]) => route.method === 'GET');
const lists = reading.filter(
  ([, placed]) =>
    placed.operation.endsWith('.list') ||
    answerFields(placed).includes('items') ||
    takesFields(placed).includes('cursor'),
);

test('there are lists to walk', () => {
  expect(lists.length).toBeGreaterThan(15);
});

describe.each(lists)('%s', (_name, placed) => {
  test('answers with a page', () => {
    expect(answerFields(placed)).toEqual(['items', 'nextCursor']);
  });

  test('takes a limit and a cursor', () => {
    const query = queryOf(placed);
    expect(query?.safeParse({ limit: '2', cursor: 'c' })).toMatchObject({ success: true, data: { limit: 2 } });
    expect(query?.safeParse({})).toMatchObject({ success: true, data: { limit: 50 } });
    for (const limit of ['0', '201', '1.5', 'x']) expect(query?.safeParse({ limit }).success).toBe(false);
  });
});

/** The events of a stream are of many shapes, told apart by their type. */
const whole = reading.filter(([, { meta }]) => meta.stream !== true);

test.each(whole)('%s answers with an object, which can grow', (_name, placed) => {
  for (const { schema } of answersOf(placed)) expect(schema).toBeInstanceOf(z.ZodObject);
});
