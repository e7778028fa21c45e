import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderedKeys } from '../../src/ranks/ordered-keys.ts';

const sorted = (keys: Iterable<string>) => [...keys].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
const key = fc.integer({ min: 0, max: 60 }).map((number) => `k${String(number).padStart(3, '0')}`);

test('answers as a sorted array of different texts does', () => {
  const step = fc.tuple(fc.constantFrom('add', 'delete'), key);
  fc.assert(
    fc.property(fc.uniqueArray(key), fc.array(step), key, fc.nat(70), fc.nat(10), (first, steps, text, from, limit) => {
      const keys = orderedKeys(sorted(first));
      const model = new Set(first);
      for (const [verb, one] of steps) {
        const changes = verb === 'add' ? !model.has(one) : model.has(one);
        expect(verb === 'add' ? keys.add(one) : keys.delete(one)).toBe(changes);
        if (verb === 'add') model.add(one);
        else model.delete(one);
      }
      const all = sorted(model);
      expect(keys.size).toBe(all.length);
      expect(keys.countBefore(text)).toBe(all.filter((one) => one < text).length);
      expect(keys.countUpTo(text)).toBe(all.filter((one) => one <= text).length);
      expect(keys.slice(from, limit)).toEqual(all.slice(from, from + limit));
      expect(keys.slice(0, 1000)).toEqual(all);
    }),
  );
});

test('holds as well where there are many more keys than a block takes', () => {
  const numbers = Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 20_000);
  const keys = orderedKeys();
  for (const number of numbers) keys.add(String(number).padStart(6, '0'));
  for (const number of numbers.slice(0, 5000)) keys.delete(String(number).padStart(6, '0'));
  const left = sorted(numbers.slice(5000).map((number) => String(number).padStart(6, '0')));
  expect(keys.size).toBe(15_000);
  for (const place of [0, 1, 511, 512, 1023, 1024, 7777, 14_999]) {
    const text = left[place] ?? '';
    expect([keys.countBefore(text), keys.countUpTo(text)]).toEqual([place, place + 1]);
    expect(keys.slice(place, 3)).toEqual(left.slice(place, place + 3));
  }
});
