import type { MemberRole } from '@laurel/contract/types';

/** The roles, the strongest first. */
const order: readonly MemberRole[] = ['owner', 'admin', 'manager', 'member', 'viewer'];

/** Whether a role is the other one or above it. */
export function reaches(role: MemberRole, other: MemberRole): boolean {
  return order.indexOf(role) <= order.indexOf(other);
}

/** The stronger of two roles. */
export function stronger(a: MemberRole, b: MemberRole): MemberRole {
  return reaches(a, b) ? a : b;
}

/** Somebody of a workspace, as far as the law of the last owner asks. */
interface Standing {
  readonly subject: string;
  readonly role: MemberRole;
  readonly status: 'active' | 'suspended';
}

function owns({ role, status }: Standing): boolean {
  return role === 'owner' && status === 'active';
}

/** Whether a change of one member (nothing: they go) would leave a workspace that has an active owner without one. */
export function losesLastOwner(members: readonly Standing[], before: Standing, after: Standing | undefined): boolean {
  if (!owns(before) || (after !== undefined && owns(after))) return false;
  return !members.some((member) => member.subject !== before.subject && owns(member));
}
