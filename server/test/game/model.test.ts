import type { Laurel } from '@laurel/sdk/server';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  dateIn,
  live,
  type ModelCondition,
  type ModelEvent,
  type ModelMission,
  type ModelPlayer,
  type ModelReward,
  type ModelWorld,
  stretches,
} from './model.ts';
import { clockAt, type Game, laurelOf, openGame, randomFrom, times } from './world.ts';

const NOW = '2026-04-12T12:00:00Z';
const RUNS = Number(process.env.LAUREL_RUNS ?? 30);
/** Another history each time; `LAUREL_SEED` plays one again, `LAUREL_RUNS` plays more. */
const seed = Number(process.env.LAUREL_SEED ?? Date.now() % 2 ** 31);

const zones = ['Pacific/Auckland', 'Asia/Kathmandu', 'America/Los_Angeles', 'UTC'];
const players = [
  { id: 'ada', zone: 'Pacific/Auckland' },
  { id: 'bob', zone: 'America/Los_Angeles' },
];
const activity = fc.constantFrom('lesson', 'quiz');
const every = fc.constantFrom('day', 'week', 'month', null);
const zone = fc.constantFrom(...zones);

const simple: fc.Arbitrary<ModelCondition> = fc.oneof(
  fc.integer({ min: 1, max: 5 }).map((n) => ({
    text: `event.value >= ${n}`,
    holds: ({ value }: ModelEvent) => value >= n,
  })),
  fc.integer({ min: 1, max: 120 }).map((n) => ({
    text: `player.balances["xp"] < ${n}`,
    holds: (_: ModelEvent, balances: ReadonlyMap<string, number>) => (balances.get('xp') ?? 0) < n,
  })),
  // Where there is no score, it cannot be asked, which counts as false.
  fc.integer({ min: 0, max: 100 }).map((n) => ({
    text: `event.attributes.score >= ${n}`,
    holds: ({ attributes }: ModelEvent) => attributes.score !== undefined && attributes.score >= n,
  })),
  zone.map((name) => ({
    text: `user.zone == "${name}"`,
    holds: (_: ModelEvent, __: ReadonlyMap<string, number>, zoneOfUser: string) => zoneOfUser === name,
  })),
);
const condition = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc.tuple(simple, simple).map(
      ([a, b]): ModelCondition => ({
        text: `(${a.text}) && (${b.text})`,
        holds: (...facts) => a.holds(...facts) && b.holds(...facts),
      }),
    ),
  },
);
/** What cannot be worked out (of a score that is not there), 0 and less add nothing. */
const adds: fc.Arbitrary<ModelMission['adds']> = fc.oneof(
  fc.constant({ stated: 'one' as const, of: () => 1 }),
  fc.constant({ stated: 'value' as const, of: ({ value }: ModelEvent) => value }),
  fc.integer({ min: 0, max: 4 }).map((less) => ({
    stated: { expression: `event.value * 2 - ${less}` },
    of: ({ value }: ModelEvent) => value * 2 - less,
  })),
  fc.integer({ min: 5, max: 40 }).map((part) => ({
    stated: { expression: `int(event.attributes.score) / ${part} + player.balances["gems"] / 50` },
    of: ({ attributes }: ModelEvent, balances: ReadonlyMap<string, number>) =>
      attributes.score === undefined
        ? 0
        : Math.floor(attributes.score / part) + Math.floor((balances.get('gems') ?? 0) / 50),
  })),
);
const rewards: fc.Arbitrary<ModelReward[]> = fc.array(
  fc.record({ currency: fc.constantFrom('xp', 'gems'), amount: fc.integer({ min: 1, max: 30 }) }),
  { minLength: 1, maxLength: 2 },
);

const withIds = <One extends object>(prefix: string, list: readonly One[]) =>
  list.map((one, index) => ({ ...one, id: `${prefix}-${index}` }));

