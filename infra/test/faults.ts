import { expect, test } from 'vitest';
import { seeded, type Templates } from './templates.ts';

/** A fault to seed, and a word of the complaint that it must cause. */
export type Fault = readonly [name: string, complaint: RegExp, seed: (templates: Templates) => void];

/** Tests that a rule has no complaint about the templates, and complains about each fault that is seeded in them. */
export function testRule(
  templates: Templates,
  rule: (templates: Templates) => string[],
  faults: readonly Fault[],
): void {
  test('holds', () => {
    expect(rule(templates)).toEqual([]);
  });

  test.each(faults)('%s is seen', (_name, complaint, seed) => {
    expect(rule(seeded(templates, seed)).join('\n')).toMatch(complaint);
  });
}
