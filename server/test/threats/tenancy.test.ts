import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openWorld } from '../isolation/world.ts';
import { ACME, call } from '../support/platform.ts';
import { expectProblem, pointersOf } from '../support/problems.ts';

const world = await openWorld();
afterAll(() => world.close());
const { home, own, others } = world;
let before: readonly string[];
beforeAll(async () => {
  before = await world.elsewhere();
});
afterEach(async () => {
  expect(world.watch.strayed()).toEqual([]);
  expect(await world.elsewhere()).toEqual(before);
});

const named = (thing: string, mark = own.mark) => `${mark}.${thing}`;

describe('threat 20: a workspace in the body is never the one that counts', () => {
  test.each(['workspace', 'workspaceId', 'tenant', 'tenantId'])('%s', async (field) => {
    const clients = { name: 'x', scopes: ['users:read'], [field]: 'side' };
    const user = { id: `with-${field.toLowerCase()}`, [field]: 'side' };
    const bodies = [
      ['/dashboard/v1/api-clients', clients],
      ['/dashboard/v1/users', user],
      ['/dashboard/v1/events', { userId: own.userId, activity: named('lesson.completed'), [field]: 'side' }],
    ] as const;
    for (const [path, body] of bodies) {
      expect(pointersOf(expectProblem(await call(home, 'POST', path, { body }), 'invalid_request'))).toEqual(['']);
    }
    const owner = await world.operator(ACME, 'owner');
    const path = '/platform/v1/tenants/acme/workspaces/main/api-clients';
    expectProblem(await call(owner, 'POST', path, { body: clients }), 'invalid_request');
  });
});

describe('threat 23: a batch with one thing of somebody else', () => {
  const theirs = others[1]?.userId ?? '';
  const lesson = named('lesson.completed');

  test('of events: the others are judged for themselves, and the one is nobody’s', async () => {
    const event = (at: number, userId: string) => ({ id: `batch-${at}`, userId, activity: lesson });
    const events = Array.from({ length: 100 }, (_, at) => event(at, at === 57 ? theirs : own.userId));
    const { status, text, body } = await call(home, 'POST', '/dashboard/v1/events/batch', { body: { events } });
    expect([status, body.accepted, body.rejected]).toEqual([200, 99, 1]);
    expect(text).not.toContain(theirs);
    const item: unknown = Object(body.items)[57];
    const missing = { events: [event(101, 'missing')] };
    const miss = await call(home, 'POST', '/dashboard/v1/events/batch', { body: missing });
    const plain = (one: unknown) => JSON.stringify(one).replaceAll(/req_\w+|"index":\d+/g, '');
    expect(plain(item).replace(/events\/\d+/, '')).toBe(plain(Object(miss.body.items)[0]).replace(/events\/\d+/, ''));
  });

  test('of legs: all or nothing', async () => {
    const leg = (userId: string) => ({ userId, currency: named('xp'), amount: 1 });
    const legs = [...Array.from({ length: 19 }, () => leg(own.userId)), leg(theirs)];
    const wallet = () => call(home, 'GET', `/dashboard/v1/users/${own.userId}/wallets`);
    const held = (await wallet()).text;
    const answer = await call(home, 'POST', '/dashboard/v1/ledger/transactions', {
      body: { kind: 'credit', legs, note: 'for all of them' },
    });
    expect(pointersOf(expectProblem(answer, 'unknown_reference'))).toEqual(['/legs/19/userId']);
    expect(answer.text).not.toContain(theirs);
    expect((await wallet()).text).toBe(held);
  });

  test('of definitions: a document that refers to a thing of theirs is refused whole', async () => {
    const definitions = {
      activities: [{ id: named('new-activity'), name: { en: 'New' }, playersMaySend: false }],
      streaks: [
        {
          id: named('new-streak'),
          name: { en: 'New' },
          activity: named('lesson.completed', others[1]?.mark),
          cadence: 'day',
          zone: 'UTC',
        },
      ],
    };
    const document = { format: 'laurel.config/1', definitions };
    const { status, text } = await call(home, 'POST', '/dashboard/v1/config/plan', {
      body: { document, parts: ['streaks'] },
    });
    expect([status, /unknown_reference|no such activity/i.test(text)], text).toEqual([expect.any(Number), true]);
  });
});
