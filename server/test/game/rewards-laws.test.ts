import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics } from './definitions.ts';
import { chunks, clockAt, type Game, openGame, randomFrom, times } from './world.ts';

let game: Game;
beforeEach(async () => {
  game = await openGame({ clock: clockAt('2026-06-01T00:00:00Z') });
  await defineBasics(game.laurel);
  const xp = (amount: number) => [{ kind: 'currency' as const, currency: 'xp', amount }];
  const trigger = { kind: 'event' as const, activity: 'lesson' };
  const rule = (id: string, more: object) =>
    game.laurel.rewardRules.create({ id, name: { en: id }, trigger, rewards: xp(1), ...more });
  await rule('daily', { caps: { perDay: 2, zone: 'UTC' }, rewards: xp(1) });
  await rule('calm', { cooldown: 'PT5H', rewards: xp(100) });
  await rule('spin', { mode: { exclusive: 'wheel', priority: 2 }, chance: { probability: 0.25 }, rewards: xp(10_000) });
  await rule('even', {
    mode: { exclusive: 'wheel', priority: 1 },
    condition: 'event.value == 2',
    rewards: xp(1_000_000),
  });
  await rule('chest', { caps: { perPlayer: 5 }, rewards: [{ ...xp(7)[0], claim: { until: '2026-12-01T00:00:00Z' } }] });
});
afterEach(() => game.close());

interface Sent {
  readonly id: string;
  readonly value: number;
  readonly occurredAt: string;
}

/** What each rule pays for, from the whole history in its order. */
function calculated(history: readonly Sent[]) {
  const ordered = history.toSorted((a, b) => (a.occurredAt + a.id < b.occurredAt + b.id ? -1 : 1));
  const daily = ordered.filter(({ occurredAt }, place) => {
    const day = occurredAt.slice(0, 10);
    return ordered.slice(0, place).filter((one) => one.occurredAt.startsWith(day)).length < 2;
  });
  let last = Number.NEGATIVE_INFINITY;
  const calm = ordered.filter(({ occurredAt }) => {
    if (Date.parse(occurredAt) - last < 5 * 3600 * 1000) return false;
    last = Date.parse(occurredAt);
    return true;
  });
  const drawn = (id: string) =>
    createHash('sha256')
      .update(JSON.stringify(['spin', 1, id]))
      .digest()
      .readUIntBE(0, 6) /
    2 ** 48;
  const spin = ordered.filter(({ id }) => drawn(id) < 0.25);
  const even = ordered.filter(({ id, value }) => drawn(id) >= 0.25 && value === 2);
  return {
    available: daily.length + 100 * calm.length + 10_000 * spin.length + 1_000_000 * even.length,
    pending: 7 * Math.min(5, ordered.length),
    chests: ordered.slice(0, 5).map(({ occurredAt }) => occurredAt),
  };
}

const random = randomFrom(7);
const history = times(70, (index) => ({
  id: `e-${index}`,
  value: 1 + random.below(3),
  occurredAt: new Date(Date.UTC(2026, 4, 1) + random.below(12 * 24 * 60) * 60_000).toISOString(),
}));
const orders = [
  ['as it was made', history],
  ['backwards', history.toSorted((a, b) => (a.occurredAt < b.occurredAt ? 1 : -1))],
  ['shuffled', random.shuffle(history)],
  ['shuffled otherwise', random.shuffle(history)],
] as const;

describe('the rewards of a history', () => {
  test.each(orders)('are what a naive calculation gives, told %s, and after voids', async (_, order) => {
    const { laurel } = game;
    await laurel.users.create({ id: 'ada' });
    const ada = laurel.as({ userId: 'ada' });
    const expectAll = async (kept: readonly Sent[]) => {
      const { available, pending, chests } = calculated(kept);
      expect(await ada.wallets.get('xp')).toMatchObject({ available, pending, owed: 0 });
      const open = await ada.rewards.list({ state: 'claimable' }).toArray({ max: 20 });
      expect(open.map(({ grantedAt }) => grantedAt).toSorted()).toEqual(chests.toSorted());
    };
    for (const part of chunks(order, 1 + random.below(20))) {
      await laurel.events.trackBatch({ events: part.map((one) => ({ ...one, userId: 'ada', activity: 'lesson' })) });
    }
    await expectAll(history);
    const voided = history.filter((_one, index) => index % 9 === 0);
    for (const { id } of voided) await laurel.events.void(id, { note: 'Mistake' });
    await expectAll(history.filter((one) => !voided.includes(one)));
    expect((await laurel.ledger.proof().toArray({ max: 10 })).every((one) => one.balanced)).toBe(true);
  });
});
