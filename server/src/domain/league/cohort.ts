import type { League } from '@laurel/contract/types';

/** What a week's rank leads to. */
export type CohortOutcome = 'promoted' | 'stays' | 'demoted';

/**
 * Which cohort of a tier the next player to score in a week plays in. Cohorts are filled in rounds of one, two, four
 * and then always eight: within a round the seed decides who meets whom, so that the earliest do not only meet one
 * another; those who come late meet others who come late. No cohort takes more than its size.
 *
 * @param ticket how many came before, from 0
 * @param seed anything that is the same for all of the tier and week
 */
export function cohortOf(ticket: number, size: number, seed: string): number {
  const round = roundOf(ticket, size);
  const slots = round.cohorts * size;
  const place = shuffled(slots, `${seed}:${round.first}`)[ticket - round.first * size];
  if (place === undefined) throw new RangeError('a ticket is a whole number of 0 or more');
  return round.first + (place % round.cohorts);
}

const WIDEST = 8;

/** The cohorts that are filled together with a ticket's: the first of them, and how many. */
function roundOf(ticket: number, size: number): { readonly first: number; readonly cohorts: number } {
  let first = 0;
  let cohorts = 1;
  while (ticket >= (first + cohorts) * size && cohorts < WIDEST) {
    first += cohorts;
    cohorts *= 2;
  }
  const rounds = Math.max(0, Math.floor((ticket - first * size) / (cohorts * size)));
  return { first: first + rounds * cohorts, cohorts };
}

/** How many tickets the rounds up to the one of a ticket have together, and how many cohorts. */
export function roundsUpTo(ticket: number, size: number): { readonly tickets: number; readonly cohorts: number } {
  const { first, cohorts } = roundOf(ticket, size);
  return { tickets: (first + cohorts) * size, cohorts: first + cohorts };
}

/** The numbers from 0 to below a count, in an order that the seed decides (Fisher and Yates, over mulberry32). */
function shuffled(count: number, seed: string): number[] {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const random = randomFrom(seed);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a = 0, b = 0] = [numbers[last], numbers[other]];
    numbers[last] = b;
    numbers[other] = a;
  }
  return numbers;
}

/** A source of numbers from 0 to below 1 that a text decides: FNV-1a, then mulberry32. */
function randomFrom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let index = 0; index < seed.length; index += 1) {
    state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * What a rank of a cohort leads to. The first rise and the last fall; nobody rises out of the highest tier or falls out
 * of the lowest. In a cohort that did not fill up as many fewer fall as are missing, so that a player who came late is
 * never sent down for want of company; and whoever rises does not fall.
 */
export function outcomeOf(
  league: Pick<League, 'promote' | 'demote' | 'cohortSize' | 'tiers'>,
  tier: number,
  rank: number,
  members: number,
): CohortOutcome {
  if (rank <= league.promote) return tier < league.tiers.length - 1 ? 'promoted' : 'stays';
  const missing = Math.max(0, league.cohortSize - members);
  const falling = Math.max(0, league.demote - missing);
  return tier > 0 && rank > members - falling ? 'demoted' : 'stays';
}

/** The tier after a week. */
export function tierAfter(tier: number, outcome: CohortOutcome): number {
  return tier + { promoted: 1, stays: 0, demoted: -1 }[outcome];
}

/**
 * The tier that a player comes back to.
 * @param weeksAway the weeks between the last that they played and this one, both left out
 */
export function tierOnReturn(league: Pick<League, 'idleWeeks' | 'tiers'>, after: number, weeksAway: number): number {
  const fallen = league.idleWeeks === null ? 0 : Math.floor(weeksAway / league.idleWeeks);
  return Math.min(Math.max(0, after - fallen), league.tiers.length - 1);
}
