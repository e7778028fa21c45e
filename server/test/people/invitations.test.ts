import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, codesOf, times } from '../game/world.ts';
import { signIn } from '../support/sign-in.ts';
import { clientOf, HOME, openPeople, type People, SIDE, setTime, stranger, tokenIn } from './world.ts';

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
const lastMail = () => people.mails.at(-1) ?? { to: '', subject: '', text: '' };
/** An invitation whose token is told. */
async function offered(by: Laurel, email: string, more: { role?: 'viewer' | 'owner'; expiresIn?: number } = {}) {
  const { invitation, token } = await by.invitations.create({ email, role: 'viewer', send: false, ...more });
  return { id: invitation.id, token: token ?? '' };
}
const accept = (token: string, more = {}) => stranger(people).invitations.accept({ token, ...more });

test('whoever accepts an invitation signs in, and is what it said', async () => {
  const { invitation, token } = await admin.invitations.create({ email: 'Grace@Example.com', role: 'manager' });
  expect({ ...invitation, token }).toMatchObject({ email: 'grace@example.com', status: 'pending', token: null });
  const mail = lastMail();
  expect(mail).toMatchObject({ to: 'grace@example.com' });
  const accepted = await accept(tokenIn(mail), { password: PASSWORD });
  expect(accepted.memberships).toEqual([{ workspace: 'main', role: 'manager', status: 'active' }]);
  expect(await admin.invitations.get(invitation.id)).toMatchObject({ status: 'accepted' });

  const signedIn = await signIn(people.platform.baseUrl, { email: 'grace@example.com', password: PASSWORD });
  const grace = clientOf({ baseUrl: `${people.platform.baseUrl}/${HOME.tenant}`, token: signedIn });
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

test('a token is stored nowhere, and told once', async () => {
  const { id, token } = await offered(admin, 'secret@example.com');
  const [, secret = ''] = token.split('.');
  expect(secret).toHaveLength(43);
  expect(await people.test.snapshot()).not.toContain(secret);
  expect(JSON.stringify([await admin.invitations.get(id), await admin.invitations.list()])).not.toContain(secret);
});

describe('what cannot be accepted looks the same', () => {
  test('whether it is unknown, wrong, used, revoked, replaced or expired', async () => {
    const used = await offered(admin, 'used@example.com');
    await accept(used.token);
    const revoked = await offered(admin, 'revoked@example.com');
    await admin.invitations.revoke(revoked.id);
    const replaced = await offered(admin, 'replaced@example.com');
    await admin.invitations.resend(replaced.id, { send: false });
    const expired = await offered(admin, 'expired@example.com', { expiresIn: 60 });
    const wrong = await offered(admin, 'wrong@example.com');
    const tokens = [
      used.token,
      revoked.token,
      replaced.token,
      `${wrong.id}.${'x'.repeat(43)}`,
      `inv_${'0'.repeat(26)}.${'x'.repeat(43)}`,
      `${wrong.token} `,
      'x',
      '__proto__',
      '../../x',
    ];
    const bodies = await Promise.all(
      tokens.map(async (token) => {
        const answer = await fetch(`${people.platform.baseUrl}/acme/dashboard/v1/invitations/accept`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ token }),
        });
        return `${answer.status} ${(await answer.text()).replace(/req_\w+/, 'req')}`;
      }),
    );
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toMatch(/^422 .*"invalid_code"/);
    await setTime(people, '+61s', async () => {
      expect(await codeOf(accept(expired.token))).toBe('invalid_code');
      expect(await admin.invitations.get(expired.id)).toMatchObject({ status: 'expired' });
      // The one that is not over still is good.
      expect((await accept(wrong.token)).email).toBe('wrong@example.com');
    });
  });

  test('nor in another tenant', async () => {
    const { token } = await offered(admin, 'elsewhere@example.com');
    expect(await codeOf(stranger(people, 'bolt').invitations.accept({ token }))).toBe('invalid_code');
    expect((await accept(token)).tenant).toBe('acme');
  });
});

test('of ten who accept at once, one does', async () => {
  const { token } = await offered(admin, 'racing@example.com');
  const codes = await codesOf(times(10, () => accept(token)));
  expect(codes.toSorted()).toEqual([...times(9, () => 'invalid_code'), 'none']);
  const racing = (await admin.members.list().toArray({ max: 100 })).filter(
    ({ email }) => email === 'racing@example.com',
  );
  expect(racing).toHaveLength(1);
});

test('an invitation changes no account that is there', async () => {
  const first = await offered(admin, 'known@example.com');
  await accept(first.token, { password: PASSWORD });
  const second = await offered(await people.operator('admin', SIDE), 'known@example.com');
  await accept(second.token, { password: 'another password entirely' });
  const person = { email: 'known@example.com', password: 'another password entirely' };
  await expect(signIn(people.platform.baseUrl, person)).rejects.toThrow();
});

describe('threat 29: nobody gives what they lack', () => {
  test('a role above their own, also by resending or revoking', async () => {
    expect(await codeOf(offered(admin, 'up@example.com', { role: 'owner' }))).toBe('forbidden');
    const byOwner = await offered(owner, 'up@example.com', { role: 'owner' });
    expect(await codeOf(admin.invitations.resend(byOwner.id, { send: false }))).toBe('forbidden');
    expect(await codeOf(admin.invitations.revoke(byOwner.id))).toBe('forbidden');
    const manager = await people.operator('manager');
    expect(await codeOf(manager.invitations.create({ email: 'a@example.com', role: 'viewer' }))).toBe('forbidden');
  });

  test('a machine what its scopes do not reach', async () => {
    const narrow = await people.machine(['invitations:write', 'members:write', 'users:read']);
    expect(await codeOf(narrow.invitations.create({ email: 'm@example.com', role: 'viewer' }))).toBe('forbidden');
    const full = await people.machine();
    expect(await codeOf(full.invitations.create({ email: 'm@example.com', role: 'owner' }))).toBe('forbidden');
    expect(await codeOf(full.invitations.create({ email: 'm@example.com', role: 'admin', send: false }))).toBe('none');
  });

  test('a role in a workspace where they have none: it looks like none', async () => {
    const into = (by: Laurel, ...workspaces: string[]) =>
      codeOf(by.invitations.create({ email: 'w2@example.com', role: 'viewer', workspaces, send: false }));
    const codes = [await into(admin, 'side'), await into(admin, 'main', 'side'), await into(admin, 'nowhere')];
    expect(codes).toEqual(times(3, () => 'unknown_reference'));
    expect(await into(owner, 'nowhere')).toBe('unknown_reference');
    // An owner's level is about the tenant as a whole.
    expect(await into(owner, 'main', 'side')).toBe('none');
  });
});

test('an invitation into two workspaces shows each its own, and is one seat', async () => {
  const { invitation, token } = await owner.invitations.create({
    email: 'both@example.com',
    role: 'viewer',
    workspaces: ['main', 'side'],
    send: false,
  });
  const other = await people.operator('admin', SIDE);
  expect((await other.invitations.get(invitation.id)).workspaces).toEqual(['side']);
  expect((await admin.invitations.get(invitation.id)).workspaces).toEqual(['main']);
  expect(await codeOf(other.invitations.revoke(invitation.id))).toBe('forbidden');
  const { used: before } = await owner.platform.plans.get('acme');
  expect((await accept(token ?? '')).memberships.map(({ workspace }) => workspace)).toEqual(['main', 'side']);
  expect((await owner.platform.plans.get('acme')).used).toEqual(before);
});
