import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import { runDue } from '../../src/schedule/run.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { defineBasics } from './definitions.ts';
import { clockAt, codeOf, type Game, HOME, laurelOf, openGame, times } from './world.ts';

const DAYS = 120;
const NOW = '2026-06-30T12:00:00.000Z';

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame({ clock: clockAt(NOW) });
  laurel = game.laurel;
  await defineBasics(laurel);
  for (const id of ['ada', 'bob']) await laurel.users.create({ id });
  await laurel.activities.create({ id: 'welcome', name: { en: 'Welcome' } });
  await laurel.missions.create({
    id: 'onboard',
    name: { en: 'Onboard' },
    schedule: { kind: 'permanent' },
    steps: [{ activity: 'welcome', target: 1 }],
  });
  await laurel.missions.create({
    id: 'daily',
    name: { en: 'A lesson a day' },
    schedule: { kind: 'recurring', every: 'day', zone: 'UTC' },
    steps: [{ activity: 'lesson', target: 1 }],
    prerequisites: [{ mission: 'onboard' }],
    rewards: [{ kind: 'currency', currency: 'xp', amount: 3 }],
  });
});
afterEach(() => game.close());

const dayAt = (day: number) => new Date(Date.parse('2026-01-01T10:00:00Z') + day * 86_400_000).toISOString();
const welcome = (userId: string) => ({ id: `${userId}-welcome`, userId, activity: 'welcome', occurredAt: dayAt(0) });
const lessons = (userId: string) =>
  times(DAYS, (day) => ({ id: `${userId}-${day}`, userId, activity: 'lesson', occurredAt: dayAt(day + 1) }));

async function track(events: Parameters<Laurel['events']['trackBatch']>[0]['events']): Promise<void> {
  const { items } = await laurel.events.trackBatch({ events });
  expect(items.filter(({ status }) => status !== 'accepted')).toEqual([]);
}

/** What there is to see of a player. */
async function seen(userId: string) {
  const me = laurel.as({ userId });
  const progress = await me.progress.list({ mission: 'daily' }).toArray({ max: 1000 });
  return {
    xp: (await me.wallets.get('xp')).available,
    days: progress.map(({ period, completedAt }) => [period, completedAt]),
  };
}

async function assertProved(): Promise<void> {
  for (const { sum } of await laurel.ledger.proof().toArray({ max: 10 })) expect(sum).toBe(0);
}

/** Lets the platform die, as it were, when it has committed a change and is about to unpack it. */
function dieBeforeUnpacking(): void {
  const { engine } = game.platform.inside.database;
  const stop = engine.subscribe((records) => {
    if (!JSON.stringify(records).includes('PACK#')) return;
    stop();
    const error = { name: 'ValidationException', statusCode: 400 };
    engine.failNext({ operation: 'TransactWriteItems', about: 'PACK#', error });
  });
}

describe('a change that moves more than one transaction holds', () => {
  test('is made when it is a void, and when it arrives late, as if it had been so at once', async () => {
    await track([welcome('ada'), ...lessons('ada')]);
    const whole = await seen('ada');
    expect([whole.xp, whole.days.length]).toEqual([3 * DAYS, DAYS]);
    const { ledger } = await laurel.events.void('ada-welcome', { note: 'Not them' });
    expect(ledger.reduce((sum, { amount }) => sum + amount, 0)).toBe(-3 * DAYS);
    expect(await seen('ada')).toEqual({ xp: 0, days: [] });
    await assertProved();

    await track(lessons('bob'));
    expect(await seen('bob')).toEqual({ xp: 0, days: [] });
    await track([welcome('bob')]);
    expect(await seen('bob')).toEqual(whole);
    await assertProved();
    // Nothing is left of how it was written.
    expect(await game.snapshot()).not.toContain('PACK#');
  });

  describe('and whose maker is killed half-way', () => {
    beforeEach(async () => {
      await track([welcome('ada'), ...lessons('ada')]);
      dieBeforeUnpacking();
      const once = laurelOf(await game.platform.createWorkspaceClient(HOME), { maxRetries: 0 });
      expect(await codeOf(once.events.void('ada-welcome', { note: 'Not them' }))).toBe('internal_error');
      expect(await game.snapshot()).toContain('PACK#');
    });
    afterEach(async () => {
      expect(await seen('ada')).toEqual({ xp: 0, days: [] });
      await assertProved();
      expect(await game.snapshot()).not.toContain('PACK#');
    });

    test('is finished by the next change of the player', async () => {
      await track([{ ...welcome('ada'), id: 'ada-lesson', activity: 'lesson', occurredAt: dayAt(DAYS + 2) }]);
    });

    test('is finished by the scheduler', async () => {
      const scope = workspaceScope(HOME.tenant, HOME.workspace);
      const { platform } = game.platform.inside;
      const { boundaries } = await runDue({ platform, handlers: turnHandlers, scope, until: NOW, limit: 100 });
      expect(boundaries).toEqual([]);
    });

    test('is finished by whoever asks again', async () => {
      await laurel.events.void('ada-welcome', { note: 'Not them' });
      await track([{ ...welcome('ada'), id: 'ada-lesson', activity: 'lesson', occurredAt: dayAt(DAYS + 2) }]);
    });
  });
});
