import type { Write } from '../../src/store/commit.ts';
import { getMember, type MemberRecord, saveMember } from '../../src/store/members.ts';
import type { Scope } from '../../src/store/scope.ts';
import type { Table } from '../../src/store/table.ts';
import type { Access } from './platform.ts';

/** What makes somebody a member, or changes what they are, past all that asks who may. */
export async function memberWrites(
  table: Table,
  scope: Scope,
  member: Pick<MemberRecord, 'subject' | 'role' | 'status'>,
): Promise<Write[]> {
  const before = await getMember(table, scope, member.subject);
  const { subject, role, status } = member;
  const first = { email: `${subject}@people.example`, joinedAt: '2026-01-01T00:00:00.000Z' };
  return [
    saveMember(table, scope, { ...first, ...before, subject, role, status, version: (before?.version ?? 0) + 1 }),
  ];
}

/** The claims of an access token, unverified. */
export function claimsOf({ token = '' }: Access): Readonly<Record<string, unknown>> {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return { ...Object(claims) };
}
