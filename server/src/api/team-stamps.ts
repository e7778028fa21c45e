import { type Entry, entryTeamAt, type Ruleset } from '../domain/index.ts';
import { getMemberships, membershipAt } from '../store/memberships.ts';
import type { PlayContext } from './call.ts';

type Play = Pick<PlayContext, 'scope'> & { readonly platform: Pick<PlayContext['platform'], 'table'> };

/** An entry with the team that its player was in when it occurred, where anything counts for teams: one short read. */
export async function withTeam(
  { platform, scope }: Play,
  { countsTeams }: Pick<Ruleset, 'countsTeams'>,
  entry: Entry,
): Promise<Entry> {
  if (!countsTeams) return entry;
  const membership = await membershipAt(platform.table, scope, entry.userId, entry.occurredAt);
  return membership === undefined ? entry : stamped(entry, [membership]);
}

/** The same for several entries of one player, from one read. */
export async function withTeams(
  play: Play,
  ruleset: Pick<Ruleset, 'countsTeams'>,
  userId: string,
  entries: readonly Entry[],
): Promise<readonly Entry[]> {
  const [first, ...others] = entries;
  if (!ruleset.countsTeams || first === undefined) return entries;
  if (others.length === 0) return [await withTeam(play, ruleset, first)];
  const memberships = await getMemberships(play.platform.table, play.scope, userId);
  return entries.map((entry) => stamped(entry, memberships));
}

function stamped(entry: Entry, memberships: Parameters<typeof entryTeamAt>[0]): Entry {
  const team = entryTeamAt(memberships, entry.occurredAt);
  return team === undefined ? entry : { ...entry, team };
}
