import type { Laurel } from '@laurel/sdk/server';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics } from './definitions.ts';
import { naiveStreakOf } from './naive-versions.ts';
import { bodyOf, type StreakBody } from './streak-body.ts';
import { clockAt, type Game, openGame, type TestClock } from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-05-01T00:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
});
afterEach(() => game.close());

describe('versions of streaks, in whatever order events arrive, and whatever is taken back', () => {
  const HOUR = 3_600_000;
  const START = Date.UTC(2026, 4, 1);
  const version = fc.record({
    hour: fc.integer({ min: 30, max: 200 }),
    running: fc.constantFrom('keep' as const, 'recompute' as const, 'reset' as const),
    activity: fc.constantFrom('lesson', 'lesson', 'quiz'),
    target: fc.integer({ min: 1, max: 2 }),
  });
  const event = fc.record({
    hour: fc.integer({ min: -40, max: 235 }),
    late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 240 })),
    activity: fc.constantFrom('lesson', 'lesson', 'lesson', 'quiz'),
    voided: fc.constantFrom(false, false, false, true),
  });

  test('a streak is what its versions make of its events in the order of time', async () => {
    let world = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(version, { minLength: 1, maxLength: 3, selector: ({ hour }) => hour }),
        fc.uniqueArray(event, { minLength: 8, maxLength: 30, selector: ({ hour }) => hour }),
        fc.integer({ min: 1, max: 2 }),
        async (changes, played, target) => {
          world += 1;
          const [streak, userId] = [`s${world}`, `ada${world}`];
          clock.set(new Date(START).toISOString());
          await laurel.users.create({ id: userId });
          await laurel.streaks.create({ id: streak, ...bodyOf(target) });
          const ordered = changes.toSorted((a, b) => a.hour - b.hour);
          const last = { hour: 239, late: 0, activity: 'lesson', voided: false };
          const steps = [
            ...ordered.map((one) => ({ at: one.hour + 0.5, publish: one })),
            ...[...played, last].map((one, index) => ({
              at: Math.max(0, Math.min(240, one.hour + one.late)),
              play: { ...one, id: `${userId}-${index}` },
            })),
          ].toSorted((a, b) => a.at - b.at);
          const taken: string[] = [];
          for (const step of steps) {
            clock.set(new Date(START + step.at * HOUR).toISOString());
            if ('publish' in step) {
              const { running, activity, target: goal } = step.publish;
              const ifMatch = await laurel.streaks.get(streak);
              await laurel.streaks.update(streak, bodyOf(goal, { running, activity }), { ifMatch });
              continue;
            }
            const { id, activity, hour, voided } = step.play;
            const occurredAt = new Date(START + hour * HOUR).toISOString();
            await laurel.events.track({ id, userId, activity, occurredAt });
            if (voided) taken.push(id);
          }
          for (const id of taken) await laurel.events.void(id, { note: 'a mistake' });
          const versions = [
            { at: 0, running: 'keep' as const, activity: 'lesson', target },
            ...ordered.map((one) => ({ ...one, at: START + (one.hour + 0.5) * HOUR })),
          ];
          const counting = [...played.filter(({ voided }) => !voided), last];
          const events = counting.map(({ hour, activity }) => ({ at: START + hour * HOUR, activity }));
          clock.set(new Date(START + 239.9 * HOUR).toISOString());
          const { current, longest, runs } = naiveStreakOf(
            versions,
            events,
            Math.floor((START + 239 * HOUR) / 86_400_000),
          );
          const player = laurel.as({ userId }).streaks;
          expect(await player.get(streak)).toMatchObject({ current, longest });
          const calendar = await player.calendar(streak, { from: '2026-04-01', to: '2026-05-31' });
          const days = calendar.runs.map(({ from, to }) => [from, to].map((day) => Date.parse(day) / 86_400_000));
          expect(days).toEqual(runs);
        },
      ),
      { numRuns: 15 },
    );
  }, 180_000);

  test('freezes and rewards come to the same, whenever events came in', async () => {
    const more = (length: number): Partial<StreakBody> => ({
      freezes: { most: 2, initial: 1, earnedEvery: 2 },
      milestones: [2, length].map((one) => ({
        length: one,
        rewards: [{ kind: 'currency' as const, currency: 'xp', amount: 10 * one }],
      })),
    });
    let world = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(version, { minLength: 1, maxLength: 2, selector: ({ hour }) => hour }),
        fc.uniqueArray(event, { minLength: 10, maxLength: 24, selector: ({ hour }) => hour }),
        async (changes, played) => {
          world += 1;
          const streak = `f${world}`;
          clock.set(new Date(START).toISOString());
          const [promptly, lately] = [`prompt${world}`, `late${world}`];
          for (const id of [promptly, lately]) await laurel.users.create({ id });
          await laurel.streaks.create({ id: streak, ...bodyOf(1, more(4)) });
          const last = { hour: 239, late: 0, activity: 'lesson', voided: false };
          const steps = [
            ...changes.map((one) => ({ at: one.hour + 0.5, publish: one })),
            ...[...played, last].flatMap((one, index) => [
              { at: Math.max(0, one.hour), play: { ...one, userId: promptly, id: `${promptly}-${index}` } },
              {
                at: Math.max(0, Math.min(239, one.hour + one.late)),
                play: { ...one, userId: lately, id: `${lately}-${index}` },
              },
            ]),
          ].toSorted((a, b) => a.at - b.at);
          for (const step of steps) {
            clock.set(new Date(START + step.at * HOUR).toISOString());
            if ('publish' in step) {
              const { running, activity, target } = step.publish;
              const ifMatch = await laurel.streaks.get(streak);
              await laurel.streaks.update(streak, bodyOf(target, { ...more(3), running, activity }), { ifMatch });
              continue;
            }
            const { id, userId, activity, hour, voided } = step.play;
            const occurredAt = new Date(START + hour * HOUR).toISOString();
            // What is voided in the end never came to the one, and came to the other.
            if (voided && userId === promptly) continue;
            await laurel.events.track({ id, userId, activity, occurredAt });
          }
          for (const [index, { voided }] of played.entries()) {
            if (voided) await laurel.events.void(`${lately}-${index}`, { note: 'a mistake' });
          }
          const seen = async (userId: string) => {
            const player = laurel.as({ userId });
            const { milestones: _, ...state } = await player.streaks.get(streak);
            const calendar = await player.streaks.calendar(streak, { from: '2026-04-01', to: '2026-05-31' });
            const { available, pending } = await player.wallets.get('xp');
            return { state, calendar, available, pending };
          };
          expect(await seen(lately)).toEqual(await seen(promptly));
        },
      ),
      { numRuns: 6 },
    );
  }, 180_000);
});
