import type { FixtureCommit } from './fixture.ts';

/** A small history with every edge that the game has: each line says which. */
export const edges: readonly FixtureCommit[] = [
  // Five commits in 2020-W53, which lies in two years: a full week and a run of five days.
  { email: 'Ada@Example.com', at: '2020-12-30T23:59:59Z' },
  { email: 'ada@example.com', at: '2020-12-31T00:00:00Z' },
  { email: 'ADA@EXAMPLE.COM', at: '2021-01-01T12:00:00Z' },
  { email: 'ada@example.com', at: '2021-01-02T12:00:00Z' },
  { email: 'ada@example.com', at: '2021-01-03T23:59:59Z' },
  // The next second is 2021-W01: the run goes on, the week does not.
  { email: 'ada@example.com', at: '2021-01-04T00:00:00Z' },
  // Four in the last days of 2018 and one a day later: all of them 2019-W01, which begins in December.
  { email: 'bo@example.com', at: '2018-12-31T00:00:00Z' },
  { email: 'bo@example.com', at: '2018-12-31T00:00:00Z' },
  { email: 'bo@example.com', at: '2018-12-31T22:00:00Z', zone: '-1200' },
  { email: 'bo@example.com', at: '2018-12-31T23:00:00Z', zone: '+1400' },
  { email: 'bo@example.com', at: '2019-01-01T00:00:00Z' },
  // A day before, out of order: it is in another week, and joins the run to three days.
  { email: 'bo@example.com', at: '2018-12-30T23:59:59Z' },
  // As many commits as bo, but never five in a week: 2019-12-29 is a Sunday, and the 31st leaves a gap.
  { email: 'cy@example.com', at: '2019-12-29T01:00:00Z' },
  { email: 'cy@example.com', at: '2019-12-30T01:00:00Z' },
  { email: 'cy@example.com', at: '2020-01-01T01:00:00Z' },
  { email: 'cy@example.com', at: '2020-01-02T01:00:00Z' },
  { email: 'cy@example.com', at: '2020-02-29T01:00:00Z', parents: [12] },
  { email: 'cy@example.com', at: '2020-03-01T01:00:00Z', parents: [16] },
  // A merge by nobody, at the first second there is, and one of three branches.
  { email: '', at: 0, parents: [17, 18] },
  { email: 'dee@example.com', at: '2021-06-01T00:00:00Z', parents: [1, 6, 19] },
];

/** Numbers from 0 up to 1, always the same ones: a linear congruence modulo 2^32. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const DAY = 86_400;

/**
 * A long history of 40 people over some years, a few of whom write most of it: one commit in ten is a merge, one in
 * five was written up to ten days before its place, in any zone, and the e-mails change their case.
 */
export function longHistory(commits: number, seed = 20): FixtureCommit[] {
  const random = sequence(seed);
  let now = Date.parse('2016-02-27T00:00:00Z') / 1000;
  return Array.from({ length: commits }, (_, index) => {
    now += Math.floor(random() * DAY * 0.6);
    const late = random() < 0.2 ? Math.floor(random() * 10 * DAY) : 0;
    const name = `person-${Math.floor(40 * random() ** 3)}@example.com`;
    const other = Math.floor(random() * index);
    return {
      email: random() < 0.3 ? name.toUpperCase() : name,
      at: now - late,
      zone: ['+0000', '-1130', '+1400', '+0545'][Math.floor(random() * 4)] ?? '+0000',
      parents: index === 0 ? [] : random() < 0.1 && other > 0 ? [index, other] : [index],
    };
  });
}
