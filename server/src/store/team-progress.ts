import type { SharePlace, TeamProgressRecord } from '../domain/index.ts';
import { putVersion, type Write } from './commit.ts';
import { filteredListing, type Listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, getItems, type Item, queryItems, recordOf, type Table } from './table.ts';

/** Of which team, in which mission and period. */
export interface TeamProgressPlace {
  readonly team: string;
  readonly mission: string;
  readonly period: string;
}

/** The progress of a team as it was counted last. */
export interface KeptTeamProgress extends TeamProgressPlace {
  /** 0 where it was never counted. */
  readonly version: number;
  /** Null where nothing counts (any more): its version stays, which tells those who counted before that they are late. */
  readonly progress: TeamProgressRecord | null;
}

function teamProgressKey(scope: Scope, { team, mission, period }: TeamProgressPlace): Key {
  return keyOf(scope, ['TEAM', team], ['PROGRESS', mission, period]);
}

function keptIn(item: Item): KeptTeamProgress {
  return { ...recordOf<Omit<KeptTeamProgress, 'version'>>(item), version: Number(item.version) };
}

/** Reads the progress of a team, as it was counted last. */
export async function getTeamProgress(table: Table, scope: Scope, place: TeamProgressPlace): Promise<KeptTeamProgress> {
  const item = await getItem(table, teamProgressKey(scope, place));
  if (item !== undefined) return keptIn(item);
  const { team, mission, period } = place;
  return { team, mission, period, version: 0, progress: null };
}

/** Reads several, each named once; what was never counted is absent. */
export async function getTeamProgresses(
  table: Table,
  scope: Scope,
  places: readonly TeamProgressPlace[],
): Promise<KeptTeamProgress[]> {
  const keys = places.map((place) => teamProgressKey(scope, place));
  return (await getItems(table, keys)).map(keptIn);
}

/** Writes it in place of the one that was read: of two who count at once one goes on. */
export function saveTeamProgress(
  table: Table,
  scope: Scope,
  { version, ...kept }: KeptTeamProgress,
): Write<'team_progress_moved'> {
  const item = { ...teamProgressKey(scope, kept), version: version + 1, record: kept };
  return { item: putVersion(table, item, version), refusal: 'team_progress_moved' };
}

/** Lists the progress of a team, by mission and then by period. */
export async function listTeamProgress(
  table: Table,
  scope: Scope,
  team: string,
  reach: Reach,
  wanted: (progress: TeamProgressRecord) => boolean,
): Promise<Listing<TeamProgressRecord>> {
  const { pk: partition } = keyOf(scope, ['TEAM', team], []);
  const prefix = sortPrefix(['PROGRESS']);
  const found = await filteredListing(
    reach,
    (limit, after) => queryItems(table, { partition, prefix, limit, ...(after === undefined ? {} : { after }) }),
    sortKeyOf,
    keptIn,
    ({ progress }) => progress !== null && wanted(progress),
  );
  return { ...found, items: found.items.flatMap(({ progress }) => progress ?? []) };
}

/** What of a team was ever counted in missions. */
export async function countedProgress(table: Table, scope: Scope, team: string): Promise<SharePlace[]> {
  const { pk: partition } = keyOf(scope, ['TEAM', team], []);
  const items = await queryItems(table, { partition, prefix: sortPrefix(['PROGRESS']) });
  return items.map(keptIn).map(({ mission, period }) => ({ of: 'mission', definition: mission, period, team }));
}
