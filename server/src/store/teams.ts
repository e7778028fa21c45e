import type { Team } from '@laurel/contract/teams/schema';
import { putNew, type Write } from './commit.ts';
import { afterOf, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { boundedListing, type Scanned } from './scan.ts';
import { indexKeyOf, type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import {
  getItem,
  getItems,
  type Item,
  queryItems,
  queryShards,
  recordOf,
  SHARDS,
  shardOf,
  type Table,
} from './table.ts';

/** What is set of a team, with the version of that. */
export type TeamRecord = Omit<Team, 'size'>;

/** A team: what is set of it, and who is in it, which changes without a new version of the rest. */
export interface StoredTeam {
  readonly record: TeamRecord;
  /** The members who are captains, by the ids that they have as members. */
  readonly captains: readonly string[];
  /** Counts the changes of captains. */
  readonly roster: number;
  readonly size: number;
}

/** A member of a team. Ids sort by when they came. */
export interface MemberOfTeam {
  readonly id: string;
  readonly userId: string;
  readonly joinedAt: string;
}

function teamKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['TEAM', id], ['TEAM']);
}

/** The place of a member in the team's own list. */
export function teamMemberKey(scope: Scope, team: string, member: string): Key {
  return keyOf(scope, ['TEAM', team], ['MEMBER', member]);
}

function teamIndexKey(scope: Scope, shard: number, sort: readonly string[] = []) {
  return indexKeyOf(scope, ['TEAMS', String(shard)], sort);
}

/** What an item holds of a team beside its record. */
type Roster = Omit<StoredTeam, 'record' | 'size'>;

function storedTeam(item: Item): StoredTeam {
  const { record, captains, roster } = recordOf<Roster & { readonly record: TeamRecord }>({ record: item });
  return { record, captains, roster, size: Number(item.size) };
}

/** Creates a team. */
export function createTeam(table: Table, scope: Scope, { record, ...rest }: StoredTeam): Write<'already_exists'> {
  const index = teamIndexKey(scope, shardOf(record.id), [record.createdAt, record.id]);
  const item = { ...teamKey(scope, record.id), ...index, version: record.version, record, ...rest };
  return { item: putNew(table, item), refusal: 'already_exists' };
}

/**
 * How many members a team may have when it changes. Who leaves makes room, even where there is none; but where no
 * captain is left, they must be the last: who came since they looked would be without one.
 */
function roomFor({ record, captains }: StoredTeam, grows: number): number {
  if (grows >= 0) return record.capacity - grows;
  return captains.length === 0 ? 1 : Number.MAX_SAFE_INTEGER;
}

/**
 * Changes a team from what was read of it. Its size is never written as a number, so that members may come and go
 * side by side; it cannot come above the capacity, however many try at once.
 */
export function changeTeam(
  table: Table,
  scope: Scope,
  before: StoredTeam,
  after: StoredTeam,
): Write<'version_mismatch'> {
  const { pk, sk } = teamKey(scope, before.record.id);
  const grows = after.size - before.size;
  const isSet = before.record !== after.record;
  const isRostered = before.roster !== after.roster;
  const sets = [
    ...(isSet ? ['#record = :record', '#version = :nextVersion'] : []),
    ...(isRostered ? ['#captains = :captains', '#roster = :nextRoster'] : []),
  ];
  // What is set stands beside who is captain: a change of the one does not mind the other. All else depends on both.
  const minds = ['#version = :version', '#size <= :room', ...(isSet ? [] : ['#roster = :roster'])];
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: `ADD #size :grows${sets.length === 0 ? '' : ` SET ${sets.join(', ')}`}`,
        ConditionExpression: minds.join(' AND '),
        ExpressionAttributeNames: {
          '#size': 'size',
          '#version': 'version',
          ...(isSet ? { '#record': 'record' } : { '#roster': 'roster' }),
          ...(isRostered ? { '#captains': 'captains' } : {}),
        },
        ExpressionAttributeValues: {
          ':grows': grows,
          ':version': before.record.version,
          ':room': roomFor(after, grows),
          ...(isSet ? { ':record': after.record, ':nextVersion': after.record.version } : { ':roster': before.roster }),
          ...(isRostered ? { ':captains': after.captains, ':nextRoster': after.roster } : {}),
        },
      },
    },
    refusal: 'version_mismatch',
  };
}

