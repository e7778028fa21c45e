import { Webhook as Receiver } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dueDeliveries } from '../../src/store/deliveries.ts';
import { deliverDue, nextDeliveryDueAt } from '../../src/webhooks/deliver.ts';
import { codeOf } from '../game/world.ts';
import { after, completed, type Outside, openOutside, START } from './world.ts';

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
const DAY = 24 * HOUR;

let outside: Outside;
beforeEach(async () => {
  outside = await openOutside();
});
afterEach(() => outside.close());

const hook = (path: string, types: readonly 'mission.completed'[] | null = null) =>
  outside.laurel.webhooks.create({
    url: `https://hooks.example.com${path}`,
    types: types === null ? null : [...types],
  });

const deliveries = () => outside.laurel.webhookDeliveries.list().toArray({ max: 1000 });

/** Runs the scheduler's part until a time: whenever something is due, at that moment. */
async function runUntil(end: string): Promise<number> {
  let runs = 0;
  for (;;) {
    const due = await nextDeliveryDueAt(outside.worker, outside.scope);
    if (due === null || due > end) return runs;
    const now = outside.clock.now();
    await outside.run([due, now].toSorted().at(-1) ?? now);
    runs += 1;
    if (runs > 500) throw new Error('the runs do not come to an end');
  }
}

