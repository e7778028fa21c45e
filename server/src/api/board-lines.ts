import type { LeaderboardTeam } from '@laurel/contract/leaderboards/schema';
import type { User } from '@laurel/contract/users/schema';
import type { Listing, Reach } from '../store/listing.ts';
import { getTeams, type StoredTeam } from '../store/teams.ts';
import { getUsers } from '../store/users.ts';
import { invalidField } from './problem.ts';
import { type RankedLine, type Reading, ranksAround, ranksOf, topRanks } from './rankings.ts';

/** What a call can ask of the lines of a board. */
interface LinesQuery {
  readonly around?: 'me' | undefined;
  readonly users?: string | undefined;
  readonly teams?: string | undefined;
  readonly cursor?: string | undefined;
}

/** The players or teams whose lines a query chooses; nothing where it chooses none. */
function chosen({ users, teams }: LinesQuery, { definition }: Reading): readonly string[] | undefined {
  const [wrong, message] =
    definition.scope === 'teams'
      ? [users, 'The board ranks teams: name them by `teams`.']
      : [teams, 'The board ranks players: name them by `users`.'];
  if (wrong !== undefined) throw invalidField(definition.scope === 'teams' ? '/query/users' : '/query/teams', message);
  return (users ?? teams)?.split(',');
}

/**
 * Reads what a query selects: the lines around me or of some players or teams, in one page, or a page from the top.
 * @param reach the part of the ranking that is asked for, where a page from the top is
 * @param me whose line is mine: the player, or their team; nothing where I have none
 */
export async function selectedLines(
  call: { readonly query: LinesQuery & { readonly limit: number } },
  reading: Reading,
  reach: () => Reach,
  me?: string,
): Promise<Listing<RankedLine>> {
  const { around, cursor, limit } = call.query;
  const ids = chosen(call.query, reading);
  if (around === undefined && ids === undefined) return topRanks(reading, reach());
  if (cursor !== undefined) throw invalidField('/query/cursor', 'Chosen lines are one page: send no cursor.');
  if (ids === undefined) return { items: me === undefined ? [] : await ranksAround(reading, me, limit), next: null };
  if (around !== undefined) {
    const field = call.query.users === undefined ? 'teams' : 'users';
    throw invalidField(`/query/${field}`, 'Ask for the lines around me, or for chosen ones.');
  }
  return { items: await ranksOf(reading, ids), next: null };
}

/** Who is behind lines: users on boards of players, teams on boards of teams. */
export interface BehindLines {
  readonly users: ReadonlyMap<string, User>;
  readonly teams: ReadonlyMap<string, StoredTeam>;
}

/** Reads who is behind lines. */
export async function behindLines(
  { call, definition }: Reading,
  lines: readonly Pick<RankedLine, 'subject'>[],
): Promise<BehindLines> {
  const { table } = call.platform;
  const ids = lines.map(({ subject }) => subject);
  return definition.scope === 'teams'
    ? { users: new Map(), teams: await getTeams(table, call.scope, ids) }
    : { users: await getUsers(table, call.scope, ids), teams: new Map() };
}

/** A team as lines show it. */
export function shownTeam({ teams }: Pick<BehindLines, 'teams'>, id: string): LeaderboardTeam {
  return { id, name: teams.get(id)?.record.name ?? id };
}
