import { type ClaimRecord, type FixedReward, type Given, isClaimCause } from '../domain/index.ts';
import { type HistoryLine, lineOf } from './history.ts';
import { filteredListing, type Listing, type Reach, sortKeyOf } from './listing.ts';
import { recordGroups } from './player-records.ts';
import { playerKey } from './players.ts';
import { type Scope, sortPrefix } from './scope.ts';
import { type Item, queryItems, recordOf, type Table } from './table.ts';

/** Something that was given, or is to be claimed, with when it was earned. */
export interface GivenLine extends Given {
  readonly reward: FixedReward;
  readonly occurredAt: string;
}

/** What a line of a history gives for rules and missions, the last first; what was claimed stands where it was earned. */
function givenIn({ entry, folded, voided }: HistoryLine): GivenLine[] {
  if (voided !== null) return [];
  const { occurredAt } = entry;
  const amounts = folded.granted.flatMap(({ cause, currency, amount, source, track }): GivenLine[] => {
    // Experience is listed as such.
    if (source === null || track !== undefined) return [];
    return [{ cause, reward: { kind: 'currency', currency, amount }, source, claim: null, occurredAt }];
  });
  const others = (folded.given ?? []).map((given) => ({ ...given, occurredAt }));
  return [...amounts, ...others].filter(({ cause }) => !isClaimCause(cause)).toReversed();
}

/** Where a page ends that ends within a line: after so many of its rewards. */
function placeIn(after: string | undefined): { readonly line: string | undefined; readonly skipped: number } {
  const [, skipped, line] = /^(\d+) (.*)$/s.exec(after ?? '') ?? [];
  return { line, skipped: Number(skipped ?? 0) };
}

/** How many lines are read at a time. */
const LINES = 50;

/** Lists what a player was given and may or might have claimed, the latest first, from their history. */
export async function listGiven(
  table: Table,
  scope: Scope,
  userId: string,
  { limit, after }: Reach,
  keep: (given: GivenLine) => boolean,
): Promise<Listing<GivenLine>> {
  const { pk } = playerKey(scope, userId, []);
  const prefix = sortPrefix(['HISTORY']);
  const items: GivenLine[] = [];
  const resumed = placeIn(after);
  let from = resumed.line;
  for (;;) {
    // The line within which the page before ended is read again: nothing lies between it and this.
    const start = from === undefined ? {} : { after: from === resumed.line ? `${from}\u0000` : from };
    const found = await queryItems(table, { partition: pk, prefix, descending: true, limit: LINES, ...start });
    for (const item of found) {
      const sk = sortKeyOf(item);
      const given = givenIn(lineOf(item));
      const first = sk === resumed.line ? resumed.skipped : 0;
      for (const [place, one] of given.entries()) {
        if (place < first || !keep(one)) continue;
        if (items.length === limit) return { items, next: `${place} ${sk}` };
        items.push(one);
      }
    }
    const last = found.at(-1);
    if (found.length < LINES || last === undefined) return { items, next: null };
    from = sortKeyOf(last);
  }
}

/** Lists the rewards of a player that are or were to be claimed, by id. */
export function listClaims(
  table: Table,
  scope: Scope,
  userId: string,
  reach: Reach,
  keep: (claim: ClaimRecord) => boolean,
): Promise<Listing<ClaimRecord>> {
  const { pk } = playerKey(scope, userId, []);
  return filteredListing(
    reach,
    (limit: number, after: string | undefined): Promise<Item[]> =>
      queryItems(table, {
        partition: pk,
        prefix: sortPrefix([recordGroups.claim]),
        limit,
        ...(after === undefined ? {} : { after }),
      }),
    sortKeyOf,
    recordOf<ClaimRecord>,
    keep,
  );
}
