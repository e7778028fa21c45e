import { drawn, type PoolAsk } from '../domain/index.ts';
import type { PlayerView } from './player-view.ts';
import { afterGifts, type Gift } from './shelves.ts';

/** What changes that are not stored would have taken of what all players share. */
export interface Taken {
  /** What was drawn from the pools of rules. */
  readonly draws: readonly PoolAsk[];
  /** What rewards gave of the catalogue. */
  readonly gifts: readonly Gift[];
}

/** What all players share, as it is left by what was taken by the time that it is asked for. */
export function withoutTaken(
  view: Pick<PlayerView, 'pools' | 'shelves'>,
  takenNow: () => readonly Taken[],
): Pick<PlayerView, 'pools' | 'shelves'> {
  return {
    async pools(rules) {
      const pools = new Map(await view.pools(rules));
      for (const draw of takenNow().flatMap(({ draws }) => draws)) {
        const pool = draw.rule === null ? undefined : pools.get(draw.rule);
        if (draw.rule !== null && pool !== undefined) pools.set(draw.rule, drawn(pool, draw));
      }
      return pools;
    },
    async shelves(wanted) {
      const gifts = takenNow().flatMap((taken) => taken.gifts);
      const takenOf = (item: string) => gifts.filter((gift) => gift.item === item);
      const size = (item: string) => takenOf(item).reduce((sum, { quantity }) => sum + quantity, 0);
      const all = await view.shelves(new Map([...wanted].map(([item, count]) => [item, count + size(item)])));
      return new Map([...all].map(([item, shelf]) => [item, afterGifts(shelf, takenOf(item))]));
    },
  };
}
