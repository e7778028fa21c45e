import { expect, test } from 'vitest';
import { assertCell, eu, MAX_TENANTS } from '../src/config.ts';

const tenants = (...slugs: string[]) => ({ ...eu, tenants: slugs.map((slug) => ({ slug, runsPlatform: false })) });

test.each(['Demo', 'de', 'demo#', 'demo*', 'dem?', '@platform', 'demo-', '-demo', 'x'.repeat(41), ''])(
  '%j could not be fenced',
  (slug) => {
    expect(() => assertCell(tenants(slug))).toThrow(/is not the slug/);
  },
);

test('a cell has no tenant twice, one at most that runs the platform, and as many as API Gateway has APIs for', () => {
  expect(() => assertCell(tenants('demo', 'demo'))).toThrow(/twice/);
  const running = [
    { slug: 'one', runsPlatform: true },
    { slug: 'two', runsPlatform: true },
  ];
  expect(() => assertCell({ ...eu, tenants: running })).toThrow(/two tenants/);
  const many = Array.from({ length: MAX_TENANTS }, (_, at) => `tenant-${at}`);
  expect(() => assertCell(tenants(...many))).not.toThrow();
  expect(() => assertCell(tenants(...many, 'one-more'))).toThrow(/at most 550/);
});
