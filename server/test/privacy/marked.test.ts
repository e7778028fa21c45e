import { Event } from '@laurel/contract/events/schema';
import { isPersonal } from '@laurel/contract/shared/personal';
import { User } from '@laurel/contract/users/schema';
import { expect, test } from 'vitest';
import { personalIn } from '../../src/store/personal.ts';
import { keyOf, workspaceScope } from '../../src/store/scope.ts';

/** Fields of a user that are not personal, each with the reason. */
const PLAIN: Readonly<Record<string, string>> = {
  id: "Laurel's name for them: it says nothing of who they are.",
  visibility: 'How they are shown, in one of three words.',
  consents: 'Yes and no, by purposes of the workspace.',
  status: 'One of three words, which the authorizer reads.',
  version: 'A number.',
  createdAt: 'A time.',
  updatedAt: 'A time.',
};

test('each field of a user is marked as personal, or is not, for a reason', () => {
  const fields = Object.entries(User.shape);
  const marked = fields.filter(([, schema]) => isPersonal(schema)).map(([name]) => name);
  expect(marked.toSorted()).toEqual(['attributes', 'displayName', 'externalId', 'language', 'tags', 'zone']);
  expect(
    fields
      .map(([name]) => name)
      .filter((name) => !marked.includes(name))
      .toSorted(),
  ).toEqual(Object.keys(PLAIN).toSorted());
});

test('of an event, what it said is marked as personal, and it is sealed where it rests', () => {
  const marked = Object.entries(Event.shape).filter(([, schema]) => isPersonal(schema));
  expect(marked.map(([name]) => name)).toEqual(['attributes']);
  const scope = workspaceScope('acme', 'main');
  // On its line in the history, and in what its sender was answered.
  expect(personalIn(keyOf(scope, ['U', 'ada'], ['HISTORY', '2026', 'one']))?.paths).toContainEqual(['entry']);
  expect(personalIn(keyOf(scope, ['E', 'one'], ['EVENT']))?.paths).toEqual([['receipt']]);
});

test('the record of a user, marked or not, is sealed as a whole for them alone', () => {
  const key = keyOf(workspaceScope('acme', 'main'), ['U', 'a#b'], ['PROFILE']);
  const personal = personalIn(key);
  expect(personal?.paths).toEqual([['record']]);
  expect(personal?.ownerOf({})).toBe('a#b');
});
