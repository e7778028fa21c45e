import { changeOfShares, type Share, type Topic } from '../domain/index.ts';
import { commit, putVersion, type Write } from './commit.ts';
import { momentOfKey } from './history.ts';
import { recordGroups } from './player-records.ts';
import { playerKey } from './players.ts';
import { isFoldsKey } from './refolds.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, getItems, type Item, queryItems, recordOf, SHARDS, shardOf, type Table } from './table.ts';

/** What a player adds to the counters by one of their parts: a day of their history, one progress, their streaks. */
interface Contribution {
  readonly userId: string;
  /** Names the part: the same part always replaces what it added before. */
  readonly part: readonly string[];
  readonly shares: readonly Share[];
}

const SORT = 'COUNTED';
/** Counters are attributes with this before their names, apart from keys. */
const MARK = '~';

function contributionKey(scope: Scope, { userId, part }: Omit<Contribution, 'shares'>): Key {
  return playerKey(scope, userId, [SORT, ...part]);
}

function countersKey(scope: Scope, topic: Topic, shard: number, place: string): Key {
  return keyOf(scope, ['ANALYTICS', topic, String(shard)], [place]);
}

function addTo(table: Table, scope: Scope, userId: string, shares: readonly Share[]): Write[] {
  const byPlace = Map.groupBy(shares, ({ topic, place }) => JSON.stringify([topic, place]));
  return [...byPlace.values()].flatMap((group): Write[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { pk, sk } = countersKey(scope, first.topic, shardOf(userId), first.place);
    const terms = group.map((_, index) => `#c${index} :c${index}`);
    const names = group.map(({ counter }, index) => [`#c${index}`, `${MARK}${counter}`] as const);
    const values = group.map(({ amount }, index) => [`:c${index}`, amount] as const);
    return [
      {
        item: {
          Update: {
            TableName: table.name,
            Key: { pk, sk },
            UpdateExpression: `ADD ${terms.join(', ')}`,
            ExpressionAttributeNames: Object.fromEntries(names),
            ExpressionAttributeValues: Object.fromEntries(values),
          },
        },
      },
    ];
  });
}

function sharesIn(item: Item | undefined): readonly Share[] {
  return item === undefined ? [] : JSON.parse(recordOf<string>(item));
}

/** How often a contribution is tried anew where somebody else was quicker. */
const TRIES = 10;

/**
 * Counts what a part of a player adds now in place of what it added before, all at once: however often it is called, it
 * is counted once. `sharesNow` is asked after the old contribution was read, so that what it reads is never older; where
 * it answers nothing, nothing is counted.
 * @returns whether it is counted now
 */
export async function count(
  table: Table,
  scope: Scope,
  whose: Omit<Contribution, 'shares'>,
  sharesNow: () => Promise<readonly Share[] | undefined>,
): Promise<boolean> {
  const key = contributionKey(scope, whose);
  for (let tried = 1; tried <= TRIES; tried += 1) {
    const stored = await getItem(table, key);
    const shares = await sharesNow();
    if (shares === undefined) return false;
    const change = changeOfShares(sharesIn(stored), shares);
    if (change.length === 0) return true;
    const version = Number(stored?.version ?? 0);
    // What adds nothing any more stays, with its version: it tells those who are late that they are.
    const item = { ...key, version: version + 1, record: JSON.stringify(shares) };
    const result = await commit(table, [
      { item: putVersion(table, item, version) },
      ...addTo(table, scope, whose.userId, change),
    ]);
    if (result.kind === 'committed') return true;
  }
  throw Object.assign(new Error('a contribution is contended'), { code: 'ETIMEDOUT' });
}

/** Counters by name, at each place of a topic. */
export type Counters = Map<string, Map<string, number>>;

function addCounters(counters: Counters, place: string, named: Iterable<readonly [string, number]>): void {
  const known = counters.get(place) ?? new Map<string, number>();
  for (const [name, amount] of named) known.set(name, (known.get(name) ?? 0) + amount);
  counters.set(place, known);
}

function namedIn(item: Item): (readonly [string, number])[] {
  return Object.entries(item).flatMap(([name, value]) =>
    name.startsWith(MARK) && typeof value === 'number' ? [[name.slice(MARK.length), value] as const] : [],
  );
}

