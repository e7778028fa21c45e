import { describe, expect, test } from 'vitest';
import { answersOf, bodyOf } from '../generate/declared-route.ts';
import { placedRoutes, routes } from './all-routes.ts';

test('there are routes to walk', () => {
  expect(placedRoutes.length).toBeGreaterThan(60);
});

describe.each(placedRoutes)('%s', (_name, { context, meta, route }) => {
  test('has metadata, and its action names its context', () => {
    expect(meta).toBeDefined();
    expect(meta?.action.split(':')[0]).toBe(context);
  });

  test('says what it is for', () => {
    expect(route.summary).toMatch(/^[A-Z].{4,60}[^.]$/);
    expect(route.description).toMatch(/^[A-Z].+\.$/s);
  });
});

describe.each(routes)('%s', (_name, placed) => {
  const { route, meta } = placed;

  test('reads if it is a GET, and changes something if not', () => {
    const reading = route.method === 'GET';
    expect(meta.audit).toBe(reading ? 'read' : 'change');
    expect(meta.scope.endsWith(':read')).toBe(reading);
    if (reading) expect(meta.idempotency).toBe('safe');
  });

  test('can be repeated, if it is a POST', () => {
    if (route.method !== 'POST') return;
    const creates = answersOf(placed).some(({ status }) => status === 201);
    expect(creates ? ['key', 'fresh'] : ['key', 'id']).toContain(meta.idempotency);
  });

  test('asks for a version only where one is answered', () => {
    if (route.method === 'PUT' || route.method === 'PATCH') expect(meta.etag).toBe(true);
  });

  test('is called by the callers of its context', () => {
    const people = placed.context === 'app' ? 'player' : 'operator';
    expect([...meta.callers].sort()).toEqual(['machine', people].sort());
  });

  test('takes a body exactly if it can have one', () => {
    if (route.method === 'GET') expect(bodyOf(placed)).toBeUndefined();
    if (route.method === 'PUT' || route.method === 'PATCH') expect(bodyOf(placed)).toBeDefined();
  });
});

test('operations have one name each, in every context', () => {
  const names = placedRoutes.map(([name]) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^(app|dashboard|platform)\.[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
});
