import type { Laurel } from '@laurel/sdk/server';
import { boardOf, defineBasics, missionOf, streakOf } from '../../../server/test/game/definitions.ts';
import { settle, teamMission, teamOf } from '../../../server/test/game/team-play.ts';
import { openTestClock } from '../../../server/test/game/test-clock.ts';
import { clockAt, openGame } from '../../../server/test/game/world.ts';

/** Somebody plays, asks for what is held of them and agrees to something, where nothing of that is kept for long. */
async function keepShortly(laurel: Laurel): Promise<void> {
  const keepDays = { events: 30, news: 1, requests: 30, consents: 30 };
  const purposes = [{ id: 'news', name: 'News' }];
  await laurel.workspace.update({ privacy: { purposes, keepDays } }, { ifMatch: await laurel.workspace.get() });
  const { id } = await laurel.users.create({ externalId: 'shortly' });
  await laurel.events.track({ userId: id, activity: 'lesson' });
  await laurel.privacy.consent(id, 'news', { granted: true });
  await laurel.privacy.export(id);
}

/**
 * Two players and a team do what no example does by itself, and then time passes for them: turns that are the
 * scheduler's own, in a workspace that lives by the real time.
 */
export async function play(): Promise<void> {
  const clock = clockAt('2026-05-27T00:00:00Z');
  const game = await openGame({ clock, destinations: { allowLoopback: true } });
  try {
    const { laurel } = game;
    await laurel.clock.update({ kind: 'test' }, { ifMatch: 1 });
    await laurel.clock.update({ kind: 'real' }, { ifMatch: 2 });
    await defineBasics(laurel);
    const price = [{ currency: 'xp', amount: 1 }];
    // Nobody listens there: what is told is tried, and tried again.
    await laurel.webhooks.create({ url: 'http://127.0.0.1:9/' });
    await laurel.streaks.create({
      id: 'daily',
      ...streakOf('UTC'),
      freezes: { most: 5, automatic: false, price },
      pauses: { mostDays: 10 },
    });
    const window = { kind: 'recurring' as const, every: 'day' as const, zone: 'UTC' };
    await laurel.catalogItems.create({ id: 'voucher', name: { en: 'Voucher' }, price, codes: true });
    await laurel.catalogItems.addCodes('voucher', { codes: ['A', 'B'] });
    const prizes = [
      { places: { kind: 'ranks' as const, from: 1, to: 1 }, rewards: [{ kind: 'item' as const, item: 'voucher' }] },
    ];
    await laurel.leaderboards.create({ id: 'board', ...boardOf('dense'), window, prizes });
    const day = { from: '2026-05-27T12:00:00Z', to: '2026-05-28T12:00:00Z' };
    await laurel.missions.create({ id: 'own', ...missionOf(5), assignment: { kind: 'optIn' } });
    await laurel.missions.create({ id: 'short', ...missionOf(5, { kind: 'range', ...day }) });
    await laurel.missions.create(teamMission('together', 2));
    await teamOf(laurel, 'red', ['ada', 'bob']);

    const legs = [{ userId: 'ada', currency: 'xp', amount: 9 }];
    await laurel.ledger.create({ kind: 'credit', legs, note: 'to play with' });
    const ada = laurel.as({ userId: 'ada' });
    await ada.missions.join('own');
    await ada.missions.leave('own');
    await laurel.playerStreaks.grantFreezes('ada', 'daily', { count: 1, note: 'for the scenario' });
    await ada.streaks.buyFreezes('daily', { count: 1 });
    for (const userId of ['ada', 'bob', 'ada']) await laurel.events.track({ userId, activity: 'lesson', value: 2 });
    await laurel.events.track({ id: 'mistaken', userId: 'ada', activity: 'lesson', value: 2 });
    await laurel.events.void('mistaken', { note: 'it was not so' });
    await ada.streaks.freeze('daily', { day: '2026-05-28' });
    await ada.streaks.pause('daily', { from: '2026-06-01', to: '2026-06-02' });
    await settle(game);
    const { version } = await laurel.missions.get('short');
    await laurel.missions.update(
      'short',
      { ...missionOf(4, { kind: 'range', ...day }), running: 'recompute' },
      { ifMatch: version },
    );
    for (const now of ['2026-05-27T13:00:00Z', '2026-05-28T13:00:00Z', '2026-06-02T00:00:00Z']) {
      clock.set(now);
      await settle(game);
    }
    const { items } = await laurel.teams.members('red');
    const [bob] = items.filter(({ userId }) => userId === 'bob');
    await ada.teams.removeMember('red', bob?.id ?? '');
    await settle(game);

    // Whom nobody needs any more: the scheduler looks once more when no process knows their key.
    const { id: gone } = await laurel.users.create({ externalId: 'gone' });
    await laurel.events.track({ userId: gone, activity: 'lesson' });
    await laurel.privacy.erase(gone);
    // And who is restricted when a board is closed on which they are first.
    const { id: held } = await laurel.users.create({});
    await laurel.events.track({ userId: held, activity: 'lesson', value: 9 });
    await laurel.privacy.restrict(held);
    clock.set('2026-06-03T00:00:00Z');
    await settle(game);

    // What the workspace keeps for a time alone: the scheduler takes it away, and the API where it moves the clock.
    await keepShortly(laurel);
    clock.set('2026-06-20T00:00:00Z');
    await settle(game);
    clock.set('2026-08-20T00:00:00Z');
    await settle(game);
    await settle(game);
    clock.set('2026-06-04T00:00:00Z');

    // A test clock is moved by the API, and passed over by the scheduler.
    const sandbox = await openTestClock(game);
    await defineBasics(sandbox);
    await sandbox.webhooks.create({ url: 'http://127.0.0.1:9/' });
    await keepShortly(sandbox);
    await sandbox.leaderboards.create({ id: 'board', ...boardOf('dense'), window });
    clock.set('2026-07-01T00:00:00Z');
    await settle(game);
    await sandbox.clock.advance({ to: '2026-08-01T00:00:00Z' });
  } finally {
    await game.close();
  }
}
