import type { Team } from '@laurel/contract/teams/schema';
import { putNew, type Write } from './commit.ts';
import { afterOf, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { boundedListing, type Scanned } from './scan.ts';
import { indexKeyOf, type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, type Item, queryItems, queryShards, recordOf, shardOf, type Table } from './table.ts';

/** A team as it is stored, but for how many it has. */
export interface TeamRecord extends Omit<Team, 'size'> {
  /** The members who are captains, by the ids that they have as members. */
  readonly captains: readonly string[];
}

/** A team and how many members it has. The version counts changes of the record; the size has none. */
export interface StoredTeam {
  readonly record: TeamRecord;
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

function storedTeam(item: Item): StoredTeam {
  return { record: recordOf<TeamRecord>(item), size: Number(item.size) };
}

/** Creates a team that has so many members from the start. */
export function createTeam(table: Table, scope: Scope, record: TeamRecord, size: number): Write<'already_exists'> {
  const index = teamIndexKey(scope, shardOf(record.id), [record.createdAt, record.id]);
  const item = { ...teamKey(scope, record.id), ...index, version: record.version, size, record };
  return { item: putNew(table, item), refusal: 'already_exists' };
}

/**
 * Changes a team from what was read of it: its record, where that is another, and by how many it grows. Its size is
 * never written as a number, so that members may come and go side by side; it cannot come above the capacity, however
 * many try at once.
 */
export function changeTeam(
  table: Table,
  scope: Scope,
  before: TeamRecord,
  after: TeamRecord,
  grows: number,
): Write<'version_mismatch'> {
  const { pk, sk } = teamKey(scope, before.id);
  const isSame = before === after;
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: `ADD #size :grows${isSame ? '' : ' SET #record = :record, #version = :after'}`,
        ConditionExpression: '#version = :before AND #size <= :room',
        ExpressionAttributeNames: {
          '#size': 'size',
          '#version': 'version',
          ...(isSame ? {} : { '#record': 'record' }),
        },
        ExpressionAttributeValues: {
          ':grows': grows,
          ':before': before.version,
          // Who leaves a team makes room, even where it has none.
          ':room': grows < 0 ? Number.MAX_SAFE_INTEGER : after.capacity - grows,
          ...(isSame ? {} : { ':record': after, ':after': after.version }),
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
