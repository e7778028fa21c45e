import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { PrivacyRequest } from '@laurel/contract/privacy/schema';
import type { Laurel } from '@laurel/sdk/server';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { runRound } from '../../src/schedule/cell.ts';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import { clockAt, codeOf, codesOf, type Game, openGame, type TestClock, times } from '../game/world.ts';
import { defineGame } from './person.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeAll(async () => {
  clock = clockAt(new Date().toISOString());
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineGame(laurel);
});
afterAll(() => game.close());
afterEach(() => vi.restoreAllMocks());

/** What the scheduler does some minutes later. */
async function later(minutes: number): Promise<void> {
  clock.set(new Date(Date.parse(clock.now()) + minutes * 60_000).toISOString());
  await runRound(game.platform.inside.platform, turnHandlers, clock.now());
}

/** Lets a process die at its nth transaction from now on: that one and all after it are not written. */
function dieAt(nth: number): void {
  const { client } = game.table;
  const send = client.send.bind(client);
  let count = 0;
  vi.spyOn(client, 'send').mockImplementation(async (command: unknown) => {
    const isTransaction = command instanceof TransactWriteCommand;
    if (isTransaction) count += 1;
    if (isTransaction && count >= nth) throw new Error('the process died');
    return send(command as TransactWriteCommand);
  });
}

/** Somebody with some events, and what an erasure of them removes and keeps. */
async function player(): Promise<{ readonly id: string; readonly removed: unknown }> {
  const { id } = await laurel.users.create({ displayName: 'Ada' });
  await laurel.events.trackBatch({ events: times(30, () => ({ userId: id, activity: 'lesson' })) });
  await game.platform.inside.streams.settled();
  return { id, removed: expect.objectContaining({ history: 30, sheet: 1 }) };
}

async function erasureOf(id: string): Promise<PrivacyRequest | undefined> {
  const { items } = await laurel.privacy.requests({ user: id, kind: 'erasure' });
  return items[0];
}

test('a person of whom thousands of records are kept is erased to the end, and the receipt counts all of them', async () => {
  const name = { en: 'A name' };
  await laurel.activities.create({ id: 'exam', name });
  for (const currency of times(14, (nth) => `coin-${nth}`)) {
    await laurel.currencies.create({ id: currency, name });
    const trigger = { kind: 'event', activity: 'exam' } as const;
    const rewards = [{ kind: 'currency', currency, amount: 1 }] as const;
    await laurel.rewardRules.create({ id: `rule-${currency}`, name, trigger, rewards: [...rewards] });
  }
  const { id } = await laurel.users.create({});
  await laurel.events.trackBatch({ events: times(200, () => ({ userId: id, activity: 'exam' })) });
  const { id: request, status } = await laurel.privacy.erase(id);
  // More than one call takes: the scheduler goes on from where it stands.
  expect(status).toBe('running');
  await later(3);
  const done = await laurel.privacy.request(request);
  expect(done).toMatchObject({ status: 'completed', receipt: { removed: { history: 200, sheet: 1 } } });
  expect(done.receipt?.kept).toMatchObject({ leg: 14 * 200, profile: 1 });
  await later(3);
  expect(await laurel.privacy.request(request)).toEqual(done);
}, 60_000);

test('a process that dies at any step of an erasure leaves it to the scheduler, and nothing is counted twice', async () => {
  for (const step of [2, 3, 4, 5]) {
    const { id, removed } = await player();
    dieAt(step);
    const refused = await codeOf(laurel.privacy.erase(id));
    vi.restoreAllMocks();
    if (refused === 'none') continue;
    expect(await codeOf(laurel.users.get(id))).toBe('not_found');
    expect(await erasureOf(id)).toMatchObject({ status: 'running', receipt: null });
    await later(3);
    expect((await erasureOf(id))?.receipt).toMatchObject({ removed });
  }
}, 60_000);

test('of any number who erase somebody at once all have the one receipt that is kept', async () => {
  const { id, removed } = await player();
  dieAt(2);
  expect(await codeOf(laurel.privacy.erase(id))).toBe('internal_error');
  vi.restoreAllMocks();
  await Promise.all(times(5, () => laurel.privacy.erase(id)));
  const kept = await laurel.privacy.erase(id);
  expect(kept.receipt).toMatchObject({ removed });
  for (const one of await Promise.all(times(3, () => laurel.privacy.erase(id)))) expect(one).toEqual(kept);
});

describe('a team of somebody who is erased', () => {
  test('has another captain, and room for one more', async () => {
    const [ada, bo] = [await laurel.users.create({}), await laurel.users.create({ displayName: 'Bo' })];
    const [asAda, asBo] = [laurel.as({ userId: ada.id }), laurel.as({ userId: bo.id })];
    const team = await asAda.teams.create({ name: 'Two' });
    await asBo.teams.join(team.id, {});
    await laurel.privacy.erase(ada.id);
    expect((await laurel.teams.members(team.id)).items).toEqual([
      expect.objectContaining({ userId: bo.id, role: 'captain' }),
    ]);
    expect(await asBo.teams.get(team.id)).toMatchObject({ size: 1, role: 'captain' });
    expect(await asBo.teams.update(team.id, { name: 'One' }, { ifMatch: team })).toMatchObject({ name: 'One' });
  });

  test('whose only member they were is left empty', async () => {
    const { id } = await laurel.users.create({});
    const team = await laurel.as({ userId: id }).teams.create({ name: 'Alone' });
    await laurel.privacy.erase(id);
    expect((await laurel.teams.members(team.id)).items).toEqual([]);
    expect(await laurel.teams.get(team.id)).toMatchObject({ size: 0 });
  });
});

test('what was answered about an erased user is not answered again, nor done again', async () => {
  const given = { externalId: 'ada-1', displayName: 'Ada' };
  const { id } = await laurel.users.create(given, { idempotencyKey: 'made' });
  const gift = { rewards: [{ kind: 'currency', currency: 'gems', amount: 5 } as const], note: 'A gift' };
  await laurel.users.grant(id, gift, { idempotencyKey: 'given' });
  await laurel.privacy.erase(id);
  const again = [
    laurel.users.create(given, { idempotencyKey: 'made' }),
    laurel.users.grant(id, gift, { idempotencyKey: 'given' }),
  ];
  expect(await codesOf(again)).toEqual(['idempotency_mismatch', 'idempotency_mismatch']);
  expect(await codeOf(laurel.users.getByExternalId(given.externalId))).toBe('not_found');
});
