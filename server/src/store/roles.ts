import type { Role } from '@laurel/contract/types';
import type { RoleId } from '../identity/principal.ts';
import { putNew, type Write } from './commit.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, type Item, queryItems, recordOf, type Table } from './table.ts';

/** A role of a workspace's own, and how often it was given: whoever deletes it must have seen the last time. */
export interface StoredRole {
  readonly role: Role;
  readonly given: number;
}

function roleKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['ROLES'], ['ROLE', id]);
}

function stored(item: Item): StoredRole {
  return { role: recordOf<Role>(item), given: Number(item.given) };
}

/** Creates a role. */
export function createRole(table: Table, scope: Scope, role: Role): Write<'already_exists'>[] {
  const item = { ...roleKey(scope, role.id), version: role.version, given: 0, record: role };
  return [{ item: putNew(table, item), refusal: 'already_exists' }];
}

/** Puts a changed role in place of the version before it; how often it was given stays. */
export function updateRole(table: Table, scope: Scope, role: Role): Write<'version_mismatch'>[] {
  const { pk, sk } = roleKey(scope, role.id);
  return [
    {
      item: {
        Update: {
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'SET #record = :record, #version = :version',
          ConditionExpression: '#version = :before',
          ExpressionAttributeNames: { '#record': 'record', '#version': 'version' },
          ExpressionAttributeValues: { ':record': role, ':version': role.version, ':before': role.version - 1 },
        },
      },
      refusal: 'version_mismatch',
    },
  ];
}

/** Deletes a role that nobody changed and nobody was given since it was read. */
export function deleteRole(table: Table, scope: Scope, { role, given }: StoredRole): Write<'version_mismatch'>[] {
  const { pk, sk } = roleKey(scope, role.id);
  return [
    {
      item: {
        Delete: {
          TableName: table.name,
          Key: { pk, sk },
          ConditionExpression: '#version = :version AND #given = :given',
          ExpressionAttributeNames: { '#version': 'version', '#given': 'given' },
          ExpressionAttributeValues: { ':version': role.version, ':given': given },
        },
      },
      refusal: 'version_mismatch',
    },
  ];
}

/** Belongs to every commit that gives a role: it must still be there, as it was read, and be seen as given. */
export function noteGiven(table: Table, scope: Scope, { role }: StoredRole): Write<'role_moved'> {
  const { pk, sk } = roleKey(scope, role.id);
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET #given = #given + :one',
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version', '#given': 'given' },
        ExpressionAttributeValues: { ':version': role.version, ':one': 1 },
      },
    },
    refusal: 'role_moved',
  };
}

/** Reads a role of a workspace's own. */
export async function getRole(table: Table, scope: Scope, id: RoleId): Promise<StoredRole | undefined> {
  const item = await getItem(table, roleKey(scope, id));
  return item && stored(item);
}

/** All roles of a workspace's own, by id. */
export async function getRoles(table: Table, scope: Scope): Promise<Role[]> {
  const { pk } = roleKey(scope, 'x');
  return (await queryItems(table, { partition: pk, prefix: sortPrefix(['ROLE']) })).map((item) => stored(item).role);
}
