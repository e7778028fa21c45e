import { expect, test } from 'vitest';
import { newPlayer } from '../../src/domain/index.ts';
import { decided, fold, happening, leaderboard, mission, rewardRule, rulesetOf, streak } from './fixtures.ts';

const COUNT = 1_000;
const others = Array.from({ length: COUNT }, (_, index) => index);
const weekly = { kind: 'recurring', every: 'week', zone: 'user' } as const;
const event = happening('evt-1', '2026-11-24T10:00:00.000Z', { userZone: 'Asia/Kathmandu' });

/** One of each kind for `lesson`, and as many of each kind as told for activities of their own. */
function rulesetAmong(bystanders: readonly number[]) {
  return rulesetOf({
    missions: [
      mission('mine', { schedule: weekly }),
      ...bystanders.map((n) => mission(`m-${n}`, { steps: [{ activity: `other-${n}`, adds: 'one', target: 1 }] })),
    ],
    rewardRules: [
      rewardRule('mine', { kind: 'event', activity: 'lesson' }, 1),
      ...bystanders.map((n) => rewardRule(`r-${n}`, { kind: 'event', activity: `other-${n}` }, 1)),
      ...bystanders.map((n) => rewardRule(`c-${n}`, { kind: 'missionCompleted', mission: `m-${n}` }, 1)),
    ],
    streaks: [
      streak('mine'),
      ...bystanders.map((n) => streak(`s-${n}`, { activity: `other-${n}`, zone: 'Europe/Rome' })),
    ],
    leaderboards: [
      leaderboard('mine'),
      ...bystanders.map((n) => leaderboard(`l-${n}`, { source: { kind: 'sum', activity: `other-${n}` } })),
    ],
  });
}

test('an event costs by the rules it touches, not by how many exist', () => {
  const [alone, crowded] = [rulesetAmong([]), rulesetAmong(others)].map((ruleset) => ({
    ...decided(ruleset, newPlayer(), event),
  }));
  expect(crowded).toEqual(alone);
  expect(crowded?.trace).toHaveLength(4);
  expect(crowded?.outcome.touched.toSorted()).toEqual(['progress mine:2026-W48', 'score mine:all', 'streak mine']);
});

test('only the lists of the rules that it touches are read', () => {
  const ruleset = rulesetAmong(others);
  const read: string[] = [];
  const watched = <Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
    new Proxy(map, {
      get(target, name) {
        if (name !== 'get') throw new Error(`the whole index is read by ${String(name)}`);
        return (key: string) => {
          read.push(key);
          return target.get(key);
        };
      },
    });
  const { missions, streaks, leaderboards, rewardRules } = ruleset;
  const spied = {
    ...ruleset,
    missions: watched(missions),
    streaks: watched(streaks),
    leaderboards: { ...leaderboards, byActivity: watched(leaderboards.byActivity) },
    rewardRules: { ...rewardRules, event: { ...rewardRules.event, named: watched(rewardRules.event.named) } },
  };
  decided(spied, newPlayer(), event);
  expect(new Set(read)).toEqual(new Set(['lesson']));
});

test('a mission costs by its distinct schedules, not by how often it was published', () => {
  const versions = others.map((n) => mission('mine', { version: n + 1, schedule: weekly }));
  const ruleset = rulesetOf({ missions: versions.slice(-1), missionVersions: versions });
  expect(ruleset.missions.get('lesson')?.map((match) => match.schedules)).toEqual([[weekly]]);
  expect(decided(ruleset, newPlayer(), event).trace).toMatchObject([{ version: COUNT, why: 'progress_started' }]);
});

test('an event that no rule waits for touches nothing', () => {
  const stranger = { ...event, activity: 'nothing-waits-for-it' };
  const { state, outcome, trace } = decided(rulesetAmong(others), newPlayer(), stranger);
  expect([state, outcome.touched, outcome.granted, trace]).toEqual([newPlayer(), [], [], []]);
});

test('the hot state does not grow with the past: progress and scores of periods long over leave it', () => {
  const ruleset = rulesetOf({
    missions: [
      mission('days', { schedule: { kind: 'recurring', every: 'day', zone: 'user' } }),
      mission('weeks', { schedule: weekly }),
      mission('months', { schedule: { kind: 'recurring', every: 'month', zone: 'UTC' } }),
      mission('ever', { steps: [{ activity: 'lesson', adds: 'one', target: 10_000 }] }),
    ],
    leaderboards: [leaderboard('daily', { window: { kind: 'recurring', every: 'day', zone: 'UTC' } })],
  });
  const day = (index: number) => new Date(Date.UTC(2020, 0, 1 + index, 12)).toISOString();
  const { player, completions, outcomes } = fold(
    ruleset,
    Array.from({ length: 2_000 }, (_, index) => happening(`evt-${index}`, day(index))),
  );
  expect(Object.keys(player.progress).length).toBeLessThan(12);
  expect(Object.keys(player.scores).length).toBeLessThan(6);
  expect(player.progress['ever:all']?.amount).toBe(2_000);
  // What has left it was told before: each day, week and month has its record.
  const told = new Set(outcomes.flatMap(({ touched }) => touched));
  expect([...told].filter((ref) => ref.startsWith('progress days:'))).toHaveLength(2_000);
  expect(completions.filter((one) => one.startsWith('months:'))).toHaveLength(66);
});
