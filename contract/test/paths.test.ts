import { describe, expect, test } from 'vitest';
import { paramsOf } from '../generate/declared-route.ts';
import { mocksOf } from '../generate/mocks.ts';
import { contract } from '../src/index.ts';
import { routes } from './all-routes.ts';

/** Whether every path of the second form is taken by the first, if that is asked before. */
function shadows(earlier: string, later: string): boolean {
  const [first, second] = [earlier.split('/'), later.split('/')];
  return first.length === second.length && first.every((part, at) => part.startsWith(':') || part === second[at]);
}

test('shadowing is seen', () => {
  expect(shadows('/users/:id', '/users/me')).toBe(true);
  expect(shadows('/users/me', '/users/:id')).toBe(false);
  expect(shadows('/users/:id', '/users/:user')).toBe(true);
  expect(shadows('/users/:id', '/users/:id/sheet')).toBe(false);
});

test('no path takes what a later one should answer', () => {
  const shadowed = routes.flatMap(([name, { route }], at) =>
    routes
      .slice(at + 1)
      .filter(([, later]) => later.route.method === route.method && shadows(route.path, later.route.path))
      .map(([later]) => `${name} shadows ${later}`),
  );
  expect(shadowed).toEqual([]);
});

const mocks = mocksOf(contract);

describe.each(routes)('%s', (name, placed) => {
  test('has a path in its context, in lower case', () => {
    expect(placed.route.path).toMatch(new RegExp(`^/${placed.context}/v1(/[a-z-]+|/:[a-zA-Z]+)+$`));
  });

  test('has a schema for exactly the parameters of its path', () => {
    const named = [...placed.route.path.matchAll(/:(\w+)/g)].map(([, param]) => param);
    expect(Object.keys(mocks[name]?.request.params ?? {})).toEqual(named);
    for (const param of named) {
      const params = Object.fromEntries(named.map((other) => [other, other === param ? '..' : 'acme']));
      expect(paramsOf(placed)?.safeParse(params).success).toBe(false);
    }
  });
});
