import { LaurelLive } from '@laurel/sdk/live';
import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defineBasics, defineRule, missionOf, streakOf } from './definitions.ts';
import { openReceiver } from './receiver.ts';
import { advanceTo, openTestClock } from './test-clock.ts';
import { type Game, HOME, openGame } from './world.ts';

type Received = Awaited<ReturnType<typeof openReceiver>>;

let game: Game;
let laurel: Laurel;
let receiver: Received;

async function open(options: Parameters<typeof openGame>[0] = {}): Promise<void> {
  game = await openGame({ destinations: { allowLoopback: true }, ...options });
  laurel = game.laurel;
  receiver = await openReceiver();
}
afterEach(async () => {
  await game.close();
  receiver.close();
});

/** A rule of 10 xp and a mission of two lessons that gives 50, with a webhook that hears of everything. */
async function define(one: Laurel): Promise<void> {
  await defineBasics(one);
  await defineRule(one, 10);
  await one.missions.create({ id: 'two', ...missionOf(2) });
  await one.streaks.create({ id: 'daily', ...streakOf('UTC') });
  const { secret } = await one.webhooks.create({ url: receiver.url });
  receiver.signedWith(secret);
}

/** What was told since the last time, without ids, in the order in which it happened. */
function toldSince(start: number): string[] {
  return [...receiver.told.values()].slice(start).map(({ type, data }) => {
    const words = Object.entries(data).filter(([name]) => !['progressId', 'period', 'longest'].includes(name));
    return [type, ...words.map(([, value]) => `${value}`)].join(' ');
  });
}

const arrived = (count: number) =>
  vi.waitFor(() => expect(receiver.told.size).toBe(count), { timeout: 20_000, interval: 20 });

const lesson = (id: string, day: number) => ({
  id,
  userId: 'ada',
  activity: 'lesson',
  occurredAt: `2026-03-0${day}T12:00:00Z`,
});

describe('what happens', () => {
  beforeEach(() => open({ scheduleEvery: 10 }));

  test('is delivered, signed, and streamed to the player; what is undone is told as undone', async () => {
    await define(laurel);
    await laurel.users.create({ id: 'ada' });
    await arrived(1);
    expect(toldSince(0)).toEqual(['user.created 1']);

    await laurel.events.track(lesson('one', 1));
    await laurel.events.track(lesson('two', 2));
    const { accessToken: token } = await laurel.users.mintToken('ada');
    const live = new LaurelLive({ baseUrl: `${game.platform.baseUrl}/${HOME.tenant}`, auth: { token } });
    const streamed: string[] = [];
    for await (const happening of live.live.subscribe({ lastEventId: '0' })) {
      streamed.push(happening.id);
      if (streamed.length === 12) break;
    }
    await arrived(13);
    expect(toldSince(1)).toEqual([
      'event.counted one lesson 1 false',
      'mission.progressed two 1 2',
      'streak.extended daily 1',
      'reward.granted rule xp-per-lesson currency xp 10',
      'wallet.changed xp 10 10',
      'event.counted two lesson 1 false',
      'mission.progressed two 2 2',
      'mission.completed two',
      'streak.extended daily 2',
      'reward.granted rule xp-per-lesson currency xp 10',
      'reward.granted mission two currency xp 50',
      'wallet.changed xp 60 70',
    ]);
    expect(streamed).toEqual([...receiver.told.keys()].slice(1));

    await laurel.events.void('one', { note: 'it was not so' });
    await arrived(18);
    expect(toldSince(13)).toEqual([
      'event.voided one lesson',
      'mission.reverted two',
      'reward.reverted rule xp-per-lesson currency xp 10',
      'reward.reverted mission two currency xp 50',
      'wallet.changed xp -60 10',
    ]);
  });

  test('is told once: not by an event that comes again, nor by a dry run; gifts, profiles and teams are told', async () => {
    await define(laurel);
    await laurel.users.create({ id: 'ada' });
    await laurel.events.trackBatch({ events: [lesson('one', 1)], dryRun: true });
    await laurel.events.track(lesson('one', 1));
    await laurel.events.track(lesson('one', 1));
    await laurel.users.grant('ada', { rewards: [{ kind: 'currency', currency: 'xp', amount: 7 }], note: 'well done' });
    const ada = laurel.as({ userId: 'ada' });
    await ada.me.update({ displayName: 'Ada' }, { ifMatch: 1 });
    const { id: team } = await ada.teams.create({ name: 'Blue', visibility: 'public' });
    await ada.teams.leave(team);
    await arrived(12);
    const told = toldSince(0);
    // Of whatever is told beside a player's history, each goes its own way.
    expect(told.toSorted()).toEqual(
      [
        'user.created 1',
        'event.counted one lesson 1 false',
        'mission.progressed two 1 2',
        'streak.extended daily 1',
        'reward.granted rule xp-per-lesson currency xp 10',
        'wallet.changed xp 10 10',
        // The run of March has ended long ago: the gift is the first to find it.
        'streak.broken daily 1',
        told.find((line) => line.startsWith('reward.granted grant ')),
        'wallet.changed xp 7 17',
        'user.updated 2',
        `team.joined ${team}`,
        `team.left ${team}`,
      ].toSorted(),
    );
  });
});

describe('deliveries in a workspace with a test clock', () => {
  const START = '2026-03-05T12:00:00.000Z';
  beforeEach(async () => {
    await open({ clock: { now: () => START } });
    laurel = await openTestClock(game);
  });

  test('go out when the clock is advanced, which tells of each turn, and again after a failure', async () => {
    await define(laurel);
    await laurel.users.create({ id: 'ada' });
    await laurel.events.track(lesson('one', 5));
    await game.platform.inside.streams.settled();
    expect(receiver.told.size).toBe(0);
    receiver.answer(503);
    const failed = await advanceTo(laurel, START);
    expect(failed).toMatchObject([{ at: START, kind: 'webhook.deliver', outcome: 'failed' }]);
    expect(failed[0]?.details).toEqual({ attempted: '1', delivered: '0' });
    receiver.answer(204);
    const rest = await advanceTo(laurel, '2026-03-05T12:01:00Z');
    const done = rest.map(({ at, kind, outcome }) => `${at} ${kind} ${outcome}`);
    expect(done).toContain('2026-03-05T12:00:10.000Z webhook.deliver delivered');
    expect(rest.reduce((total, { details }) => total + Number(details.delivered), 0)).toBe(6);
    expect(receiver.told.size).toBe(6);
    const later = await advanceTo(laurel, '2026-03-08T00:00:00Z');
    expect(later).toMatchObject([
      { at: '2026-03-07T00:00:00.000Z', kind: 'player.settle', outcome: 'settled' },
      { at: '2026-03-07T00:00:00.000Z', kind: 'webhook.deliver', outcome: 'delivered' },
    ]);
    expect(later[0]?.details).toEqual({ entries: '0', streaksBroken: 'daily' });
    expect(toldSince(6)).toEqual(['streak.broken daily 1']);
  });
});
