import type { RoleConditions } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import { certainAttributes, isNarrowed } from '../domain/index.ts';
import type { Listing, Reach } from '../store/listing.ts';
import { listTeamMembers } from '../store/teams.ts';
import { type CallContext, pageOf, reachOf } from './call.ts';
import { workspaceOf } from './reader.ts';

/** More than any team takes. */
const WHOLE_TEAM = 10_000;

/** The members of teams, by the ids of users. */
async function membersOf({ platform, scope }: CallContext, teams: readonly string[]): Promise<ReadonlySet<string>> {
  const lists = await Promise.all(
    teams.map((team) => listTeamMembers(platform.table, scope, team, { limit: WHOLE_TEAM, after: undefined })),
  );
  return new Set(lists.flatMap(({ items }) => items.map(({ userId }) => userId)));
}

/** Which users the caller may see: it says of a user what the policy of the caller's role says. */
async function seenBy(call: CallContext, { users, teams }: RoleConditions): Promise<(user: User) => boolean> {
  const declared = users === undefined ? null : (await workspaceOf(call)).userAttributes;
  const members = teams === undefined ? undefined : await membersOf(call, teams);
  return ({ id, attributes }) => {
    if (members?.has(id) === false) return false;
    if (users === undefined) return true;
    const certain = certainAttributes(attributes, declared);
    const value = Object.hasOwn(certain, users.attribute) ? certain[users.attribute] : undefined;
    return value !== undefined && users.values.includes(value);
  };
}

/** A list of users as one caller has it. */
interface SeenList {
  readonly isSeen: (user: User) => boolean;
  readonly reach: Reach;
  readonly pageOf: (found: Listing<User>) => { items: User[]; nextCursor: string | null };
}

const POSITION = 'position in a list';

/**
 * A list that answers with those users alone whom the caller may see (`concerns: 'seen'`). Where that is not all of them,
 * its cursors are sealed: the place that a list was read to is the name of a user, and not always of one that was shown.
 */
export async function seenList(
  call: CallContext & { readonly query: { readonly limit: number; readonly cursor?: string | undefined } },
  filters: object,
): Promise<SeenList> {
  const { role, scope } = call;
  const { sealer } = call.platform;
  if (role === undefined || !isNarrowed(role.conditions)) {
    const same = (user: User) => user;
    return { isSeen: () => true, reach: reachOf(call, filters), pageOf: (found) => pageOf(call, filters, found, same) };
  }
  const { users, teams } = role.conditions;
  const bound = { ...filters, seen: { users, teams } };
  const { limit, after } = reachOf(call, bound);
  return {
    isSeen: await seenBy(call, role.conditions),
    reach: { limit, after: after === undefined ? undefined : sealer.open(scope, POSITION, after) },
    pageOf: ({ items, next }) => {
      const sealed = next === null ? null : sealer.seal(scope, POSITION, next);
      return pageOf(call, bound, { items, next: sealed }, (user) => user);
    },
  };
}
