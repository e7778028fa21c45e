import type { CatalogItem } from '@laurel/contract/types';
import type { Shelf } from '../domain/index.ts';
import { boughtOf, freeCodes, saveBought, takeCode, takenOf, takeSome } from '../store/catalog.ts';
import type { Write } from '../store/commit.ts';
import { markGift } from '../store/gifts.ts';
import { type RedemptionRecord, saveRedemption, saveRedemptionOwner } from '../store/redemptions.ts';
import type { PlayContext } from './call.ts';
import type { Gift } from './shelves.ts';

/** Whether an item can be had at a moment. */
export function isOffered({ status, validFrom, validUntil }: CatalogItem, now: string): boolean {
  return (
    status === 'published' &&
    (validFrom === undefined || validFrom <= now) &&
    (validUntil === undefined || now < validUntil)
  );
}

async function itemsNow({ platform, scope }: PlayContext): Promise<Map<string, CatalogItem>> {
  const { definitions } = await platform.rulebooks(scope);
  return new Map(definitions.catalogItems.map((item) => [item.id, item]));
}

/**
 * What there is of catalogue items, by item; those that nobody has published are left out.
 * @param wanted how many of each are wanted at most: no more codes are read
 */
export async function readShelves(
  play: PlayContext,
  wanted: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, Shelf>> {
  const { table } = play.platform;
  const items = await itemsNow(play);
  const known = [...wanted].flatMap(([id, count]) => {
    const item = items.get(id);
    return item === undefined ? [] : [{ item, count }];
  });
  const ids = known.map(({ item }) => item.id);
  const taken = await takenOf(table, play.scope, ids);
  const shelves = known.map(async ({ item, count }): Promise<readonly [string, Shelf]> => {
    const { id, stock } = item;
    const codes = item.codes === true ? await freeCodes(table, play.scope, id, count) : null;
    const left = stock === undefined ? null : stock - (taken.get(id) ?? 0);
    return [id, { offered: isOffered(item, play.now), left, codes }];
  });
  return new Map(await Promise.all(shelves));
}

/** One of what is given, as a redemption that cost nothing and is fulfilled. */
function redemptionOf(
  { platform, now }: PlayContext,
  userId: string,
  item: CatalogItem,
  { source, codes }: Gift,
  place: number,
): RedemptionRecord {
  return {
    id: platform.newId('redemption'),
    item: item.id,
    itemVersion: item.version,
    userId,
    state: 'fulfilled',
    price: [],
    source,
    note: null,
    redeemedAt: now,
    expiresAt: null,
    settledAt: now,
    code: codes?.[place] ?? null,
    counted: item.stock !== undefined,
    holds: [],
  };
}

/** What it takes to give a player what rewards give them of the catalogue, beside the sheet that was read before. */
export async function giftWrites(play: PlayContext, userId: string, gifts: readonly Gift[]): Promise<Write[]> {
  if (gifts.length === 0) return [];
  const { scope, platform } = play;
  const { table } = platform;
  const items = await itemsNow(play);
  const byItem = [...Map.groupBy(gifts, ({ item }) => item)];
  const bought = await boughtOf(
    table,
    scope,
    userId,
    byItem.map(([id]) => id),
  );
  return byItem.flatMap(([id, ofItem]) => {
    const item = items.get(id);
    if (item === undefined) throw new Error(`the item ${id} was given and is not there`);
    const count = ofItem.reduce((sum, { quantity }) => sum + quantity, 0);
    const records = ofItem.flatMap((gift) =>
      Array.from({ length: gift.quantity }, (_, place) => redemptionOf(play, userId, item, gift, place)),
    );
    return [
      ...(item.stock === undefined ? [] : [takeSome(table, scope, id, count, item.stock)]),
      saveBought(table, scope, userId, id, (bought.get(id) ?? 0) + count),
      ...ofItem.map(({ cause }) => markGift(table, scope, userId, cause)),
      ...ofItem.flatMap(({ codes }) => (codes ?? []).map((code) => takeCode(table, scope, id, code))),
      ...records.flatMap((record) => [saveRedemption(table, scope, record), saveRedemptionOwner(table, scope, record)]),
    ];
  });
}
