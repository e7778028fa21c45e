import * as fc from 'fast-check';
import { activity, currency, type Happening, leaderboard, mission, rewardRule, rulesetOf, streak } from './fixtures.ts';

/** A workspace with something of every kind of rule, in several zones. */
export const world = {
  activities: [activity('lesson'), activity('exam')],
  currencies: [currency('xp'), currency('gems')],
  missions: [
    mission('ever', { rewards: [{ kind: 'currency', currency: 'gems', amount: 50 }] }),
    mission('weekly', {
      schedule: { kind: 'recurring', every: 'week', zone: 'user' },
      steps: [{ activity: 'lesson', adds: 'value', target: 10 }],
      rewards: [{ kind: 'currency', currency: 'xp', amount: 100 }],
    }),
    mission('daily', {
      schedule: { kind: 'recurring', every: 'day', zone: 'Pacific/Auckland' },
      steps: [{ activity: 'exam', adds: 'one', target: 2 }],
    }),
    mission('monthly', {
      schedule: { kind: 'recurring', every: 'month', zone: 'UTC' },
      steps: [{ activity: 'exam', adds: 'value', target: 12 }],
    }),
  ],
  rewardRules: [
    rewardRule('lesson-pays', { kind: 'event', activity: 'lesson' }, 20),
    rewardRule('anything-pays', { kind: 'event' }, 5, { mode: 'fallback' }),
    rewardRule('weekly-pays', { kind: 'missionCompleted', mission: 'weekly' }, 7),
    rewardRule('missions-pay', { kind: 'missionCompleted' }, 3, { mode: 'fallback' }),
    rewardRule('once-paid', { kind: 'event' }, 1_000, { status: 'archived' }),
  ],
  streaks: [streak('own-days'), streak('exam-days', { activity: 'exam', zone: 'Asia/Kathmandu' })],
  leaderboards: [
    leaderboard('points'),
    leaderboard('exams', {
      source: { kind: 'count', activity: 'exam' },
      window: { kind: 'recurring', every: 'week', zone: 'Pacific/Auckland' },
    }),
    leaderboard('months', {
      source: { kind: 'sum', activity: 'exam' },
      window: { kind: 'recurring', every: 'month', zone: 'UTC' },
    }),
  ],
} as const;

export const worldRuleset = rulesetOf(world);

/** Across the clock changes of spring (Los Angeles) and autumn (Auckland), and two ends of a month. */
const instant = fc
  .date({ min: new Date('2026-03-01T00:00:00Z'), max: new Date('2026-04-12T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Histories of one player in one zone; ids are unique, instants need not be. */
export const history: fc.Arbitrary<Happening[]> = fc
  .tuple(
    fc.constantFrom('Pacific/Auckland', 'Asia/Kathmandu', 'America/Los_Angeles'),
    fc.array(
      fc.record({
        occurredAt: instant,
        activity: fc.constantFrom('lesson', 'exam'),
        value: fc.integer({ min: 0, max: 5 }),
      }),
      { maxLength: 60 },
    ),
  )
  .map(([userZone, all]) => all.map((one, index) => ({ ...one, id: `evt-${index}`, userZone, attributes: {} })));

/** A history, and the same events in another order. */
export const shuffled: fc.Arbitrary<readonly [Happening[], Happening[]]> = history.chain((events) =>
  fc
    .shuffledSubarray(events, { minLength: events.length })
    .map((other): readonly [Happening[], Happening[]] => [events, other]),
);
