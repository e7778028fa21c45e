/** The roles that every workspace has, the strongest first. */
const order: readonly string[] = ['owner', 'admin', 'manager', 'member', 'viewer'];

/** Whether a role is the other one or above it. One of a workspace's own is above none, and none is above it. */
export function reaches(role: string, other: string): boolean {
  if (role === other) return true;
  return order.includes(role) && order.includes(other) && order.indexOf(role) < order.indexOf(other);
}

/** What somebody is who has a role and is given another one: the stronger, and what they were where neither is. */
export function stronger<R extends string>(before: R, given: R): R {
  return reaches(given, before) ? given : before;
}

/** Somebody of a workspace, as far as the law of the last owner asks. */
interface Standing {
  readonly subject: string;
  readonly role: string;
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
