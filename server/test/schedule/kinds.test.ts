import { boundaryKinds } from '@laurel/contract/clock/schema';
import { expect, test } from 'vitest';
import { turnHandlers } from '../../src/schedule/handlers.ts';

test('the contract names every kind of what comes due, and no other', () => {
  expect([...turnHandlers.keys()].toSorted()).toEqual([...boundaryKinds].toSorted());
});
