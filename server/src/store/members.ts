import type { RoleId } from '../identity/principal.ts';
import { put, type Write } from './commit.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, queryItems, recordOf, type Table } from './table.ts';

/** What a person of the central pool may do in one workspace. */
export interface MemberRecord {
  /** Who: the pool's `sub`. */
  readonly subject: string;
  readonly role: RoleId;
  readonly status: 'active' | 'suspended';
}

function memberKey(scope: Scope, subject: string): Key {
  return keyOf(scope, ['MEMBERS'], ['MEMBER', subject]);
}

/** Makes somebody a member, or changes their role. */
export function putMember(table: Table, scope: Scope, record: MemberRecord): Write[] {
  return [{ item: put(table, { ...memberKey(scope, record.subject), record }) }];
}

/** Reads a member of a workspace. */
export async function getMember(table: Table, scope: Scope, subject: string): Promise<MemberRecord | undefined> {
  const item = await getItem(table, memberKey(scope, subject));
  return item && recordOf<MemberRecord>(item);
}

/** Whether anybody in the workspace, suspended or not, has a role. */
export async function hasHolder(table: Table, scope: Scope, role: RoleId): Promise<boolean> {
  const { pk } = memberKey(scope, 'x');
  const items = await queryItems(table, { partition: pk, prefix: sortPrefix(['MEMBER']) });
  return items.map(recordOf<MemberRecord>).some((member) => member.role === role);
}
