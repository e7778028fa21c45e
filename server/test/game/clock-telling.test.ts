import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defineBasics, defineRule } from './definitions.ts';
import { openReceiver } from './receiver.ts';
import { advanceTo, openTestClock } from './test-clock.ts';
import { clockAt, type Game, openGame, times } from './world.ts';

const START = '2026-03-01T00:00:00.000Z';

let game: Game;
let receiver: Awaited<ReturnType<typeof openReceiver>>;
beforeEach(async () => {
  game = await openGame({ clock: clockAt(START), destinations: { allowLoopback: true } });
  receiver = await openReceiver();
});
afterEach(async () => {
  await game.close();
  receiver.close();
});

/** Two players who earn lots on five days, by a daily board, with a webhook that hears of everything. */
async function play(laurel: Laurel, wait: () => Promise<unknown>): Promise<string[]> {
  await defineBasics(laurel);
  await laurel.currencies.update('xp', { name: { en: 'XP' }, expiry: { afterDays: 2 } }, { ifMatch: 1 });
  await defineRule(laurel, 10);
  await laurel.leaderboards.create({
    id: 'board',
    name: { en: 'Lessons' },
    source: { kind: 'count', activity: 'lesson' },
    window: { kind: 'recurring', every: 'day', zone: 'UTC' },
    prizes: [{ places: { kind: 'ranks', from: 1, to: 1 }, rewards: [{ kind: 'currency', currency: 'xp', amount: 5 }] }],
  });
  const { webhook, secret } = await laurel.webhooks.create({ url: receiver.url });
  receiver.signedWith(secret);
  const report: string[] = [];
  const advance = async (to: string) => {
    const boundaries = await advanceTo(laurel, to);
    report.push(
      ...boundaries.map(({ at, kind, subject, outcome, details }) => {
        const counted = details.attempted === undefined ? '' : ` ${details.attempted}`;
        return `${at} ${kind} ${subject === webhook.id ? 'hook' : subject} ${outcome}${counted}`;
      }),
    );
  };
  for (const [place, id] of ['ada', 'bob'].entries()) {
    await laurel.users.create({ id });
    for (const lesson of times(2 - place, (nth) => nth))
      await laurel.events.track({ id: `${id}-${lesson}`, userId: id, activity: 'lesson' });
  }
  await wait();
  await advance('2026-03-02T12:00:00Z');
  await laurel.events.track({ id: 'more', userId: 'ada', activity: 'lesson' });
  await wait();
  await advance('2026-03-08T00:00:00Z');
  return report;
}

test('what follows from a turn goes out at its moment, in the order of time, whatever the stream has brought by then', async () => {
  const runs: { readonly report: string[]; readonly told: string[] }[] = [];
  const waits = [async () => undefined, () => game.platform.inside.streams.settled(), async () => undefined];
  for (const [place, wait] of waits.entries()) {
    receiver.told.clear();
    const laurel = await openTestClock(game, `clock-${place}`);
    const report = await play(laurel, wait);
    const told = [...receiver.told.values()].map(
      ({ type, userId, data }) => `${type} ${userId} ${data.currency ?? ''}`,
    );
    // The stream has nothing to add, and leaves nothing due.
    await game.platform.inside.streams.settled();
    expect(await advanceTo(laurel, '2026-03-08T00:00:00Z')).toEqual([]);
    expect(await laurel.webhookDeliveries.list({ status: 'pending' }).toArray({ max: 5 })).toEqual([]);
    expect(report).toEqual(report.toSorted());
    const counted = report.reduce((sum, line) => sum + Number(/delivered (\d+)$/.exec(line)?.[1] ?? 0), 0);
    expect(told).toHaveLength(counted);
    runs.push({ report, told: told.toSorted() });
  }
  const deliveries = runs[0]?.report.filter((line) => line.includes('webhook.deliver'));
  // What was played, a board that is closed each night, the lesson on the second day, and the lots that run out.
  const moments = ['01T00:00', '01T01:00', '02T01:00', '02T12:00', '03T01:00', '04T00:00', '04T01:00'];
  const rest = ['05T00:00', '05T01:00', '06T00:00', '06T01:00', '07T01:00'];
  expect(deliveries?.map((line) => line.slice(0, 16))).toEqual([...moments, ...rest].map((at) => `2026-03-${at}`));
  for (const run of runs) expect(run).toEqual(runs[0]);
});
