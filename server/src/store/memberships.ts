import { type Membership, notBefore, teamAt } from '../domain/index.ts';
import { put, putNew, putVersion, type Write } from './commit.ts';
import { saveFormer } from './former-members.ts';
import { afterOf, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { playerKey } from './players.ts';
import { type Scope, sortPrefix } from './scope.ts';
import { getItem, queryItems, recordOf, type Table } from './table.ts';
import { type MemberOfTeam, teamMemberKey } from './teams.ts';

/**
 * Where a player is: one item, whose version lets one change of team follow another and no two happen at once. That
 * is what keeps a player in one team at a time.
 */
export interface Placement {
  /** 0 for a player who was never in a team. */
  readonly version: number;
  /** The membership that lasts, if any. */
  readonly current: Membership | null;
  /** When they last joined or left a team. */
  readonly since: string | null;
}

type PlacementRecord = Omit<Placement, 'version'>;

/** Reads where a player is. */
export async function getPlacement(table: Table, scope: Scope, userId: string): Promise<Placement> {
  const item = await getItem(table, playerKey(scope, userId, ['TEAM']));
  if (item === undefined) return { version: 0, current: null, since: null };
  return { version: Number(item.version), ...recordOf<PlacementRecord>(item) };
}

function savePlacement(table: Table, scope: Scope, userId: string, before: Placement, record: PlacementRecord): Write {
  const item = { ...playerKey(scope, userId, ['TEAM']), version: before.version + 1, record };
  return { item: putVersion(table, item, before.version), refusal: 'version_mismatch' };
}

function saveMembership(table: Table, scope: Scope, userId: string, membership: Membership): Write {
  const key = playerKey(scope, userId, ['MEMBERSHIP', membership.joinedAt, membership.member]);
  return { item: put(table, { ...key, record: membership }) };
}

/** Puts a player into a team: among its members, and in their own history. The team's size is not theirs to write. */
export function enterTeam(table: Table, scope: Scope, team: string, before: Placement, member: MemberOfTeam): Write[] {
  const { id, userId, joinedAt } = member;
  const current: Membership = { team, member: id, joinedAt, leftAt: null };
  return [
    { item: putNew(table, { ...teamMemberKey(scope, team, id), record: member }), refusal: 'version_mismatch' },
    savePlacement(table, scope, userId, before, { current, since: joinedAt }),
    saveMembership(table, scope, userId, current),
  ];
}

/** Takes a player out of the team that they are in; the membership stays in their history, with its end. */
export function quitTeam(table: Table, scope: Scope, before: Placement, userId: string, now: string): Write[] {
  const { current } = before;
  if (current === null) return [];
  const leftAt = notBefore(now, current.joinedAt);
  const { pk, sk } = teamMemberKey(scope, current.team, current.member);
  const gone = { TableName: table.name, Key: { pk, sk }, ConditionExpression: 'attribute_exists(pk)' };
  const { team, member: id, joinedAt } = current;
  return [
    { item: { Delete: gone }, refusal: 'version_mismatch' },
    saveFormer(table, scope, team, { id, userId, joinedAt, leftAt }),
    savePlacement(table, scope, userId, before, { current: null, since: leftAt }),
    saveMembership(table, scope, userId, { ...current, leftAt }),
  ];
}

/** Lists the memberships of a player, the latest first. */
export async function listMemberships(
  table: Table,
  scope: Scope,
  userId: string,
  reach: Reach,
): Promise<Listing<Membership>> {
  const { pk } = playerKey(scope, userId, []);
  const prefix = sortPrefix(['MEMBERSHIP']);
  const limit = reach.limit + 1;
  const items = await queryItems(table, { partition: pk, prefix, descending: true, limit, ...afterOf(reach) });
  return listing(items, reach, sortKeyOf, recordOf<Membership>);
}

/** All memberships of a player, the oldest first: what `teamAt` answers many moments from. */
export async function getMemberships(table: Table, scope: Scope, userId: string): Promise<Membership[]> {
  const { pk } = playerKey(scope, userId, []);
  const items = await queryItems(table, { partition: pk, prefix: sortPrefix(['MEMBERSHIP']) });
  return items.map(recordOf<Membership>);
}

/** How many memberships that began at or before a moment are read; those before the first lasted no time at all. */
const CANDIDATES = 8;

/** The membership of a player at a moment, or nothing: one short read, however long the history is. */
export async function membershipAt(
  table: Table,
  scope: Scope,
  userId: string,
  instant: string,
): Promise<Membership | undefined> {
  // No id of a member comes after `~`.
  const { pk, sk: after } = playerKey(scope, userId, ['MEMBERSHIP', instant, '~']);
  const prefix = sortPrefix(['MEMBERSHIP']);
  const items = await queryItems(table, { partition: pk, prefix, descending: true, after, limit: CANDIDATES });
  return items.map(recordOf<Membership>).find((membership) => teamAt([membership], instant) !== null);
}
