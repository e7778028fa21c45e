import type { League } from '@laurel/contract/types';
import { weekEnd, weeksFrom } from '../calendar/weeks.ts';
import {
  cohortOf,
  compareLines,
  isLeagueBoard,
  leagueBoardId,
  leagueOfBoard,
  outcomeOf,
  roundsUpTo,
  type ScoreLine,
  type ScoreRecord,
  scoreId,
  tierAfter,
  tierOnReturn,
} from '../domain/index.ts';
import { commit } from '../store/commit.ts';
import { getScores } from '../store/leaderboards.ts';
import {
  type Cohort,
  getCohort,
  getMember,
  getPlacement,
  lastPlacement,
  type Member,
  saveHead,
  saveMember,
  savePlacement,
  skipTickets,
  takeTicket,
} from '../store/leagues.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import type { PlayContext } from './call.ts';
import type { Platform } from './platform.ts';
import { grantPrize } from './prizes.ts';

/** What leagues take of a platform. */
export type LeaguePlay = PlayContext & { readonly platform: Pick<Platform, 'ranks'> };

/** When a week of a league can be settled: after its end, and the grace for late events. */
export function dueAt({ zone, graceMinutes }: Pick<League, 'zone' | 'graceMinutes'>, week: string): string {
  return new Date(Date.parse(weekEnd(week, zone)) + graceMinutes * 60_000).toISOString();
}

/** The members of a cohort by their scores; those whose events were all taken back stand last. */
export async function cohortLines(
  { platform: { table }, scope }: PlayContext,
  { league, week }: Cohort,
  members: readonly Member[],
): Promise<{ readonly member: Member; readonly score: number }[]> {
  const userIds = members.map(({ userId }) => userId);
  const scores = await getScores(table, scope, 'players', scoreId(leagueBoardId(league), week), userIds);
  const byUser = new Map(scores.map((score) => [score.subject, score]));
  const lines = members.map((member): ScoreLine & { member: Member } => {
    const { score = 0, reachedAt = '9' } = byUser.get(member.userId) ?? {};
    return { member, subject: member.userId, score, reachedAt };
  });
  return lines.toSorted(compareLines).map(({ member, score }) => ({ member, score }));
}

/**
 * Settles one cohort: ranks its members once and for all, then gives the prizes, each once. Whoever comes to it later
 * goes on from where it stands.
 */
export async function settleCohort(play: LeaguePlay, league: League, cohort: Cohort): Promise<number> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { head, members } = await getCohort(play.platform.table, play.scope, cohort);
    if (members.length === 0 || head.paidAt !== null) return members.length;
    if (head.settledAt === null) {
      const settled = await settledMembers(play, league, cohort, members);
      await commit(play.platform.table, [
        saveHead(play.platform.table, play.scope, cohort, { ...head, settledAt: play.now }),
        ...settled.map((member) => saveMember(play.platform.table, play.scope, member)),
      ]);
    } else {
      for (const member of members) await givePrize(play, league, member);
      await commit(play.platform.table, [
        saveHead(play.platform.table, play.scope, cohort, { ...head, paidAt: play.now }),
      ]);
    }
    // Either way the cohort is read again: what was written is there, or somebody else's step is.
    if (attempt > 2) await backOff(attempt);
  }
  throw new Error(`cohort ${cohort.tier}:${cohort.cohort} of ${league.id} could not be settled: it kept changing`);
}

async function settledMembers(
  play: LeaguePlay,
  league: League,
  cohort: Cohort,
  members: readonly Member[],
): Promise<Member[]> {
  const lines = await cohortLines(play, cohort, members);
  return lines.map(({ member, score }, index) => {
    const rank = index + 1;
    return { ...member, result: { rank, score, outcome: outcomeOf(league, cohort.tier, rank, lines.length) } };
  });
}

async function givePrize(play: LeaguePlay, league: League, { userId, week, tier, result }: Member): Promise<void> {
  const prizes = league.tiers[tier]?.prizes ?? [];
  const rewards = prizes.filter(({ rank }) => rank === result?.rank).flatMap((prize) => prize.rewards);
  if (result === null || rewards.length === 0) return;
  const reason = { kind: 'prize', of: 'league', id: league.id, period: week, rank: result.rank } as const;
  await grantPrize(play, { userId, grantId: `league:${scoreId(league.id, week)}`, rewards, reason });
}

/** The tier that a player plays a week in; null where the week before, in which they played, is not settled yet. */
export async function tierIn(
  { platform: { table }, scope }: PlayContext,
  league: League,
  week: string,
  userId: string,
): Promise<{ readonly tier: number } | { readonly waitsFor: Cohort }> {
  const last = await lastPlacement(table, scope, userId, league.id, week);
  if (last === undefined) return { tier: 0 };
  const member = await getMember(table, scope, last, userId);
  const outcome = member?.result?.outcome;
  if (outcome === undefined) return { waitsFor: last };
  return { tier: tierOnReturn(league, tierAfter(last.tier, outcome), weeksFrom(last.week, week) - 1) };
}

/** Whether a player is in a cohort, or waits until the week before is settled. */
export type Placed = 'placed' | 'waiting';

/**
 * Puts a player who has scored into a cohort of the week, once. Where their last week is due and not settled, their
 * cohort of then is settled first: nobody waits for a scheduler longer than for the grace.
 */
export async function placeInLeague(play: LeaguePlay, league: League, week: string, userId: string): Promise<Placed> {
  const {
    platform: { table },
    scope,
  } = play;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if ((await getPlacement(table, scope, userId, league.id, week)) !== undefined) return 'placed';
    const standing = await tierIn(play, league, week, userId);
    if ('waitsFor' in standing) {
      if (play.now < dueAt(league, standing.waitsFor.week)) return 'waiting';
      await settleCohort(play, league, standing.waitsFor);
      continue;
    }
    const tier = { league: league.id, week, tier: standing.tier };
    const draw = await takeTicket(table, scope, tier, { size: league.cohortSize, seed: league.seed });
    const ticket = draw.tickets - 1;
    const seed = JSON.stringify([draw.seed, league.id, week, standing.tier]);
    const member: Member = { ...tier, cohort: cohortOf(ticket, draw.size, seed), userId, result: null };
    const result = await commit(table, savePlacement(table, scope, member));
    if (result.kind === 'committed') return 'placed';
    if (result.kind === 'refused' && result.refusal === 'cohort_settled') {
      // Too late for this round of cohorts: the next one is still to come.
      await skipTickets(table, scope, tier, Math.max(1, roundsUpTo(ticket, draw.size).tickets - draw.tickets));
    }
    await backOff(attempt);
  }
  throw new Error(`${userId} could not be placed in ${league.id}: others kept changing it`);
}

/**
 * Brings the scores that have moved into the leagues that they are of. A week that is due takes nobody any more.
 * Whatever is missed, because a process died before it, is made up for when the week is settled.
 */
export async function joinLeagues(
  play: LeaguePlay,
  leagues: readonly League[],
  userId: string,
  moved: readonly ScoreRecord[],
): Promise<void> {
  for (const { leaderboard, period } of moved) {
    if (!isLeagueBoard(leaderboard)) continue;
    const league = leagues.find(({ id }) => id === leagueOfBoard(leaderboard));
    if (league === undefined || play.now >= dueAt(league, period)) continue;
    await placeInLeague(play, league, period, userId);
  }
}