const world: fc.Arbitrary<ModelWorld> = fc
  .record({
    limits: fc.uniqueArray(
      fc.record({ activity, every, zone: fc.oneof(zone, fc.constant('user')), count: fc.integer({ min: 1, max: 5 }) }),
      { maxLength: 3, selector: ({ activity: one, every: per, zone: own }) => `${one} ${per} ${own}` },
    ),
    missions: fc.array(
      fc.record({
        activity,
        adds,
        target: fc.integer({ min: 1, max: 8 }),
        every,
        zone: fc.oneof(zone, fc.constant('user')),
        rewards,
        condition,
      }),
      { maxLength: 3 },
    ),
    rules: fc.array(
      fc.record({
        on: fc.constantFrom('event' as const, 'missionCompleted' as const),
        unnamed: fc.boolean(),
        activity,
        mission: fc.nat(2),
        mode: fc.constantFrom('always' as const, 'fallback' as const),
        rewards,
        condition,
      }),
      { maxLength: 4 },
    ),
    streaks: fc.array(fc.record({ activity, zone: fc.oneof(zone, fc.constant('user')), condition }), { maxLength: 2 }),
    boards: fc.array(
      fc.record({ activity, kind: fc.constantFrom('sum' as const, 'count' as const), every, zone, condition }),
      { maxLength: 2 },
    ),
  })
  .map(({ limits, missions, rules, streaks, boards }) => ({
    limits,
    missions: withIds('mission', missions),
    rules: withIds(
      'rule',
      rules.map(({ unnamed, activity: one, mission, ...rule }) => {
        const named = rule.on === 'event' ? one : missions[mission] === undefined ? null : `mission-${mission}`;
        return { ...rule, what: unnamed ? null : named };
      }),
    ),
    streaks: withIds('streak', streaks),
    boards: withIds('board', boards),
  }));

/** Few distinct hours over four weeks with two clock changes, so that many events share an instant or a day. */
const events: fc.Arbitrary<ModelEvent[]> = fc
  .array(
    fc.record({
      userId: fc.constantFrom('ada', 'ada', 'bob'),
      activity,
      value: fc.integer({ min: 0, max: 5 }),
      occurredAt: fc
        .tuple(fc.nat(27), fc.constantFrom(0, 6, 11, 12, 18))
        .map(([day, hour]) => new Date(Date.UTC(2026, 2, 14 + day, hour)).toISOString()),
      attributes: fc.oneof(fc.constant({}), fc.record({ score: fc.integer({ min: 0, max: 100 }) })),
    }),
    { maxLength: 24 },
  )
  .map((all) => withIds('event', all));

async function define(laurel: Laurel, { limits, missions, rules, streaks, boards }: ModelWorld): Promise<void> {
  const named = { name: { en: 'Any' } };
  const stated = (given: ModelCondition | null) => (given === null ? {} : { condition: given.text });
  const given = (list: readonly ModelReward[]) => list.map((reward) => ({ kind: 'currency' as const, ...reward }));
  const within = (period: ModelWorld['missions'][number]['every'], place: string) =>
    period === null ? null : { kind: 'recurring' as const, every: period, zone: place };
  for (const id of ['lesson', 'quiz']) {
    const own = limits.filter((limit) => limit.activity === id);
    const counts = own.map(({ every: per, zone: place, count }) => ({
      every: per ?? ('ever' as const),
      zone: place,
      count,
    }));
    await laurel.activities.create({ id, ...named, ...(own.length === 0 ? {} : { limits: counts }) });
  }
  for (const id of ['xp', 'gems']) await laurel.currencies.create({ id, ...named });
  for (const one of missions) {
    const step = { activity: one.activity, adds: one.adds.stated, target: one.target, ...stated(one.condition) };
    const schedule = within(one.every, one.zone) ?? { kind: 'permanent' as const };
    await laurel.missions.create({ id: one.id, ...named, schedule, steps: [step], rewards: given(one.rewards) });
  }
  for (const one of rules) {
    const trigger =
      one.on === 'event'
        ? { kind: one.on, ...(one.what === null ? {} : { activity: one.what }) }
        : { kind: one.on, ...(one.what === null ? {} : { mission: one.what }) };
    const rest = { mode: one.mode, rewards: given(one.rewards), ...stated(one.condition) };
    await laurel.rewardRules.create({ id: one.id, ...named, trigger, ...rest });
  }
  for (const one of streaks) {
    const habit = { cadence: 'day' as const, zone: one.zone, activity: one.activity, ...stated(one.condition) };
    await laurel.streaks.create({ id: one.id, ...named, ...habit });
  }
  for (const one of boards) {
    const window = within(one.every, one.zone) ?? { kind: 'allTime' as const };
    const source = { kind: one.kind, activity: one.activity };
    await laurel.leaderboards.create({ id: one.id, ...named, source, window, ...stated(one.condition) });
  }
  for (const player of players) await laurel.users.create(player);
}

