import type { Contract } from '@laurel/contract';
import type { LeagueCohort, PlayerLeague } from '@laurel/contract/leagues/schema';
import type { League } from '@laurel/contract/types';
import { civilStamp } from '../calendar/civil.ts';
import { isWeek } from '../calendar/weeks.ts';
import { leagueBoardId, outcomeOf, scoreId } from '../domain/index.ts';
import { getDefinition } from '../store/definition-items.ts';
import { getScores } from '../store/leaderboards.ts';
import { type Cohort, getCohort, getPlacement, listMembers } from '../store/leagues.ts';
import { getUsers } from '../store/users.ts';
import { type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import type { DefinitionType } from './definition-type.ts';
import { assertKept } from './kept.ts';
import { audienceReferences, scoringConditions, sourceReferences } from './leaderboards.ts';
import { cohortLines, tierIn } from './league-places.ts';
import { settleWeek } from './league-weeks.ts';
import { invalidField, notFound } from './problem.ts';
import { displayNameOf } from './profile.ts';
import { rewardReferences } from './promises.ts';
import { isShown } from './rankings.ts';
import { type Reader, readerOf } from './reader.ts';
import { bestText } from './text.ts';

type LeagueHandlers = Handlers<Contract['dashboard']['leagues']>;

/** What is particular to leagues. */
export const leagueType: DefinitionType<'leagues'> = {
  kind: 'leagues',
  idKind: 'league',
  build: (body, managed) => ({ ...body, ...managed }),
  conditions: (league, rulebook) => scoringConditions(rulebook, league),
  references: ({ source, tiers, audience }) => [
    ...sourceReferences(source),
    ...audienceReferences({ audience }),
    ...tiers.flatMap(({ prizes }, tier) =>
      prizes.flatMap(({ rewards }, prize) =>
        rewardReferences(rewards).map((one) => ({ ...one, pointer: `/tiers/${tier}/prizes/${prize}${one.pointer}` })),
      ),
    ),
  ],
};

/** A week of the calendar: other periods are none of a league's. */
function weekOf(pointer: string, period: string): string {
  if (!isWeek(period)) throw invalidField(pointer, 'A league is played by weeks: name one, such as 2026-W48.');
  return period;
}

/** The name of a tier; where the league has fewer by now, the highest of them. */
function tierOf(league: League, tier: number) {
  const found = league.tiers[Math.min(tier, league.tiers.length - 1)];
  if (found === undefined) throw new RangeError(`league ${league.id} has no tier`);
  return found;
}

/** The handlers of leagues, which let no change touch what the scores of one that was published are made of. */
export function leaguesKept<H extends Pick<LeagueHandlers, 'get' | 'update'>>(leagues: H): H {
  return {
    ...leagues,
    async update(call: Parameters<LeagueHandlers['update']>[0]) {
      const { body: before } = await leagues.get(call);
      assertKept('leagues', before, call.body);
      return leagues.update(call);
    },
  };
}

async function leagueOf(call: CallContext & { readonly params: { readonly id: string } }): Promise<League> {
  const found = await getDefinition(call.platform.table, call.scope, 'leagues', call.params.id);
  if (found === undefined) throw notFound();
  return found;
}

/** What the dashboard does with leagues besides their definitions. */
export const leagueReads: Pick<LeagueHandlers, 'members' | 'settle'> = {
  async members(call) {
    const league = await leagueOf(call);
    const week = weekOf('/query/period', call.query.period ?? civilStamp(call.now, league.zone).week);
    const filters = { league: league.id, week };
    const list = await listMembers(call.platform.table, call.scope, league.id, week, reachOf(call, filters));
    const body = pageOf(call, filters, list, ({ userId, tier, cohort, result }) => ({
      userId,
      period: week,
      tier: tierOf(league, tier).id,
      cohort,
      rank: result?.rank ?? null,
      score: result?.score ?? null,
      outcome: result?.outcome ?? null,
    }));
    return { body };
  },

  async settle(call) {
    const league = await leagueOf(call);
    const period = weekOf('/period', call.body.period);
    if (period > civilStamp(call.now, league.zone).week) throw invalidField('/period', 'The week has not begun.');
    const week = await settleWeek(call, league, period);
    const state = week.stage === 'settled' ? 'settled' : 'settling';
    const { cohorts, players, settledAt } = week;
    return { body: { league: league.id, period, state, cohorts, players, settledAt } };
  },
};

function publishedLeague({ definitions }: Reader, id: string): League {
  const league = definitions.leagues.find((one) => one.id === id && one.status === 'published');
  if (league === undefined) throw notFound();
  return league;
}

interface Whereabouts {
  readonly tier: number;
  /** Null for whoever is in none. */
  readonly cohort: Cohort | null;
  readonly waits: boolean;
}

/** Where a player is in a week; whoever has not scored in it sees the tier that they will come into. */
async function whereabouts(call: CallContext, league: League, week: string, userId: string): Promise<Whereabouts> {
  const { table } = call.platform;
  const cohort = await getPlacement(table, call.scope, userId, league.id, week);
  if (cohort !== undefined) return { tier: cohort.tier, cohort, waits: false };
  const [scores, standing] = await Promise.all([
    getScores(table, call.scope, 'players', scoreId(leagueBoardId(league.id), week), [userId]),
    tierIn(call, league, week, userId),
  ]);
  const tier = 'tier' in standing ? standing.tier : standing.waitsFor.tier;
  return { tier, cohort: null, waits: scores.length > 0 };
}

async function presentLeague(call: CallContext, league: League, reader: Reader): Promise<PlayerLeague> {
  const { languages, user, today } = reader;
  const period = today(league.zone).week;
  const { tier, cohort, waits } = await whereabouts(call, league, period, user.id);
  const settled = cohort !== null && (await getCohort(call.platform.table, call.scope, cohort)).head.settledAt !== null;
  const { id, name } = tierOf(league, tier);
  return {
    id: league.id,
    name: bestText(league.name, languages),
    ...(league.description === undefined ? {} : { description: bestText(league.description, languages) }),
    period,
    tier: { id, name: bestText(name, languages) },
    state: cohort === null ? (waits ? 'drawing' : 'none') : settled ? 'settled' : 'playing',
  };
}

/** The lines of a cohort, as they were settled or as they are. */
async function linesOf(call: CallContext, league: League, cohort: Cohort, reader: Reader) {
  const { head, members } = await getCohort(call.platform.table, call.scope, cohort);
  const live = await cohortLines(call, cohort, members);
  const lines = live.map(({ member, score }, index) => {
    const rank = index + 1;
    const now = { rank, score, outcome: outcomeOf(league, cohort.tier, rank, live.length) };
    return { userId: member.userId, ...(member.result ?? now) };
  });
  const userIds = lines.map(({ userId }) => userId);
  const users = await getUsers(call.platform.table, call.scope, userIds);
  const shown = lines
    .filter(({ userId }) => userId === reader.user.id || isShown(users.get(userId)))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ userId, rank, score, outcome }) => ({
      rank,
      score,
      player: { displayName: displayNameOf(userId, users.get(userId)) },
      isMe: userId === reader.user.id,
      outcome,
    }));
  return { shown, settled: head.settledAt !== null };
}

export const appLeagues: Handlers<Contract['app']['leagues']> = {
  async list(call) {
    const reader = await readerOf(call);
    const published = reader.definitions.leagues.filter((league) => league.status === 'published');
    const filters = { user: reader.user.id };
    const list = listingOf(published, reachOf(call, filters), (league) => league.id);
    const items = await Promise.all(list.items.map((league) => presentLeague(call, league, reader)));
    return { body: pageOf(call, filters, { ...list, items }, (one) => one) };
  },

  async cohort(call) {
    const reader = await readerOf(call);
    const league = publishedLeague(reader, call.params.id);
    const period = weekOf('/query/period', call.query.period ?? reader.today(league.zone).week);
    const { tier, cohort, waits } = await whereabouts(call, league, period, reader.user.id);
    const body = { league: league.id, period, tier: tierOf(league, tier).id };
    if (cohort === null) return { body: { ...body, state: waits ? 'drawing' : 'none', lines: [] } };
    const { shown, settled } = await linesOf(call, league, cohort, reader);
    const state: LeagueCohort['state'] = settled ? 'settled' : 'playing';
    return { body: { ...body, state, lines: shown } };
  },
};
