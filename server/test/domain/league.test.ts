import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cohortOf, outcomeOf, roundsUpTo, tierAfter, tierOnReturn } from '../../src/domain/index.ts';

const size = fc.integer({ min: 2, max: 50 });
const players = fc.integer({ min: 1, max: 1200 });
const tickets = (count: number) => Array.from({ length: count }, (_, ticket) => ticket);

describe('cohorts', () => {
  test('hold every player once, and none more than its size', () => {
    fc.assert(
      fc.property(players, size, fc.string(), (count, most, seed) => {
        const cohorts = Map.groupBy(tickets(count), (ticket) => cohortOf(ticket, most, seed));
        expect([...cohorts.values()].flat().toSorted((a, b) => a - b)).toEqual(tickets(count));
        for (const members of cohorts.values()) expect(members.length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 30 },
    );
  });

  test('are all among those that the rounds up to the last ticket have, and full where the rounds are', () => {
    fc.assert(
      fc.property(players, size, fc.string(), (count, most, seed) => {
        const rounds = roundsUpTo(count - 1, most);
        const sizes = Map.groupBy(tickets(rounds.tickets), (ticket) => cohortOf(ticket, most, seed));
        expect([...sizes.keys()].toSorted((a, b) => a - b)).toEqual(tickets(rounds.cohorts));
        expect([...sizes.values()].every((members) => members.length === most)).toBe(true);
        expect(rounds.tickets).toBeGreaterThanOrEqual(count);
      }),
      { numRuns: 30 },
    );
  });

  test('are drawn alike by one seed, and otherwise by another', () => {
    const drawn = (seed: string) => tickets(300).map((ticket) => cohortOf(ticket, 10, seed));
    expect(drawn('spring')).toEqual(drawn('spring'));
    expect(drawn('spring')).not.toEqual(drawn('autumn'));
  });

  test('keep who comes early apart from who comes late', () => {
    const late = tickets(2000).slice(1000);
    const early = new Set(tickets(500).map((ticket) => cohortOf(ticket, 10, 's')));
    expect(late.filter((ticket) => early.has(cohortOf(ticket, 10, 's')))).toEqual([]);
  });
});

describe('outcomes', () => {
  const league = fc.record({
    cohortSize: size,
    promote: fc.integer({ min: 0, max: 50 }),
    demote: fc.integer({ min: 0, max: 50 }),
    idleWeeks: fc.option(fc.integer({ min: 1, max: 5 })),
    tiers: fc
      .integer({ min: 1, max: 6 })
      .map((count) => Array.from({ length: count }, (_, tier) => ({ id: `t${tier}`, name: { en: 'T' }, prizes: [] }))),
  });

  test('are in the order of ranks, keep to their numbers and to the tiers there are', () => {
    const order = ['promoted', 'stays', 'demoted'];
    fc.assert(
      fc.property(league, fc.nat(5), fc.nat(49), (given, somewhere, short) => {
        const tier = somewhere % given.tiers.length;
        const members = Math.max(1, given.cohortSize - short);
        const outcomes = tickets(members).map((index) => outcomeOf(given, tier, index + 1, members));
        const places = outcomes.map((outcome) => order.indexOf(outcome));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
        expect(count('promoted')).toBe(tier === given.tiers.length - 1 ? 0 : Math.min(given.promote, members));
        expect(count('demoted')).toBeLessThanOrEqual(tier === 0 ? 0 : given.demote);
        for (const outcome of outcomes) {
          expect(given.tiers[tierAfter(tier, outcome)]).toBeDefined();
        }
      }),
    );
  });

  test('send nobody down out of a cohort that too few came to', () => {
    const tiers = ['a', 'b', 'c'].map((id) => ({ id, name: { en: id }, prizes: [] }));
    const given = { cohortSize: 10, promote: 2, demote: 3, tiers };
    const demoted = (members: number) =>
      tickets(members).filter((index) => outcomeOf(given, 1, index + 1, members) === 'demoted').length;
    expect([10, 9, 8, 7, 3].map(demoted)).toEqual([3, 2, 1, 0, 0]);
  });

  test('let a tier go with every so many weeks away, and never below the lowest', () => {
    const tiers = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: { en: id }, prizes: [] }));
    const back = (idleWeeks: number | null, away: number) => tierOnReturn({ idleWeeks, tiers }, 3, away);
    expect([0, 1, 2, 3, 4, 9].map((away) => back(2, away))).toEqual([3, 3, 2, 2, 1, 0]);
    expect(back(null, 500)).toBe(3);
    expect(tierOnReturn({ idleWeeks: null, tiers: tiers.slice(0, 2) }, 3, 0)).toBe(1);
  });
});
