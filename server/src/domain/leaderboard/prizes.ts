import type { Leaderboard, Prize, PrizeReward } from '@laurel/contract/types';

/** Where somebody ended on a board that is closed. */
export interface Place {
  /** The rank, by the board's rule for ties. */
  readonly rank: number;
  /** How many have a better score. */
  readonly above: number;
  /** How many have the same score, this one included. */
  readonly tied: number;
  /** How many of those stand before this one. */
  readonly position: number;
}

type Prized = Pick<Leaderboard, 'prizes' | 'tiedPrizes' | 'ties'>;

/**
 * What a place is given, an amount for each currency. A place gets every prize that names it.
 *
 * Of equals `each` gives all of them the prize of their rank. `split` adds up the prizes of all the places that they
 * take together and divides the sum; what does not divide goes, one each, to those who were there first: what is given
 * is then exactly what the places promise. By the rule `ordinal` nobody is equal.
 *
 * @param players how many are on the board, for places by percent
 */
export function prizesOf(board: Prized, place: Place, players: number): PrizeReward[] {
  const amounts = new Map<string, number>();
  for (const prize of board.prizes) {
    for (const { currency, amount } of prize.rewards) {
      const share = shareOf(board, prize, place, players, amount);
      amounts.set(currency, (amounts.get(currency) ?? 0) + share);
    }
  }
  return [...amounts].flatMap(([currency, amount]) => (amount > 0 ? [{ kind: 'currency', currency, amount }] : []));
}

function shareOf(board: Prized, prize: Prize, place: Place, players: number, amount: number): number {
  const [from, to] = interval(prize, players);
  if (board.ties === 'ordinal') return from <= place.rank && place.rank <= to ? amount : 0;
  if (board.tiedPrizes === 'each') {
    // A percent is one of players, whatever the ranks are called.
    const rank = prize.places.kind === 'ranks' ? place.rank : place.above + 1;
    return from <= rank && rank <= to ? amount : 0;
  }
  const first = Math.max(from, place.above + 1);
  const last = Math.min(to, place.above + place.tied);
  const pool = amount * Math.max(0, last - first + 1);
  return Math.floor(pool / place.tied) + (place.position < pool % place.tied ? 1 : 0);
}

/** The first and the last place of a prize. */
function interval({ places }: Prize, players: number): readonly [from: number, to: number] {
  if (places.kind === 'ranks') return [places.from, places.to];
  return [1, Math.ceil((players * places.top) / 100)];
}

/** Whether anybody at this place or below it can be given something still. */
export function prizesRemain(board: Prized, place: Pick<Place, 'rank' | 'above'>, players: number): boolean {
  return board.prizes.some((prize) => {
    const [, to] = interval(prize, players);
    return Math.min(place.rank, place.above + 1) <= to;
  });
}
