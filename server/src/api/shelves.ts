import { type ItemAsk, NO_SHELF, type PoolAsk, type Shelf, takenFrom } from '../domain/index.ts';
import type { PlayerView } from './player-view.ts';

/** Something of the catalogue that a reward gives, with the codes that go with it, where it comes with codes. */
export interface Gift extends ItemAsk {
  readonly codes: readonly string[] | null;
}

/** A shelf without what gifts took of it. */
export function afterGifts(shelf: Shelf, gifts: readonly Gift[]): Shelf {
  const gone = new Set(gifts.flatMap(({ codes }) => codes ?? []));
  const codes = shelf.codes?.filter((code) => !gone.has(code)) ?? null;
  const count = gifts.reduce((sum, { quantity }) => sum + quantity, 0);
  return { ...shelf, left: shelf.left === null ? null : shelf.left - count, codes };
}

/** The catalogue as the folds of one change find it, and what they have taken of it so far. */
export interface Shelves {
  /** Reads what asks are about, as far as it was not read before. */
  read(asks: readonly PoolAsk[]): Promise<void>;
  /** What of an ask was not given before, by the same causes: that is neither judged nor taken again. */
  anew(ask: PoolAsk): PoolAsk;
  now(): ReadonlyMap<string, Shelf>;
  take(ask: PoolAsk): void;
  readonly gifts: readonly Gift[];
}

export function shelvesOf(view: PlayerView): Shelves {
  const gifts: Gift[] = [];
  const open = new Map<string, Shelf>();
  /** How many codes of an item were asked for when it was read. */
  const reach = new Map<string, number>();
  const given = new Map<string, boolean>();
  const ofItem = (item: string) => gifts.filter((gift) => gift.item === item);
  return {
    gifts,
    async read(asks) {
      const items = asks.flatMap((ask) => ask.items);
      const causes = items.map(({ cause }) => cause).filter((cause) => !given.has(cause));
      if (causes.length > 0) {
        const known = await view.gifts(causes);
        for (const cause of causes) given.set(cause, known.has(cause));
      }
      const wanted = new Map<string, number>();
      for (const [item, asked] of Map.groupBy(items, ({ item: name }) => name)) {
        const all = [...ofItem(item), ...asked].reduce((sum, { quantity }) => sum + quantity, 0);
        if (all > (reach.get(item) ?? 0)) wanted.set(item, all);
      }
      if (wanted.size === 0) return;
      for (const [item, shelf] of await view.shelves(wanted)) open.set(item, afterGifts(shelf, ofItem(item)));
      for (const [item, count] of wanted) reach.set(item, count);
    },
    anew: (ask) => ({ ...ask, items: ask.items.filter(({ cause }) => given.get(cause) !== true) }),
    now: () => open,
    take({ items }) {
      for (const ask of items) {
        const shelf = open.get(ask.item) ?? NO_SHELF;
        gifts.push({ ...ask, codes: shelf.codes?.slice(0, ask.quantity) ?? null });
        open.set(ask.item, takenFrom(shelf, ask.quantity));
        given.set(ask.cause, true);
      }
    },
  };
}
