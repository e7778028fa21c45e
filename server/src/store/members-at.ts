import { listLeftAfter } from './former-members.ts';
import type { Listing, Reach } from './listing.ts';
import type { Scope } from './scope.ts';
import type { Table } from './table.ts';
import { listTeamMembers, type MemberOfTeam } from './teams.ts';

/** As many as a team can have. */
const PAGE = 1000;

async function all(read: (reach: Reach) => Promise<Listing<MemberOfTeam>>): Promise<MemberOfTeam[]> {
  const found: MemberOfTeam[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await read({ limit: PAGE, after });
    found.push(...items);
    after = next ?? undefined;
  } while (after !== undefined);
  return found;
}

/** The users who were in a team at a moment, whoever has left it since. */
export async function usersInTeamAt(table: Table, scope: Scope, team: string, moment: string): Promise<string[]> {
  // Members first: who leaves meanwhile is then among those who left.
  const members = await all((reach) => listTeamMembers(table, scope, team, reach));
  const former = await all((reach) => listLeftAfter(table, scope, team, moment, reach));
  const there = [...members, ...former].filter(({ joinedAt }) => joinedAt <= moment);
  return [...new Set(there.map(({ userId }) => userId))];
}
