import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defineBasics, missionOf } from './definitions.ts';
import { clockAt, type Game, openGame } from './world.ts';

const NOW = '2026-06-30T12:00:00.000Z';

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  // It stands still: all that is done here is done at one moment.
  game = await openGame({ clock: clockAt(NOW) });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
  await laurel.users.create({ id: 'ada' });
  await laurel.missions.create({
    id: 'first-learn',
    name: { en: 'A lesson, then a quiz' },
    schedule: { kind: 'permanent' },
    steps: [
      { activity: 'lesson', target: 1 },
      { activity: 'quiz', target: 1 },
    ],
    combine: { kind: 'sequence' },
  });
  await laurel.missions.create({ id: 'joined', ...missionOf(2), assignment: { kind: 'optIn' } });
});
afterEach(() => game.close());

const ada = () => laurel.as({ userId: 'ada' });
// By their ids they would stand the other way round.
const lesson = { id: 'z', userId: 'ada', activity: 'lesson' };
const quiz = { id: 'a', userId: 'ada', activity: 'quiz' };
const state = async (id: string) => (await ada().missions.get(id)).progress?.state;

test('events of a batch count in the order in which they were sent', async () => {
  await laurel.events.trackBatch({ events: [lesson, quiz] });
  expect(await state('first-learn')).toBe('completed');
});

test('events that are sent one after the other count in that order', async () => {
  await laurel.events.track(lesson);
  await laurel.events.track(quiz);
  expect(await state('first-learn')).toBe('completed');
});

test('what is tried with a dry run comes in the same order', async () => {
  const { items } = await laurel.events.trackBatch({ events: [lesson, quiz], dryRun: true });
  const completed = items.flatMap((item) => (item.status === 'accepted' ? item.receipt.effects.missionsCompleted : []));
  expect(completed).toEqual([{ mission: 'first-learn', period: 'all' }]);
});

test('an event after a join counts for it, and one before it does not', async () => {
  await laurel.events.track({ ...lesson, id: 'before' });
  await ada().missions.join('joined');
  await laurel.events.track({ ...lesson, id: 'after' });
  expect((await ada().progress.get('joined:all')).amount).toBe(1);
});

test('who names the time has it to the letter', async () => {
  await laurel.events.track(lesson);
  const { event } = await laurel.events.track({ ...quiz, occurredAt: NOW });
  expect(event.occurredAt).toBe(NOW);
  expect(await state('first-learn')).toBe('active');
});
