import type { Contract } from '@laurel/contract';
import type { LeaderboardEntry } from '@laurel/contract/leaderboards/schema';
import type { Leaderboard } from '@laurel/contract/types';
import { countLines } from '../store/leaderboards.ts';
import { getPlacement } from '../store/memberships.ts';
import { type BehindLines, behindLines, selectedLines, shownTeam } from './board-lines.ts';
import { type Call, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { boardPeriod, currentPeriod } from './leaderboards.ts';
import { notFound } from './problem.ts';
import { displayNameOf } from './profile.ts';
import { isShown, type RankedLine, rankOf, readingOf } from './rankings.ts';
import { type Reader, readerOf } from './reader.ts';
import { bestText } from './text.ts';

function publishedBoard({ definitions }: Reader, id: string): Leaderboard {
  const definition = definitions.leaderboards.find((one) => one.id === id && one.status === 'published');
  if (definition === undefined) throw notFound();
  return definition;
}

/** What a player reads of a board, and whose line is theirs: their own, or that of the team that they are in. */
async function playerReading(call: Call<Contract['app']['leaderboards']['rank' | 'entries']>) {
  const reader = await readerOf(call);
  const definition = publishedBoard(reader, call.params.id);
  const period = boardPeriod(definition, call.query.period, call.now);
  const reading = await readingOf(call, definition, period);
  const { id } = reader.user;
  if (definition.scope !== 'teams') return { reading, period, me: id };
  const { current } = await getPlacement(call.platform.table, call.scope, id);
  return { reading, period, me: current?.team };
}

/**
 * Whether others see who is behind a line. A private team is there for its members alone.
 * @param named whether the player asked for users by id: then whoever is anonymous would be given away
 */
function isOpen({ users, teams }: BehindLines, { subject }: RankedLine, named: boolean): boolean {
  const user = users.get(subject);
  if (teams.get(subject)?.record.visibility === 'private') return false;
  return isShown(user) && !(named && user?.visibility === 'anonymous');
}

function presentLine(behind: BehindLines, { rank, score, subject }: RankedLine, me: string | undefined) {
  const who: Pick<LeaderboardEntry, 'player' | 'team'> = behind.teams.has(subject)
    ? { team: shownTeam(behind, subject) }
    : { player: { displayName: displayNameOf(subject, behind.users.get(subject)) } };
  return { rank, score, ...who, isMe: subject === me };
}

function present(definition: Leaderboard, { languages }: Reader, now: string) {
  const { id, name, description, scope, window, ties, direction, prizes } = definition;
  return {
    id,
    name: bestText(name, languages),
    ...(description === undefined ? {} : { description: bestText(description, languages) }),
    scope,
    window,
    ties,
    direction,
    prizes,
    period: currentPeriod(window, now),
  };
}

export const appLeaderboards: Handlers<Contract['app']['leaderboards']> = {
  async list(call) {
    const reader = await readerOf(call);
    const published = reader.definitions.leaderboards.filter((one) => one.status === 'published');
    const list = listingOf(published, reachOf(call, null), (one) => one.id);
    return { body: pageOf(call, null, list, (one) => present(one, reader, call.now)) };
  },

  async get(call) {
    const reader = await readerOf(call);
    return { body: present(publishedBoard(reader, call.params.id), reader, call.now) };
  },

  async entries(call) {
    const { reading, me } = await playerReading(call);
    const filters = { ranking: reading.ranking };
    const list = await selectedLines(call, reading, () => reachOf(call, filters), me);
    const named = call.query.users !== undefined;
    const behind = await behindLines(reading, list.items);
    const items = list.items.filter((line) => line.subject === me || isOpen(behind, line, named));
    const body = pageOf(call, filters, { ...list, items }, (line) => ({
      ...presentLine(behind, line, me),
      ...(named ? { userId: line.subject } : {}),
    }));
    return { body };
  },

  async rank(call) {
    const { reading, period, me } = await playerReading(call);
    const [mine, total] = await Promise.all([me === undefined ? undefined : rankOf(reading, me), countLines(reading)]);
    const { id: leaderboard } = reading.definition;
    return { body: { leaderboard, period, total, rank: mine?.rank ?? null, score: mine?.score ?? null } };
  },
};