/** Sends all events in another order, in batches of any size and singly, some twice, and voids some in between. */
async function send(laurel: Laurel, all: readonly ModelEvent[], chance: number): Promise<ReadonlySet<string>> {
  const random = randomFrom(chance);
  const voided = new Set<string>();
  let rest = random.shuffle([...all, ...all.filter(() => random.below(5) === 0)]);
  const known: string[] = [];
  while (rest.length > 0) {
    const size = 1 + random.below(8);
    const batch = rest.slice(0, size);
    rest = rest.slice(size);
    const [first] = batch;
    if (size === 1 && first !== undefined) await laurel.events.track({ ...first });
    else expect((await laurel.events.trackBatch({ events: batch.map((one) => ({ ...one })) })).rejected).toBe(0);
    known.push(...batch.map(({ id }) => id));
    for (const id of known.filter(() => random.below(12) === 0)) {
      await laurel.events.void(id, { note: 'Never happened' });
      voided.add(id);
    }
  }
  return voided;
}

/** The player as the platform tells of them, in the words of the model. */
async function read(laurel: Laurel, world: ModelWorld, userId: string) {
  const player = laurel.as({ userId });
  const all = { max: 10_000 };
  const [{ items: wallets }, progress, events, xp, gems] = await Promise.all([
    laurel.users.wallets(userId),
    player.progress.list({ limit: 200 }).toArray(all),
    player.events.list({ limit: 200 }).toArray(all),
    player.wallets.entries('xp', { limit: 200 }).toArray(all),
    player.wallets.entries('gems', { limit: 200 }).toArray(all),
  ]);
  const paid = new Map<string, number>();
  for (const { reason, currency, amount } of [...xp, ...gems]) {
    const name = reason.kind === 'mission' ? `${reason.mission}:${reason.period}` : 'rule' in reason && reason.rule;
    paid.set(`${name} ${currency}`, (paid.get(`${name} ${currency}`) ?? 0) + amount);
  }
  const streaks = await Promise.all(
    world.streaks.map(async ({ id }) => {
      const { current, longest } = await player.streaks.get(id);
      const { runs } = await player.streaks.calendar(id, { from: '2026-03-01', to: '2026-04-30' });
      return { current, longest, days: runs.reduce((sum, { days }) => sum + days, 0) };
    }),
  );
  return {
    balances: wallets.filter(({ available }) => available > 0).map((wallet) => [wallet.currency, wallet.available]),
    owed: wallets.map(({ owed }) => owed).filter((owed) => owed !== 0),
    progress: progress
      .map(({ id, amount, startedAt, completedAt }) => [id, { amount, startedAt, completedAt }] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    paid: [...paid].filter(([, amount]) => amount !== 0).toSorted(),
    streaks,
    limited: events.flatMap(({ id, limited }) => (limited ? [id] : [])).toSorted(),
  };
}

/** The model's player in the same words. */
function told(world: ModelWorld, { id, zone: own }: (typeof players)[number], events: readonly ModelEvent[]) {
  const player: ModelPlayer = live(
    world,
    own,
    events.filter(({ userId }) => userId === id),
  );
  const streaks = world.streaks.map((streak) => {
    const days = player.days.get(streak.id) ?? new Set<string>();
    return { ...stretches(days, dateIn(streak.zone === 'user' ? own : streak.zone, NOW)), days: days.size };
  });
  return {
    player,
    told: {
      balances: [...player.balances].toSorted(),
      owed: [],
      progress: [...player.progress].toSorted(([a], [b]) => (a < b ? -1 : 1)),
      paid: [...player.paid].toSorted(),
      streaks,
      limited: [...player.limited].toSorted(),
    },
  };
}

let game: Game;
beforeAll(async () => {
  game = await openGame({ clock: clockAt(NOW) });
});
afterAll(() => game.close());

test(`a naive second implementation agrees on ${RUNS} random worlds and histories`, { timeout: 600_000 }, async () => {
  console.log(`model: LAUREL_SEED=${seed}`);
  let runs = 0;
  const property = fc.asyncProperty(world, events, fc.nat(), async (rules, history, chance) => {
    runs += 1;
    const laurel = laurelOf(await game.platform.createWorkspaceClient({ tenant: 'acme', workspace: `model-${runs}` }));
    await define(laurel, rules);
    const voided = await send(laurel, history, chance);
    const counting = history.filter(({ id }) => !voided.has(id));
    const wanted = players.map((player) => told(rules, player, counting));
    for (const [index, player] of players.entries()) {
      expect(await read(laurel, rules, player.id)).toEqual(wanted[index]?.told);
    }
    for (const board of rules.boards) {
      const scores = players.flatMap(({ id: userId }, index) =>
        [...(wanted[index]?.player.scores ?? [])].flatMap(([id, score]) => {
          const [name, period] = id.split(':');
          return name === board.id ? [{ userId, period, score }] : [];
        }),
      );
      // What was voided may have been all of a period.
      const periods = new Set([...history.map(({ occurredAt }) => occurredAt.slice(0, 7)), 'all']);
      for (const period of new Set([...scores.map((one) => one.period ?? ''), ...periods])) {
        const lines = await laurel.leaderboards.entries(board.id, { period }).toArray({ max: 10 });
        const found = lines.map(({ userId = '', score }) => ({ userId, period, score }));
        const expected = scores.filter((one) => one.period === period);
        expect(found.toSorted((a, b) => (a.userId < b.userId ? -1 : 1))).toEqual(expected);
      }
    }
    const proofs = await laurel.ledger.proof().toArray({ max: 10 });
    for (const [place, { currency, sum, balanced, outstanding }] of proofs.entries()) {
      expect([place < 2, sum, balanced]).toEqual([true, 0, true]);
      const held = wanted.map(({ player }) => player.balances.get(currency) ?? 0);
      expect(outstanding).toBe(held.reduce((total, amount) => total + amount, 0));
    }
  });
  await fc.assert(property, { seed, numRuns: RUNS, endOnFailure: process.env.LAUREL_SHRINK === undefined });
});

test('the model has a calendar of its own: dates and weeks at their ends', () => {
  const at = (instant: string) => zones.map((place) => dateIn(place, instant));
  expect(at('2026-12-31T23:30:00Z')).toEqual(['2027-01-01', '2027-01-01', '2026-12-31', '2026-12-31']);
  const week = (date: string) => {
    const weekly = { id: 'w', activity: 'a', kind: 'count', every: 'week', zone: 'UTC', condition: null } as const;
    const event = { id: 'e', userId: 'u', activity: 'a', value: 1, occurredAt: `${date}T12:00:00Z`, attributes: {} };
    const nothing = { limits: [], missions: [], rules: [], streaks: [] };
    return [...live({ ...nothing, boards: [weekly] }, 'UTC', [event]).scores.keys()][0];
  };
  expect(['2027-01-01', '2024-12-30', '2026-01-04', '2026-01-05'].map(week)).toEqual([
    'w:2026-W53',
    'w:2025-W01',
    'w:2026-W01',
    'w:2026-W02',
  ]);
  const days = new Set(times(5, (index) => `2026-03-0${index + 1}`).filter((day) => day !== '2026-03-03'));
  expect(stretches(days, '2026-03-06')).toEqual({ longest: 2, current: 2 });
  expect(stretches(days, '2026-03-07')).toEqual({ longest: 2, current: 0 });
});
