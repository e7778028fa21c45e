import type { RewardRule, RewardTrigger } from '@laurel/contract/types';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runCascade } from '../../src/domain/fold/cascade.ts';
import type { Occurrence } from '../../src/domain/fold/occurrence.ts';
import { openTurn } from '../../src/domain/fold/turn.ts';
import { newPlayer } from '../../src/domain/index.ts';
import { drawn, judgeAsk, type Pool, UNTOUCHED } from '../../src/domain/reward/pool.ts';
import {
  decided,
  fold,
  type Happening,
  happening,
  inOrder,
  rewardRule,
  rulesetOf,
  stamped,
  stampsOf,
} from './fixtures.ts';
import { shuffled } from './world.ts';

const MINUTE = 60_000;
const anything: RewardTrigger = { kind: 'event' };
const group = (priority: number) => ({ exclusive: 'group', priority });

/** Rules of every kind that hold one another back, each paying an amount of its own. */
const rules: readonly RewardRule[] = [
  rewardRule('daily', anything, 1, { caps: { perDay: 2, zone: 'user' } }),
  rewardRule('weekly', { kind: 'event', activity: 'lesson' }, 10, { caps: { perWeek: 3, perPlayer: 8, zone: 'UTC' } }),
  rewardRule('monthly', anything, 100, { caps: { perMonth: 4, zone: 'Asia/Kathmandu' } }),
  rewardRule('calm', anything, 1000, { cooldown: 'P1DT6H' }),
  rewardRule('high', { kind: 'event', activity: 'exam' }, 10_000, { mode: group(9), cooldown: 3600 }),
  rewardRule('low', anything, 100_000, { mode: group(1) }),
  rewardRule('framed', anything, 1_000_000, {
    timeframe: { from: '2026-03-10T00:00:00.000Z', to: '2026-03-20T00:00:00.000Z' },
  }),
];
const ruleset = rulesetOf({ rewardRules: rules });

/** What the rules come to, from the history in its order, rule by rule, with lists of all that was paid before. */
function calculated(events: readonly Happening[]): Map<string, string[]> {
  const ordered = inOrder(events);
  const stampOf = (zone: string, { occurredAt }: Happening) => {
    const stamp = stampsOf(occurredAt, [zone])[zone];
    if (stamp === undefined) throw new Error(`no stamp in ${zone}`);
    return stamp;
  };
  const pick = (all: readonly Happening[], isHeld: (one: Happening, paid: readonly Happening[]) => boolean) => {
    const paid: Happening[] = [];
    for (const one of all) if (!isHeld(one, paid)) paid.push(one);
    return paid.map(({ id }) => id);
  };
  const same = (key: (one: Happening) => string, most: number) => (one: Happening, paid: readonly Happening[]) =>
    paid.filter((before) => key(before) === key(one)).length >= most;
  const within = (milliseconds: number) => (one: Happening, paid: readonly Happening[]) =>
    paid.some((before) => Date.parse(one.occurredAt) - Date.parse(before.occurredAt) < milliseconds);
  const weekly = same((one) => stampOf('UTC', one).week, 3);
  const lessons = ordered.filter(({ activity }) => activity === 'lesson');
  const exams = ordered.filter(({ activity }) => activity === 'exam');
  const framed = ordered.filter(({ occurredAt }) => occurredAt >= '2026-03-10' && occurredAt < '2026-03-20');
  return new Map([
    [
      'daily',
      pick(
        ordered,
        same((one) => stampOf(one.userZone, one).day, 2),
      ),
    ],
    ['weekly', pick(lessons, (one, paid) => paid.length >= 8 || weekly(one, paid))],
    [
      'monthly',
      pick(
        ordered,
        same((one) => stampOf('Asia/Kathmandu', one).month, 4),
      ),
    ],
    ['calm', pick(ordered, within(30 * 60 * MINUTE))],
    ['high', pick(exams, within(60 * MINUTE))],
    ['low', lessons.map(({ id }) => id)],
    ['framed', framed.map(({ id }) => id)],
  ]);
}

describe('caps, cooldowns, groups and timeframes', () => {
  test('come to what a naive calculation over the whole history gives', () => {
    fc.assert(
      fc.property(shuffled, ([, events]) => {
        const { granted } = fold(ruleset, events);
        const paid = (rule: string) =>
          granted.flatMap(({ reason }) => (reason.kind === 'rule' && reason.rule === rule ? [reason.event] : []));
        for (const [rule, expected] of calculated(events)) expect([rule, paid(rule)]).toEqual([rule, expected]);
      }),
    );
  });

  test('leave a hot state that does not grow with the history', () => {
    const events = Array.from({ length: 2000 }, (_, index) =>
      happening(`e-${index}`, new Date(Date.UTC(2020, 0, 1) + index * 24 * 60 * MINUTE).toISOString()),
    );
    const { player } = fold(ruleset, events);
    expect(JSON.stringify(player.counters).length).toBeLessThan(2500);
  });
});