describe('a happening', () => {
  test('goes to every webhook that wants it, once, signed so that the reference library takes it', async () => {
    const all = await hook('/all');
    const some = await hook('/some', ['mission.completed']);
    const [id] = await outside.tell('ada', 1, completed('five'), {
      type: 'level.reached',
      occurredAt: START,
      data: { track: 't', level: 2 },
    });
    await runUntil(START);
    expect(outside.sent.map(({ url }) => new URL(url).pathname).toSorted()).toEqual(['/all', '/all', '/some']);
    for (const [secret, path] of [
      [all.secret, '/all'],
      [some.secret, '/some'],
    ]) {
      const parcel = outside.sent.find(({ url, headers }) => url.endsWith(path ?? '') && headers['webhook-id'] === id);
      expect(new Receiver(secret ?? '').verify(parcel?.body ?? '', { ...parcel?.headers })).toEqual({
        id,
        ...completed('five'),
        workspace: 'main',
        userId: 'ada',
      });
      const tampered = parcel?.body.replace('ada', 'eve') ?? '';
      expect(() => new Receiver(secret ?? '').verify(tampered, { ...parcel?.headers })).toThrow();
    }
    const other = outside.sent.find(({ url }) => url.endsWith('/some'));
    expect(() => new Receiver(all.secret).verify(other?.body ?? '', { ...other?.headers })).toThrow();
    expect((await deliveries()).map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
    expect(await outside.run(after(DAY))).toEqual({ attempted: 0, nextDueAt: null });
  });

  test('that comes twice from the stream is queued once', async () => {
    await hook('/x');
    await outside.tell('ada', 1, completed('five'));
    const { enqueue } = await import('../../src/webhooks/enqueue.ts');
    const { playerBatches } = await import('../../src/store/happenings.ts');
    const batches = await playerBatches(outside.table, outside.scope, 'ada', { after: 0, limit: 10 });
    await runUntil(START);
    await enqueue(outside.table, outside.scope, batches);
    await runUntil(after(DAY));
    expect(outside.sent).toHaveLength(1);
  });

  test('is not told to a webhook that is paused, of other types, or made later', async () => {
    const { webhook } = await hook('/paused');
    expect((await outside.laurel.webhooks.pause(webhook.id)).delivery?.state).toBe('paused');
    await hook('/other', ['mission.completed']);
    await outside.tell('ada', 1, { type: 'level.lost', occurredAt: START, data: { track: 't', level: 1 } });
    await hook('/later');
    await runUntil(after(DAY));
    expect(outside.sent).toEqual([]);
  });
});

describe('a delivery that fails', () => {
  test('is tried for 24 hours, is then dead, and comes back to life by hand', async () => {
    const { webhook } = await hook('/down');
    outside.answer('/down', { kind: 'answered', status: 503 });
    await outside.tell('ada', 1, completed('five'));
    await runUntil(after(DAY - 1));
    expect((await deliveries()).map(({ status, nextAttemptAt }) => [status, nextAttemptAt])).toEqual([
      ['pending', after(DAY)],
    ]);
    await runUntil(after(10 * DAY));
    const [dead] = await deliveries();
    expect(dead).toMatchObject({ status: 'dead', nextAttemptAt: null });
    expect(dead?.attempts.map(({ outcome, status }) => [outcome, status])).toEqual(
      Array.from({ length: 14 }, () => ['refused', 503]),
    );
    expect(dead?.attempts.at(-1)?.at).toBe(after(DAY));
    // Each attempt has the same id, so that the receiver can tell repeats.
    expect(new Set(outside.sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await outside.laurel.webhookDeliveries.list({ status: 'dead', webhookId: webhook.id })).toMatchObject({
      items: [{ id: dead?.id }],
    });

    outside.answer('/down', 'delivered');
    await outside.laurel.webhookDeliveries.retry(dead?.id ?? '');
    await outside.run(outside.clock.now());
    expect(await outside.laurel.webhookDeliveries.get(dead?.id ?? '')).toMatchObject({ status: 'delivered' });
    expect((await outside.laurel.webhookDeliveries.list({ status: 'dead' })).items).toEqual([]);
  });

  test('does not hold up another webhook, and holds up the later ones to its own', async () => {
    await hook('/down');
    await hook('/up');
    outside.answer('/down', { kind: 'timed_out' });
    for (const sequence of [1, 2, 3, 4, 5]) await outside.tell('ada', sequence, completed(`m${sequence}`));
    await outside.run(START);
    const missions = (path: string) =>
      outside.sent.filter(({ url }) => url.endsWith(path)).map(({ body }) => JSON.parse(body).data.mission);
    expect(missions('/up')).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
    expect(missions('/down')).toEqual(['m1']);
    outside.answer('/down', 'delivered');
    await runUntil(after(HOUR));
    expect(missions('/down').toSorted()).toEqual(['m1', 'm1', 'm2', 'm3', 'm4', 'm5']);
  });

  test('tells the tenant no more than a word', async () => {
    await hook('/x');
    outside.answer('/x', { kind: 'destination_not_allowed' });
    await outside.tell('ada', 1, completed('five'));
    await outside.run(START);
    const [delivery] = await deliveries();
    expect(delivery?.attempts).toEqual([
      { at: START, outcome: 'destination_not_allowed', status: null, milliseconds: expect.any(Number) },
    ]);
  });
});

describe('a webhook that keeps failing', () => {
  test('is disabled after three days with a notice to the others, and goes on when it is resumed', async () => {
    const { webhook } = await hook('/down');
    await hook('/up');
    outside.answer('/down', { kind: 'connection_failed' });
    for (const hour of [0, 20, 40, 60, 73]) {
      await runUntil(after(hour * HOUR));
      outside.clock.set(after(hour * HOUR));
      await outside.tell('ada', hour + 1, completed(`m${hour}`));
    }
    await runUntil(after(74 * HOUR));
    const disabled = await outside.laurel.webhooks.get(webhook.id);
    expect(disabled).toEqual({
      ...webhook,
      delivery: { ...webhook.delivery, state: 'disabled', failingSince: START, disabledAt: expect.any(String) },
    });
    expect(Date.parse(disabled.delivery?.disabledAt ?? '')).toBeGreaterThanOrEqual(Date.parse(after(3 * DAY)));
    await outside.platform.inside.streams.settled();
    await runUntil(after(4 * DAY));
    const notices = outside.sent.filter(({ body }) => JSON.parse(body).type === 'webhook.disabled');
    expect(notices.map(({ url, body }) => [new URL(url).pathname, JSON.parse(body).data])).toEqual([
      ['/up', { webhookId: webhook.id, failingSince: START }],
    ]);
    // What was on its way is given up, and nothing new is queued.
    expect((await outside.laurel.webhookDeliveries.list({ webhookId: webhook.id, status: 'pending' })).items).toEqual(
      [],
    );

    outside.answer('/down', 'delivered');
    expect(await outside.laurel.webhooks.resume(webhook.id)).toEqual(webhook);
    await outside.tell('ada', 1000, completed('later'));
    const before = outside.sent.length;
    await outside.run(outside.clock.now());
    expect(outside.sent.slice(before).map((parcel) => new URL(parcel.url).pathname)).toContain('/down');
  });

  test('is forgiven by one success', async () => {
    const { webhook } = await hook('/flaky');
    outside.answer('/flaky', { kind: 'answered', status: 500 });
    await outside.tell('ada', 1, completed('five'));
    await outside.run(START);
    expect((await outside.laurel.webhooks.get(webhook.id)).delivery?.failingSince).toBe(START);
    outside.answer('/flaky', 'delivered');
    await runUntil(after(HOUR));
    expect(await outside.laurel.webhooks.get(webhook.id)).toMatchObject({
      delivery: { failingSince: null },
      version: 1,
    });
  });

  test('or that says that it is gone is disabled at once', async () => {
    const { webhook } = await hook('/gone');
    outside.answer('/gone', { kind: 'answered', status: 410 });
    await outside.tell('ada', 1, completed('five'));
    await outside.run(START);
    expect(await outside.laurel.webhooks.get(webhook.id)).toMatchObject({
      delivery: { state: 'disabled', disabledAt: START },
    });
    expect((await deliveries())[0]).toMatchObject({ status: 'dead' });
  });
});

describe('runs', () => {
  test('side by side attempt each delivery once', async () => {
    await hook('/x');
    for (const sequence of [1, 2, 3, 4, 5, 6]) await outside.tell('ada', sequence, completed(`m${sequence}`));
    const runs = await Promise.all([1, 2, 3, 4].map(() => deliverDue(outside.worker, outside.scope, START)));
    expect(runs.reduce((sum, { attempted }) => sum + attempted, 0)).toBe(6);
    expect(new Set(outside.sent.map(({ headers }) => headers['webhook-id'])).size).toBe(6);
  });

  test('that die with a delivery in hand leave it due a minute later', async () => {
    await hook('/x');
    await outside.tell('ada', 1, completed('five'));
    const dying = {
      ...outside.worker,
      send: async () => {
        throw new Error('killed');
      },
    };
    await expect(deliverDue(dying, outside.scope, START)).rejects.toThrow('killed');
    expect((await outside.run(after(59 * SECOND))).attempted).toBe(0);
    expect((await outside.run(after(60 * SECOND))).attempted).toBe(1);
    expect(outside.sent).toHaveLength(1);
  });

  test('know when the next delivery is due', async () => {
    expect(await nextDeliveryDueAt(outside.worker, outside.scope)).toBe(null);
    const { webhook } = await hook('/down');
    await outside.tell('ada', 1, completed('five'));
    expect(await nextDeliveryDueAt(outside.worker, outside.scope)).toBe(START);
    outside.answer('/down', { kind: 'timed_out' });
    expect(await outside.run(START)).toEqual({ attempted: 1, nextDueAt: after(10 * SECOND) });
    const due = { now: after(9 * SECOND), limit: 10 };
    expect(await dueDeliveries(outside.table, outside.scope, webhook.id, due)).toEqual([]);
  });
});

describe('secrets', () => {
  test('while one is rotated, deliveries are signed with both, then with the new one alone', async () => {
    const { webhook, secret } = await hook('/x');
    const rotated = await outside.laurel.webhooks.rotateSecret(webhook.id, { overlapHours: 2 });
    expect(rotated.webhook).toMatchObject({ delivery: { formerSecretUntil: after(2 * HOUR) }, version: 1 });
    const takes = (key: string, index: number) => {
      const parcel = outside.sent[index];
      try {
        return Boolean(new Receiver(key).verify(parcel?.body ?? '', { ...parcel?.headers }));
      } catch {
        return false;
      }
    };
    await outside.tell('ada', 1, completed('m1'));
    await outside.run(after(2 * HOUR - 1));
    await outside.tell('ada', 2, completed('m2'));
    await outside.run(after(2 * HOUR));
    expect([takes(secret, 0), takes(rotated.secret, 0)]).toEqual([true, true]);
    expect([takes(secret, 1), takes(rotated.secret, 1)]).toEqual([false, true]);
    const third = await outside.laurel.webhooks.rotateSecret(webhook.id, { overlapHours: 0 });
    await outside.tell('ada', 3, completed('m3'));
    await outside.run(after(2 * HOUR));
    expect([takes(rotated.secret, 2), takes(third.secret, 2)]).toEqual([false, true]);
  });

  test('stand nowhere in the table, nor in any other answer', async () => {
    const { webhook, secret } = await hook('/x');
    const rotated = await outside.laurel.webhooks.rotateSecret(webhook.id, {});
    await outside.laurel.webhooks.test(webhook.id);
    const table = await outside.snapshot();
    const answers = JSON.stringify([
      await outside.laurel.webhooks.get(webhook.id),
      await outside.laurel.webhooks.list(),
      await deliveries(),
    ]);
    for (const text of [secret, rotated.secret]) {
      const key = text.slice('whsec_'.length);
      for (const form of [text, key, Buffer.from(key, 'base64').toString('base64url')]) {
        expect(table).not.toContain(form);
        expect(answers).not.toContain(form);
      }
    }
    expect(answers).not.toContain('sealed');
  });

  test('sealed in one workspace open in no other', async () => {
    const { sealer } = outside.worker;
    const { workspaceScope } = await import('../../src/store/scope.ts');
    const sealed = sealer.seal(outside.scope, 'webhook a', 'whsec_x');
    expect(sealer.open(outside.scope, 'webhook a', sealed)).toBe('whsec_x');
    expect(() => sealer.open(workspaceScope('acme', 'side'), 'webhook a', sealed)).toThrow();
    expect(() => sealer.open(workspaceScope('bolt', 'main'), 'webhook a', sealed)).toThrow();
    expect(() => sealer.open(outside.scope, 'webhook b', sealed)).toThrow();
    expect(() => sealer.open(outside.scope, 'webhook a', `${sealed.slice(0, -2)}AA`)).toThrow();
    expect(sealer.seal(outside.scope, 'webhook a', 'whsec_x')).not.toBe(sealed);
  });
});

describe('a test delivery', () => {
  test('goes out even to a paused webhook, and neither forgives nor disables', async () => {
    const { webhook } = await hook('/t');
    await outside.laurel.webhooks.pause(webhook.id);
    const queued = await outside.laurel.webhooks.test(webhook.id);
    expect(queued).toMatchObject({ status: 'pending', happening: { type: 'webhook.test', userId: null } });
    outside.answer('/t', { kind: 'answered', status: 410 });
    await outside.run(START);
    expect(await outside.laurel.webhookDeliveries.get(queued.id)).toMatchObject({
      status: 'dead',
      attempts: [{ outcome: 'gone', status: 410 }],
    });
    expect(await outside.laurel.webhooks.get(webhook.id)).toMatchObject({
      delivery: { state: 'paused', failingSince: null },
    });
  });
});

describe('a replay', () => {
  test('tells a webhook what it has never heard, by time and type, and again with the same ids', async () => {
    await outside.tell('ada', 1, completed('m1'));
    outside.clock.set(after(HOUR));
    const [id] = await outside.tell('bob', 1, completed('m2'), {
      type: 'level.reached',
      occurredAt: START,
      data: { track: 't', level: 1 },
    });
    outside.clock.set(after(2 * HOUR));
    await outside.tell('ada', 2, completed('m3'));
    const { webhook } = await hook('/late');
    const stretch = { webhookId: webhook.id, from: after(1), to: after(2 * HOUR - 1) };
    const types = ['mission.completed' as const];
    expect(await outside.laurel.webhooks.replay({ ...stretch, types })).toEqual({ queued: 1, continueFrom: null });
    await outside.run(after(2 * HOUR));
    expect(await outside.laurel.webhooks.replay({ ...stretch, types })).toEqual({ queued: 1, continueFrom: null });
    await outside.run(after(2 * HOUR));
    expect(outside.sent.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
    expect(await outside.laurel.webhooks.replay({ ...stretch, from: START, to: after(2 * HOUR) })).toMatchObject({
      queued: 4,
    });
    await runUntil(after(DAY));
    expect((await deliveries()).filter(({ status }) => status === 'delivered')).toHaveLength(4);
  });

  test('of more than one reading goes on where it stopped, and loses nothing of a moment', async () => {
    const { webhook } = await hook('/x', ['mission.completed']);
    // 1,300 batches: 700 of one moment, the rest one a millisecond.
    for (let start = 0; start < 1300; start += 50) {
      await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          const nth = start + index;
          outside.clock.set(after(nth < 700 ? 0 : nth - 699));
          const told = outside.tell(`user-${nth}`, 1, {
            type: 'level.lost',
            occurredAt: START,
            data: { track: 't', level: nth },
          });
          return told;
        }),
      );
    }
    let from: string | null = START;
    let queued = 0;
    let calls = 0;
    while (from !== null) {
      const answer: { queued: number; continueFrom: string | null } = await outside.laurel.webhooks.replay({
        webhookId: webhook.id,
        from,
        to: after(HOUR),
      });
      queued += answer.queued;
      from = answer.continueFrom;
      calls += 1;
    }
    expect([queued, calls > 1]).toEqual([1300, true]);
  });

  test('of a stretch that is none, or for a webhook that is none, is refused', async () => {
    const { webhook } = await hook('/x');
    const stretch = { from: after(1), to: START };
    expect(await codeOf(outside.laurel.webhooks.replay({ webhookId: webhook.id, ...stretch }))).toBe('unprocessable');
    expect(await codeOf(outside.laurel.webhooks.replay({ webhookId: 'whk_x', ...stretch }))).toBe('unknown_reference');
  });
});
