import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, codesOf } from '../game/world.ts';
import type { Place } from '../support/platform.ts';
import { clientOf, openPeople, type People, SIDE } from './world.ts';

let people: People;
let count = 0;
beforeAll(async () => {
  people = await openPeople();
});
afterAll(() => people.test.close());

/** A workspace of its own with somebody of each role that is named. */
async function staffed(...roles: ('owner' | 'admin' | 'manager' | 'viewer')[]) {
  count += 1;
  const place: Place = { tenant: `staff-${count}`, workspace: 'main' };
  const all: { laurel: Laurel; id: string; ifMatch: number }[] = [];
  for (const role of roles) {
    const laurel = await people.operator(role, place);
    all.push({ laurel, id: (await laurel.me.get()).id, ifMatch: 1 });
  }
  return all;
}

describe('the last owner', () => {
  test('is neither removed, demoted nor suspended, by themselves or a machine', async () => {
    const [only] = await staffed('owner');
    if (only === undefined) throw new Error('nobody is there');
    const { laurel, id, ifMatch } = only;
    const before = await people.test.snapshot();
    expect(
      await codesOf([
        laurel.members.remove(id),
        laurel.members.update(id, { role: 'admin' }, { ifMatch }),
        laurel.members.update(id, { status: 'suspended' }, { ifMatch }),
      ]),
    ).toEqual(['last_owner', 'last_owner', 'last_owner']);
    expect(await people.test.snapshot()).toBe(before);
  });

  test('one of two who take it from one another at once stays', async () => {
    for (const way of ['demote', 'remove', 'suspend'] as const) {
      const [a, b] = await staffed('owner', 'owner');
      if (a === undefined || b === undefined) throw new Error('nobody is there');
      const strike = ({ laurel }: typeof a, { id, ifMatch }: typeof a) => {
        if (way === 'remove') return laurel.members.remove(id);
        return laurel.members.update(id, way === 'demote' ? { role: 'viewer' } : { status: 'suspended' }, { ifMatch });
      };
      const codes = await codesOf([strike(a, b), strike(b, a)]);
      expect(codes.toSorted(), way).toEqual(['last_owner', 'none']);
    }
  });

  test('a suspended owner does not count as one', async () => {
    const [a, b] = await staffed('owner', 'owner');
    await a?.laurel.members.update(b?.id ?? '', { status: 'suspended' }, { ifMatch: 1 });
    expect(await codeOf(a?.laurel.members.remove(a.id) ?? Promise.resolve())).toBe('last_owner');
  });
});

describe('threat 29: no way up', () => {
  test('an admin makes nobody an owner, and touches none', async () => {
    const [owner, admin, viewer] = await staffed('owner', 'admin', 'viewer');
    if (owner === undefined || admin === undefined || viewer === undefined) throw new Error('nobody is there');
    const { members } = admin.laurel;
    expect(
      await codesOf([
        members.update(admin.id, { role: 'owner' }, { ifMatch: 1 }),
        members.update(viewer.id, { role: 'owner' }, { ifMatch: 1 }),
        members.update(owner.id, { role: 'viewer' }, { ifMatch: 1 }),
        members.update(owner.id, { status: 'suspended' }, { ifMatch: 1 }),
        members.remove(owner.id),
        viewer.laurel.members.update(viewer.id, { role: 'admin' }, { ifMatch: 1 }),
      ]),
    ).toEqual(Array.from({ length: 6 }, () => 'forbidden'));
    expect((await members.list().toArray({ max: 10 })).map(({ role }) => role).toSorted()).toEqual([
      'admin',
      'owner',
      'viewer',
    ]);
  });

  test('an admin of one workspace is nothing in another', async () => {
    const here = await people.operator('admin');
    const there = await people.operator('viewer', SIDE);
    const { id } = await there.me.get();
    expect(
      await codesOf([
        here.members.get(id),
        here.members.update(id, { role: 'admin' }, { ifMatch: 1 }),
        here.members.remove(id),
      ]),
    ).toEqual(['not_found', 'not_found', 'not_found']);
    expect((await there.me.get()).memberships).toEqual([{ workspace: 'side', role: 'viewer', status: 'active' }]);
  });
});

test('whoever was read before somebody else changed them is not overwritten', async () => {
  const [owner, , viewer] = await staffed('owner', 'admin', 'viewer');
  const update = (role: 'manager' | 'viewer', ifMatch: number) =>
    owner?.laurel.members.update(viewer?.id ?? '', { role }, { ifMatch }) ?? Promise.resolve();
  expect(await codeOf(update('manager', 1))).toBe('none');
  expect(await codeOf(update('viewer', 1))).toBe('version_mismatch');
});

test('threat 13: a member who is removed is refused, and frees a seat', async () => {
  const [owner] = await staffed('owner');
  if (owner === undefined) throw new Error('nobody is there');
  const { tenant, workspace } = await owner.laurel.me.get();
  const gone = clientOf(await people.test.operator({ tenant, workspace }, 'viewer'));
  const { seats } = (await owner.laurel.platform.plans.get(tenant)).used;
  const [{ id } = { id: '' }] = (await owner.laurel.members.list()).items.filter(({ role }) => role === 'viewer');
  await owner.laurel.members.remove(id);
  expect((await owner.laurel.platform.plans.get(tenant)).used.seats).toBe(seats - 1);
  expect(await codeOf(owner.laurel.members.get(id))).toBe('not_found');
  // Their token was never used, so no gateway has let it in before.
  expect(await codeOf(gone.me.get())).toBe('forbidden');
});
