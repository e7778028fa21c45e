import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clockAt, type Game, openGame, times } from './world.ts';

const EVENTS = 400;
const lesson = { activity: 'lesson', userId: 'ada' };
const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString();

let game: Game;
let laurel: Laurel;
beforeAll(async () => {
  game = await openGame({ clock: clockAt('2026-04-01T00:00:00Z') });
  laurel = game.laurel;
  await laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' } });
  for (const id of ['count', 'even']) await laurel.currencies.create({ id, name: { en: id } });
  const rule = { name: { en: 'Any' }, trigger: { kind: 'event' as const, activity: 'lesson' } };
  await laurel.rewardRules.create({
    ...rule,
    id: 'each',
    rewards: [{ kind: 'currency', currency: 'count', amount: 1 }],
  });
  await laurel.rewardRules.create({
    ...rule,
    id: 'every-other',
    condition: 'player.balances["count"] % 2 == 0',
    rewards: [{ kind: 'currency', currency: 'even', amount: 3 }],
  });
  await laurel.users.create({ id: 'ada' });
  const events = times(EVENTS, (index) => ({ ...lesson, id: `e-${index}`, occurredAt: at(index + 10) }));
  expect((await laurel.events.trackBatch({ events })).rejected).toBe(0);
});
afterAll(() => game.close());

const balance = async (currency: string) => (await laurel.as({ userId: 'ada' }).wallets.get(currency)).available;
const grantedTo = async (id: string) =>
  (await laurel.events.explain(id)).granted.filter(({ currency }) => currency === 'even').length;
const paidTo = async (ids: readonly string[]) => {
  let paid = 0;
  for (const id of ids) paid += await grantedTo(id);
  return paid;
};
const proven = async () => (await laurel.ledger.proof().toArray({ max: 10 })).every(({ balanced }) => balanced);

describe('one late event that changes what every later one gives', () => {
  test('is counted, and the change is posted in few lines that name it', async () => {
    expect(await balance('even')).toBe((EVENTS / 2) * 3);
    const { effects } = await laurel.events.track({ ...lesson, id: 'first', occurredAt: at(0) });
    expect(await balance('count')).toBe(EVENTS + 1);
    expect(await balance('even')).toBe((EVENTS / 2 + 1) * 3);
    const corrections = effects.ledger.filter(({ reason }) => reason.kind === 'correction');
    expect(corrections.map(({ amount }) => amount)).toEqual([(EVENTS / 2) * 3, (-EVENTS / 2) * 3]);
    expect(corrections.every(({ correctedBy }) => correctedBy === 'first')).toBe(true);
    expect(await proven()).toBe(true);
    expect(await paidTo(['first', 'e-0', 'e-1', 'e-2', 'e-399'])).toBe(3);
  });

  test('and taken back, everything is as if it had not been', async () => {
    await laurel.events.void('first', { note: 'Sent by mistake' });
    expect(await balance('even')).toBe((EVENTS / 2) * 3);
    expect(await balance('count')).toBe(EVENTS);
    expect(await proven()).toBe(true);
    expect(await paidTo(['e-0', 'e-1', 'e-2', 'e-399'])).toBe(2);
  });

  test('another change of a few lines afterwards goes by what was changed last', async () => {
    await laurel.events.void('e-398', { note: 'Sent by mistake' });
    expect(await balance('even')).toBe((EVENTS / 2) * 3);
    await laurel.events.void('e-399', { note: 'Sent by mistake' });
    expect(await balance('even')).toBe((EVENTS / 2 - 1) * 3);
    await laurel.events.track({ ...lesson, id: 'again', occurredAt: at(1) });
    expect(await balance('even')).toBe((EVENTS / 2) * 3);
    expect(await balance('count')).toBe(EVENTS - 1);
    expect(await proven()).toBe(true);
  });
});