describe('chance', () => {
  const lucky = rulesetOf({ rewardRules: [rewardRule('lucky', anything, 1, { chance: { probability: 0.1 } })] });
  const hits = (from: typeof lucky) =>
    Array.from({ length: 10_000 }, (_, index) => index).filter((index) => {
      const { outcome } = decided(from, newPlayer(), happening(`id-${index}`, '2026-03-01T00:00:00.000Z'));
      return outcome.granted.length > 0;
    });

  test('is near its probability over many events, and the same in every replay', () => {
    const first = hits(lucky);
    // Four standard deviations of a binomial of 10,000 and 0.1.
    expect(Math.abs(first.length - 1000)).toBeLessThan(120);
    expect(
      hits(rulesetOf({ rewardRules: [rewardRule('lucky', anything, 1, { chance: { probability: 0.1 } })] })),
    ).toEqual(first);
    const seeded = rewardRule('lucky', anything, 1, { chance: { probability: 0.1, seed: 'other' } });
    expect(hits(rulesetOf({ rewardRules: [seeded] }))).not.toEqual(first);
  });
});

describe('what a rule can wait for', () => {
  const happened: readonly Occurrence[] = [
    { kind: 'streakMilestone', from: 1, streak: 'daily', length: 7, key: '2026-03-01' },
    { kind: 'levelReached', track: 'main', level: 3, key: '1' },
    { kind: 'badgeAwarded', badge: 'first', tier: 2, key: '1' },
    { kind: 'leaderboardClosed', leaderboard: 'points', period: '2026-W10', rank: 3 },
  ];
  const triggers: readonly (readonly [trigger: RewardTrigger, matches: boolean])[] = [
    [{ kind: 'streakMilestone' }, true],
    [{ kind: 'streakMilestone', streak: 'daily', length: 7 }, true],
    [{ kind: 'streakMilestone', streak: 'daily', length: 8 }, false],
    [{ kind: 'streakMilestone', streak: 'weekly' }, false],
    [{ kind: 'levelReached' }, true],
    [{ kind: 'levelReached', track: 'main', level: 3 }, true],
    [{ kind: 'levelReached', level: 4 }, false],
    [{ kind: 'badgeAwarded', badge: 'first', tier: 2 }, true],
    [{ kind: 'badgeAwarded', badge: 'first', tier: 1 }, false],
    [{ kind: 'leaderboardClosed', leaderboard: 'points', topRank: 3 }, true],
    [{ kind: 'leaderboardClosed', topRank: 2 }, false],
  ];

  test.each(triggers)('%j', (trigger, matches) => {
    const waiting = rulesetOf({ rewardRules: [rewardRule('waits', trigger, 5)] });
    const turn = openTurn(waiting, newPlayer(), stamped(waiting, happening('e', '2026-03-01T00:00:00.000Z')));
    turn.queue.push(...happened);
    runCascade(turn);
    expect(turn.granted.map(({ amount }) => amount)).toEqual(matches ? [5] : []);
  });

  test('reaches whoever gives what is no amount', () => {
    const given = rewardRule('gives', anything, 1, {
      rewards: [
        { kind: 'badge', badge: 'first' },
        { kind: 'experience', track: 'main', amount: { expression: 'event.value + 1' } },
        { kind: 'streakFreeze', streak: 'daily', count: 2 },
        { kind: 'item', item: 'hat', quantity: 1 },
      ],
    });
    const { outcome } = decided(
      rulesetOf({ rewardRules: [given] }),
      newPlayer(),
      happening('e', '2026-03-01T00:00:00.000Z'),
    );
    expect(outcome.given?.map(({ cause, reward }) => [cause, reward])).toEqual([
      ['rule:gives@e#0', { kind: 'badge', badge: 'first' }],
      ['rule:gives@e#1', { kind: 'experience', track: 'main', amount: 2 }],
      ['rule:gives@e#2', { kind: 'streakFreeze', streak: 'daily', count: 2 }],
      ['rule:gives@e#3', { kind: 'item', item: 'hat', quantity: 1 }],
    ]);
  });
});

describe('a pool', () => {
  test('never gives more than it has, and refuses only what it does not bear', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 });
    fc.assert(
      fc.property(
        amounts,
        fc.integer({ min: 1, max: 400 }),
        fc.option(fc.integer({ min: 1, max: 20 })),
        (wanted, budget, total) => {
          let pool: Pool = UNTOUCHED;
          for (const amount of wanted) {
            const ask = { key: 'k', rule: 'r', total, amounts: [{ currency: 'xp', amount, budget }] };
            const left = budget - (pool.spent.xp ?? 0);
            const verdict = judgeAsk(pool, ask);
            expect(verdict === 'paid').toBe(amount <= left && (total === null || pool.paid < total));
            if (verdict === 'paid') pool = drawn(pool, ask);
            expect(pool.spent.xp ?? 0).toBeLessThanOrEqual(budget);
          }
        },
      ),
    );
  });
});