/** Reads a team. */
export async function getTeam(table: Table, scope: Scope, id: string): Promise<StoredTeam | undefined> {
  const item = await getItem(table, teamKey(scope, id));
  return item && storedTeam(item);
}

/** Reads teams by id; those that do not exist are absent. */
export async function getTeams(table: Table, scope: Scope, ids: readonly string[]): Promise<Map<string, StoredTeam>> {
  const items = await getItems(
    table,
    [...new Set(ids)].map((id) => teamKey(scope, id)),
  );
  return new Map(items.map(storedTeam).map((team) => [team.record.id, team]));
}

/** How many teams one call that looks for some of them looks at, at the most. */
const MOST_SCANNED = 1000;

async function* teamsByAge(table: Table, scope: Scope, { limit, after }: Reach): AsyncGenerator<Scanned<StoredTeam>> {
  let position = after;
  for (;;) {
    const count = Math.max(limit + 1, 100);
    const found = await queryShards(table, (shard) => teamIndexKey(scope, shard).gsi1pk, {
      limit: count,
      ...(position === undefined ? {} : { after: position }),
    });
    for (const item of found) {
      position = String(item.gsi1sk);
      yield { value: storedTeam(item), position };
    }
    if (found.length < count) return;
  }
}

/** Lists teams, the oldest first, looking at 1,000 at the most. */
export function listTeams(
  table: Table,
  scope: Scope,
  reach: Reach,
  keep: (team: StoredTeam) => boolean,
): Promise<Listing<StoredTeam>> {
  return boundedListing(teamsByAge(table, scope, reach), reach, keep, MOST_SCANNED);
}

/** How many teams are read at a time where all are gone through. */
const SCAN_PAGE = 100;

/** All teams of a workspace, shard by shard, each with the position to go on after it. */
export async function* scanTeams(
  table: Table,
  scope: Scope,
  from: string | undefined,
): AsyncGenerator<Scanned<StoredTeam>> {
  const [first = '0', ...place] = (from ?? '0').split(':');
  let after = place.length === 0 ? undefined : place.join(':');
  for (let shard = Number(first); shard < SHARDS; shard += 1) {
    for (;;) {
      const { gsi1pk: partition } = teamIndexKey(scope, shard);
      const found = await queryItems(table, {
        partition,
        index: true,
        limit: SCAN_PAGE,
        ...(after === undefined ? {} : { after }),
      });
      for (const item of found) {
        after = String(item.gsi1sk);
        yield { value: storedTeam(item), position: `${shard}:${after}` };
      }
      if (found.length < SCAN_PAGE) break;
    }
    after = undefined;
  }
}

/** Reads a member of a team. */
export async function getTeamMember(
  table: Table,
  scope: Scope,
  team: string,
  member: string,
): Promise<MemberOfTeam | undefined> {
  const item = await getItem(table, teamMemberKey(scope, team, member));
  return item && recordOf<MemberOfTeam>(item);
}

/** Lists the members of a team, in the order in which they came. */
export async function listTeamMembers(
  table: Table,
  scope: Scope,
  team: string,
  reach: Reach,
): Promise<Listing<MemberOfTeam>> {
  const { pk } = teamKey(scope, team);
  const prefix = sortPrefix(['MEMBER']);
  const items = await queryItems(table, { partition: pk, prefix, limit: reach.limit + 1, ...afterOf(reach) });
  return listing(items, reach, sortKeyOf, recordOf<MemberOfTeam>);
}

/** That a member is still there when the rest is written. */
export function memberStays(table: Table, scope: Scope, team: string, member: string): Write<'version_mismatch'> {
  const { pk, sk } = teamMemberKey(scope, team, member);
  const check = { TableName: table.name, Key: { pk, sk }, ConditionExpression: 'attribute_exists(pk)' };
  return { item: { ConditionCheck: check }, refusal: 'version_mismatch' };
}
