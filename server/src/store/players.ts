import { newPlayer, type PlayerState, type Position, type ProgressRecord, type SnapshotMark } from '../domain/index.ts';
import type { Accepted } from '../domain/people/usage.ts';
import { put, putVersion, type Write } from './commit.ts';
import { filteredListing, type Listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, type Item, queryItems, recordOf, type Table } from './table.ts';

/** The hot state of a player, in one item: its version guards every other item of the player. */
export interface Sheet {
  /** 0 for a player who has none yet. */
  readonly version: number;
  /** The player as the fold of their whole history. */
  readonly state: PlayerState;
  /** The last entry of the history; null where it has none. */
  readonly last: Position | null;
  /** How many entries the history has that count. */
  readonly count: number;
  readonly snapshots: readonly SnapshotMark[];
  /** How many postings each currency has had; the next one takes the next number. */
  readonly numbers: Readonly<Record<string, number>>;
  /** How many packs it was written with: what is in them may still have to be written. Absent where there are none. */
  readonly packs?: number;
  /** Whether what lines of the history came to was ever kept together, apart from the lines (`refolds.ts`). */
  readonly foldsTogether: boolean;
  /** How many events were accepted, by month of real time, for the plan of the tenant; absent where there were none. */
  readonly accepted?: Accepted;
}

const NO_SHEET: Sheet = {
  version: 0,
  state: newPlayer(),
  last: null,
  count: 0,
  snapshots: [],
  numbers: {},
  foldsTogether: false,
};

export function playerKey(scope: Scope, userId: string, sort: readonly string[]): Key {
  return keyOf(scope, ['U', userId], sort);
}

function progressKey(scope: Scope, userId: string, id: string): Key {
  return playerKey(scope, userId, ['PROGRESS', id]);
}

function sheetKey(scope: Scope, userId: string): Key {
  return playerKey(scope, userId, ['SHEET']);
}

function snapshotKey(scope: Scope, userId: string, slot: number): Key {
  return playerKey(scope, userId, ['SNAPSHOT', String(slot)]);
}

/** Reads a player's sheet. It must be read before anything else of the player, which is then never older. */
export async function getSheet(table: Table, scope: Scope, userId: string): Promise<Sheet> {
  const item = await getItem(table, sheetKey(scope, userId));
  if (item === undefined) return NO_SHEET;
  // As text: it is read and written whole, with every event.
  const sheet: Omit<Sheet, 'version'> = JSON.parse(recordOf<string>(item));
  // A sheet that was written before it said so may have folds that were kept together.
  const foldsTogether = sheet.foldsTogether ?? true;
  return { ...sheet, foldsTogether, accepted: acceptedIn(item), version: Number(item.version) };
}

/** The text of what was accepted of a player, in the item of their sheet. */
export function acceptedText(item: Item | undefined): string {
  return typeof item?.accepted === 'string' ? item.accepted : '{}';
}

function acceptedIn(item: Item | undefined): Accepted {
  return JSON.parse(acceptedText(item));
}

/** Reads how many events of a player were accepted. */
export async function getAccepted(table: Table, scope: Scope, userId: string): Promise<Accepted> {
  return acceptedIn(await getItem(table, sheetKey(scope, userId)));
}

/** Writes a player's new sheet in place of the version that was read. */
export function saveSheet(table: Table, scope: Scope, userId: string, sheet: Sheet): Write {
  const { version, accepted = {}, ...record } = sheet;
  // By itself, so that whoever counts it sees from the item whether it has changed.
  const item = {
    ...sheetKey(scope, userId),
    version: version + 1,
    record: JSON.stringify(record),
    accepted: JSON.stringify(accepted),
  };
  return { item: putVersion(table, item, version), refusal: 'sheet_moved' };
}

/** Reads the player as they were when a snapshot was taken. */
export async function getSnapshot(table: Table, scope: Scope, userId: string, slot: number): Promise<PlayerState> {
  const item = await getItem(table, snapshotKey(scope, userId, slot));
  if (item === undefined) throw new Error('a snapshot that the sheet names is not there');
  return JSON.parse(recordOf<string>(item));
}

/** Keeps the player as they were, in place of what the slot held before. */
export function saveSnapshot(table: Table, scope: Scope, userId: string, slot: number, state: PlayerState): Write {
  return { item: put(table, { ...snapshotKey(scope, userId, slot), record: JSON.stringify(state) }), later: true };
}

/** Lists a player's progress, by mission and period. */
export function listProgress(
  table: Table,
  scope: Scope,
  userId: string,
  reach: Reach,
  keep: (record: ProgressRecord) => boolean,
): Promise<Listing<ProgressRecord>> {
  const { pk } = playerKey(scope, userId, []);
  return filteredListing(
    reach,
    (limit, after) =>
      queryItems(table, {
        partition: pk,
        prefix: sortPrefix(['PROGRESS']),
        limit,
        ...(after === undefined ? {} : { after }),
      }),
    sortKeyOf,
    recordOf<ProgressRecord>,
    keep,
  );
}

/** Reads one progress of a player. */
export async function getProgress(
  table: Table,
  scope: Scope,
  userId: string,
  id: string,
): Promise<ProgressRecord | undefined> {
  const item = await getItem(table, progressKey(scope, userId, id));
  return item && recordOf<ProgressRecord>(item);
}
