import type { RoleId } from '../identity/principal.ts';
import { putVersion, type Write } from './commit.ts';
import { afterOf, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, getItems, type Item, queryItems, recordOf, type Table } from './table.ts';

/** What a person of the central pool may do in one workspace. */
export interface MemberRecord {
  /** Who: the pool's `sub`. */
  readonly subject: string;
  readonly email: string;
  readonly role: RoleId;
  readonly status: 'active' | 'suspended';
  readonly joinedAt: string;
  readonly version: number;
}

function memberKey(scope: Scope, subject: string): Key {
  return keyOf(scope, ['MEMBERS'], ['MEMBER', subject]);
}

function guardKey(scope: Scope): Key {
  return keyOf(scope, ['MEMBERS'], ['OWNERS']);
}

/** Puts a member in place of the version before; the first version is somebody who was none. */
export function saveMember(table: Table, scope: Scope, record: MemberRecord): Write<'member_moved'> {
  const item = { ...memberKey(scope, record.subject), version: record.version, record };
  return { item: putVersion(table, item, record.version - 1), refusal: 'member_moved' };
}

/** Takes a member away who is as they were read. */
export function removeMember(table: Table, scope: Scope, record: MemberRecord): Write<'member_moved'> {
  const { pk, sk } = memberKey(scope, record.subject);
  return {
    item: {
      Delete: {
        TableName: table.name,
        Key: { pk, sk },
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': record.version },
      },
    },
    refusal: 'member_moved',
  };
}

/** Reads a member of a workspace. */
export async function getMember(table: Table, scope: Scope, subject: string): Promise<MemberRecord | undefined> {
  const item = await getItem(table, memberKey(scope, subject));
  return item && recordOf<MemberRecord>(item);
}

/** Reads what one person is in some workspaces of one tenant; where they are nothing is absent from the answer. */
export async function getStandings(
  table: Table,
  scopes: readonly Scope[],
  subject: string,
): Promise<Map<string, MemberRecord>> {
  const keys = new Map(scopes.map((scope) => [memberKey(scope, subject).pk, scope.workspace]));
  const items = await getItems(
    table,
    scopes.map((scope) => memberKey(scope, subject)),
  );
  return new Map(items.map((item: Item) => [keys.get(String(item.pk)) ?? '', recordOf<MemberRecord>(item)]));
}

/** Lists the members of a workspace, by subject. */
export async function listMembers(table: Table, scope: Scope, reach: Reach): Promise<Listing<MemberRecord>> {
  const { pk: partition } = memberKey(scope, 'x');
  const prefix = sortPrefix(['MEMBER']);
  const items = await queryItems(table, { partition, prefix, limit: reach.limit + 1, ...afterOf(reach) });
  return listing(items, reach, sortKeyOf, recordOf<MemberRecord>);
}

/** All members of a workspace, and what guards who owns it. */
export interface Owners {
  readonly members: readonly MemberRecord[];
  readonly version: number;
}

/**
 * Reads who is in a workspace to tell who owns it. The guard is read first: whoever makes an owner less moves it, so
 * that of two who each count on the other only one goes through.
 */
export async function readOwners(table: Table, scope: Scope): Promise<Owners> {
  const guard = await getItem(table, guardKey(scope));
  const { pk: partition } = memberKey(scope, 'x');
  const items = await queryItems(table, { partition, prefix: sortPrefix(['MEMBER']) });
  return { members: items.map(recordOf<MemberRecord>), version: Number(guard?.version ?? 0) };
}

/** Moves the guard on, by whoever makes an owner less. */
export function moveOwners(table: Table, scope: Scope, { version }: Owners): Write<'owners_moved'> {
  return { item: putVersion(table, { ...guardKey(scope), version: version + 1 }, version), refusal: 'owners_moved' };
}

/** Whether anybody in the workspace, suspended or not, has a role. */
export async function hasHolder(table: Table, scope: Scope, role: RoleId): Promise<boolean> {
  const { pk } = memberKey(scope, 'x');
  const items = await queryItems(table, { partition: pk, prefix: sortPrefix(['MEMBER']) });
  return items.map(recordOf<MemberRecord>).some((member) => member.role === role);
}
