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

const withMethod = (...methods: readonly string[]) => routes.filter(([, { route }]) => methods.includes(route.method));

test.each(withMethod('GET'))('%s reads', (_name, placed) => {
  expect(placed.meta).toMatchObject({ audit: 'read', idempotency: 'safe', scope: expect.stringMatching(/:read$/) });
  expect(bodyOf(placed)).toBeUndefined();
});

/** Calculations: what they take does not fit into a query. */
const calculations = [
  'dashboard.missions.backtest',
  'dashboard.rewardRules.backtest',
  'dashboard.streaks.backtest',
  'dashboard.expressions.check',
  'dashboard.expressions.evaluate',
  'dashboard.config.plan',
  'dashboard.authorize.explain',
];
const changing = (...methods: readonly string[]) =>
  withMethod(...methods).filter(([name]) => !calculations.includes(name));

test('calculations change nothing, and there are no others', () => {
  const calculating = withMethod('POST').filter(([, { meta }]) => meta.audit === 'read');
  expect(calculating.map(([name]) => name)).toEqual(calculations);
  for (const [, { meta }] of calculating) {
    expect(meta).toMatchObject({ idempotency: 'safe', scope: expect.stringMatching(/:read$/) });
  }
});

test.each(changing('POST', 'PUT', 'PATCH', 'DELETE'))('%s changes something', (_name, { meta }) => {
  expect(meta.audit).toBe('change');
  expect(meta.scope).not.toMatch(/:read$/);
  expect(meta.level).not.toBe('read');
});

/** What replaces nothing that was read: the last word counts, whatever was said before. */
const LAST_WORD: ReadonlySet<string> = new Set(['app.privacy.consent', 'dashboard.privacy.consent']);

test.each(withMethod('PUT', 'PATCH'))('%s changes what was read, by its version', (_name, placed) => {
  if (LAST_WORD.has(placed.name)) return;
  expect(placed.meta).toMatchObject({ etag: true, idempotency: 'safe' });
  expect(bodyOf(placed)).toBeDefined();
});

test.each(changing('POST'))('%s can be repeated', (_name, placed) => {
  const creates = answersOf(placed).some(({ status }) => status === 201);
  expect(creates ? ['key', 'fresh'] : ['key', 'id']).toContain(placed.meta.idempotency);
});

test.each(routes)('%s is called by machines and the people of its context', (_name, { context, meta }) => {
  expect(new Set(meta.callers)).toEqual(new Set(['machine', context === 'app' ? 'player' : 'operator']));
});

test('operations have one name each, in every context', () => {
  const names = placedRoutes.map(([name]) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^(app|dashboard|platform)\.[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
});
