import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openPeople, type People, stranger } from './world.ts';

let people: People;
beforeAll(async () => {
  // Before the platform starts, which takes its clock from there.
  vi.useFakeTimers({ toFake: ['Date'] });
  people = await openPeople();
});
afterAll(async () => {
  await people.test.close();
  vi.useRealTimers();
});

const HOUR = 60 * 60;
const DAY = 24 * HOUR * 1000;

test('whoever was invited and did not come is found nowhere, 60 days after their time; who came is a member still', async () => {
  const admin = await people.operator('admin');
  const offer = (email: string) => admin.invitations.create({ email, role: 'viewer', send: false, expiresIn: HOUR });
  const [{ invitation }, { token }] = [await offer('stays-away@example.com'), await offer('comes@example.com')];
  await stranger(people).invitations.accept({ token: token ?? '' });
  const over = Date.parse(invitation.expiresAt);
  const textAfter = async (days: number) => {
    vi.setSystemTime(over + days * DAY);
    people.platform.inside.database.engine.expire();
    return people.test.snapshot();
  };
  expect(await textAfter(59)).toContain('stays-away@example.com');
  const text = await textAfter(61);
  expect(text).not.toContain('stays-away@example.com');
  expect(text).toContain('comes@example.com');
});
