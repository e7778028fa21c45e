import type { Needs, PlayerState, ProgressRecord, Run, ScoreRecord, WalletState } from '../domain/index.ts';
import { progressId, scoreId } from '../domain/index.ts';
import { put, putVersion, type Write } from './commit.ts';
import { saveScore, scoreKey } from './leaderboards.ts';
import { filteredListing, type Listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, getItems, type Item, queryItems, recordOf, type Table } from './table.ts';

/** The hot state of a player, in one small item: its version guards every other item of the player. */
export interface Sheet {
  /** 0 for a player who has none yet. */
  readonly version: number;
  readonly wallets: Readonly<Record<string, WalletState>>;
}

/** The parts of a player's state besides the sheet. */
export type Slices = Omit<PlayerState, 'wallets'>;

export function playerKey(scope: Scope, userId: string, sort: readonly string[]): Key {
  return keyOf(scope, ['U', userId], sort);
}

/** An id of progress or score is two ids with a colon between; its place in the table is the same two parts. */
function progressKey(scope: Scope, userId: string, id: string): Key {
  return playerKey(scope, userId, ['PROGRESS', id]);
}

function streakKey(scope: Scope, userId: string, streak: string): Key {
  return playerKey(scope, userId, ['STREAK', streak]);
}

/** Reads a player's sheet. It must be read before the slices: they are then never older than its version says. */
export async function getSheet(table: Table, scope: Scope, userId: string): Promise<Sheet> {
  const item = await getItem(table, playerKey(scope, userId, ['SHEET']));
  if (item === undefined) return { version: 0, wallets: {} };
  return { version: Number(item.version), wallets: recordOf<Sheet['wallets']>(item) };
}

interface Streaked {
  readonly streak: string;
  readonly runs: readonly Run[];
}

/** Puts items read of a player into the slices that they belong to. */
function slicesOf(items: readonly Item[]): Slices {
  const progress: Record<string, ProgressRecord> = Object.create(null);
  const streaks: Record<string, readonly Run[]> = Object.create(null);
  const scores: Record<string, ScoreRecord> = Object.create(null);
  for (const item of items) {
    const sort = String(item.sk);
    if (sort.startsWith(sortPrefix(['PROGRESS']))) {
      const record = recordOf<ProgressRecord>(item);
      progress[progressId(record.mission, record.period)] = record;
    } else if (sort.startsWith(sortPrefix(['STREAK']))) {
      const record = recordOf<Streaked>(item);
      streaks[record.streak] = record.runs;
    } else if (sort.startsWith(sortPrefix(['SCORE']))) {
      const record = recordOf<ScoreRecord>(item);
      scores[scoreId(record.leaderboard, record.period)] = record;
    }
  }
  return { progress, streaks, scores };
}

/** Reads the slices of a player that are asked for; those that do not exist are absent. */
export async function getSlices(table: Table, scope: Scope, userId: string, needs: Needs): Promise<Slices> {
  const keys = [
    ...needs.progress.map((id) => progressKey(scope, userId, id)),
    ...needs.streaks.map((id) => streakKey(scope, userId, id)),
    ...needs.scores.map((id) => scoreKey(scope, userId, id)),
  ];
  return slicesOf(await getItems(table, keys));
}

/** Writes a player's new sheet in place of the version that was read. */
export function saveSheet(table: Table, scope: Scope, userId: string, before: Sheet, wallets: Sheet['wallets']): Write {
  const item = { ...playerKey(scope, userId, ['SHEET']), version: before.version + 1, record: wallets };
  return { item: putVersion(table, item, before.version), refusal: 'sheet_moved' };
}

/** Writes the slices that differ from what was read; the sheet's version guards them. */
export function saveSlices(table: Table, scope: Scope, userId: string, before: Slices, after: Slices): Write[] {
  const changed = <T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>) =>
    Object.entries(b).filter(([id, value]) => a[id] !== value);
  return [
    ...changed(before.progress, after.progress).map(([id, record]) => ({
      item: put(table, { ...progressKey(scope, userId, id), record }),
    })),
    ...changed(before.streaks, after.streaks).map(([streak, runs]) => ({
      item: put(table, { ...streakKey(scope, userId, streak), record: { streak, runs } satisfies Streaked }),
    })),
    ...changed(before.scores, after.scores).map(([id, record]) => saveScore(table, scope, userId, id, record)),
  ];
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
