import { expect, test } from 'vitest';
import { needsOf, newPlayer, zonesOf } from '../../src/domain/index.ts';
import { decided, happening, leaderboard, mission, rewardRule, rulesetOf, stamped, streak } from './fixtures.ts';

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
    needs: needsOf(ruleset, stamped(ruleset, event)),
    zones: zonesOf(ruleset, event.activity, event.userZone),
    trace: decided(ruleset, newPlayer(), event).trace,
  }));
  expect(crowded).toEqual(alone);
  expect(crowded?.trace).toHaveLength(4);
  expect(crowded?.zones).toEqual(['Asia/Kathmandu']);
  expect(crowded?.needs).toEqual({ progress: ['mine:2026-W48'], streaks: ['mine'], scores: ['mine:all'] });
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
  expect(needsOf(ruleset, stamped(ruleset, event)).progress).toEqual(['mine:2026-W48']);
  expect(decided(ruleset, newPlayer(), event).trace).toMatchObject([{ version: COUNT, why: 'progress_started' }]);
});

test('an event that no rule waits for needs nothing', () => {
  const ruleset = rulesetAmong(others);
  const stranger = { ...event, activity: 'nothing-waits-for-it' };
  expect(zonesOf(ruleset, stranger.activity, stranger.userZone)).toEqual([]);
  expect(needsOf(ruleset, stamped(ruleset, stranger))).toEqual({ progress: [], streaks: [], scores: [] });
  expect(decided(ruleset, newPlayer(), stranger).trace).toEqual([]);
});
