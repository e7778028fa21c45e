import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, codesOf, times } from '../game/world.ts';
import { signIn } from '../support/sign-in.ts';
import { clientOf, HOME, openPeople, type People, SIDE, stranger, tokenIn } from './world.ts';

let people: People;
let owner: Laurel;
let admin: Laurel;
beforeAll(async () => {
  people = await openPeople();
  owner = await people.operator('owner');
  admin = await people.operator('admin');
});
afterAll(() => people.test.close());

const PASSWORD = 'correct horse battery staple';

test('whoever accepts an invitation signs in, and is what it said', async () => {
  const { invitation, token } = await admin.invitations.create({ email: 'Grace@Example.com', role: 'manager' });
  expect({ ...invitation, token }).toMatchObject({ email: 'grace@example.com', status: 'pending', token: null });
  const mail = people.mails.at(-1);
  expect(mail).toMatchObject({ to: 'grace@example.com' });
  const accepted = await stranger(people).invitations.accept({ token: tokenIn(mail ?? { text: '' }), password: PASSWORD });
  expect(accepted.memberships).toEqual([{ workspace: 'main', role: 'manager', status: 'active' }]);
  expect(await admin.invitations.get(invitation.id)).toMatchObject({ status: 'accepted' });

  const token2 = await signIn(people.platform.baseUrl, { email: 'grace@example.com', password: PASSWORD });
  const grace = clientOf({ baseUrl: `${people.platform.baseUrl}/${HOME.tenant}`, token: token2 });
  expect(await grace.me.get()).toMatchObject({
    kind: 'operator',
    id: accepted.memberId,
    email: 'grace@example.com',
    role: 'manager',
    memberships: [{ workspace: 'main', role: 'manager' }],
  });
  expect(await codeOf(grace.members.list())).toBe('forbidden');
  expect(await admin.members.get(accepted.memberId)).toMatchObject({ role: 'manager', status: 'active' });
});