/** Reads the counters of a workspace at the places from one to another, in the order of text. */
export async function readCounters(
  table: Table,
  scope: Scope,
  topic: Topic,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Counters> {
  const counters: Counters = new Map();
  const shards = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) => {
      const { pk: partition } = countersKey(scope, topic, shard, from);
      // All that begins like the first place and is not before it: places of one topic have one form.
      return queryItems(table, { partition, after: from.slice(0, -1), before: `${to}\uffff` });
    }),
  );
  for (const item of shards.flat()) {
    const place = String(item.sk);
    if (place >= from && place <= to) addCounters(counters, place, namedIn(item));
  }
  return counters;
}

/** The parts of a player that add to each topic. */
const partsOfTopic: Readonly<Record<Topic, readonly string[]>> = {
  days: ['DAY', 'USER'],
  weeks: ['WEEKS'],
  months: ['MONTHS'],
  economy: ['DAY'],
  rewards: ['DAY'],
  missions: ['PROGRESS'],
  funnels: ['PROGRESS'],
  boards: ['DAY'],
  streaks: ['STREAKS'],
};

/** What a player adds to some topics, part by part, from their own contributions. */
export async function readContributions(
  table: Table,
  scope: Scope,
  userId: string,
  topics: readonly Topic[],
): Promise<readonly (readonly Share[])[]> {
  const { pk: partition } = playerKey(scope, userId, []);
  const parts = [...new Set(topics.flatMap((topic) => partsOfTopic[topic]))];
  const found = await Promise.all(parts.map((part) => queryItems(table, { partition, prefix: `${SORT}#${part}` })));
  return found.flat().map((item) => sharesIn(item).filter(({ topic }) => topics.includes(topic)));
}

/** The shares of a topic as counters, at the places from one to another. */
export function countersOf(
  shares: readonly Share[],
  topic: Topic,
  { from, to }: { readonly from: string; readonly to: string },
): Counters {
  const counters: Counters = new Map();
  for (const share of shares) {
    if (share.topic === topic && share.place >= from && share.place <= to) {
      addCounters(counters, share.place, [[share.counter, share.amount]]);
    }
  }
  return counters;
}

/** Whether a player is counted as active on any of some days. */
export async function isActiveDay(
  table: Table,
  scope: Scope,
  userId: string,
  days: readonly string[],
): Promise<boolean> {
  const items = await getItems(
    table,
    days.map((day) => contributionKey(scope, { userId, part: ['DAY', day] })),
  );
  return items.some((item) => sharesIn(item).some(({ counter }) => counter === 'active'));
}

/** A part of a player that counters depend on. */
export type PlayerPart = { readonly userId: string } & (
  | { readonly kind: 'entry'; readonly at: string }
  | { readonly kind: 'progress'; readonly id: string }
  /** Entries that were folded again together, named by where that is kept. */
  | { readonly kind: 'folds'; readonly sk: string }
  | { readonly kind: 'sheet' | 'user' }
);

/** Which part of which player an item is, or nothing where counters do not depend on it. */
export function playerPartOf({ pk, sk }: Key): PlayerPart | undefined {
  // Ids hold no `#` and no `%`, so their parts of keys are as they are.
  const userId = /^T#[^#]+#W#[^#]+#U#([^#]+)$/.exec(pk)?.[1];
  if (userId === undefined) return undefined;
  if (sk === 'SHEET') return { kind: 'sheet', userId };
  if (sk === 'PROFILE') return { kind: 'user', userId };
  if (isFoldsKey(sk)) return { kind: 'folds', userId, sk };
  const at = momentOfKey(sk);
  if (at !== undefined) return { kind: 'entry', userId, at };
  const progress = sortPrefix([recordGroups.progress]);
  return sk.startsWith(progress) ? { kind: 'progress', userId, id: sk.slice(progress.length) } : undefined;
}

/** All parts of a player that counters depend on. */
export async function playerPartsIn(table: Table, scope: Scope, userId: string): Promise<PlayerPart[]> {
  const { pk: partition } = playerKey(scope, userId, []);
  const items = await queryItems(table, { partition });
  return items.flatMap(({ pk, sk }) => playerPartOf({ pk: String(pk), sk: String(sk) }) ?? []);
}

/** The days and progress that a player was counted for, whether or not they are there any more. */
export async function countedParts(
  table: Table,
  scope: Scope,
  userId: string,
): Promise<{ readonly days: readonly string[]; readonly progress: readonly string[] }> {
  const { pk: partition } = playerKey(scope, userId, []);
  const namesOf = async (kind: string): Promise<string[]> => {
    const prefix = sortPrefix([SORT, kind]);
    return (await queryItems(table, { partition, prefix })).map((item) => String(item.sk).slice(prefix.length));
  };
  return { days: await namesOf('DAY'), progress: await namesOf('PROGRESS') };
}
