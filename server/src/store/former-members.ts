import { put, type Write } from './commit.ts';
import { afterOf, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { keyOf, type Scope, sortPrefix } from './scope.ts';
import { queryItems, recordOf, type Table } from './table.ts';
import type { MemberOfTeam } from './teams.ts';

/** Somebody who was in a team. Each stretch of time in it is a member of its own. */
export interface FormerMember extends MemberOfTeam {
  readonly leftAt: string;
}

/** Keeps with the team who has left it, and when: what the team completed while they were in it is theirs as well. */
export function saveFormer(table: Table, scope: Scope, team: string, member: FormerMember): Write {
  const key = keyOf(scope, ['TEAM', team], ['LEFT', member.leftAt, member.id]);
  return { item: put(table, { ...key, record: member }) };
}

/** Lists who left a team after a moment, in the order in which they did. */
export async function listLeftAfter(
  table: Table,
  scope: Scope,
  team: string,
  moment: string,
  reach: Reach,
): Promise<Listing<FormerMember>> {
  // No id of a member comes after `~`: who left at that very moment was not in the team any more.
  const { pk: partition, sk } = keyOf(scope, ['TEAM', team], ['LEFT', moment, '~']);
  const items = await queryItems(table, {
    partition,
    prefix: sortPrefix(['LEFT']),
    limit: reach.limit + 1,
    after: sk,
    ...afterOf(reach),
  });
  return listing(items, reach, sortKeyOf, recordOf<FormerMember>);
}
