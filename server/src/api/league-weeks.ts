import type { League } from '@laurel/contract/types';
import { nextWeek } from '../calendar/weeks.ts';
import { leagueBoardId, roundsUpTo } from '../domain/index.ts';
import { commit } from '../store/commit.ts';
import { topLines } from '../store/leaderboards.ts';
import { type Cohort, getDraws, getWeek, placedUsers, saveWeek, type Week } from '../store/leagues.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import { type LeaguePlay, placeInLeague, settleCohort } from './league-places.ts';
import { tellOf } from './telling.ts';

/** How many players one step places, and how many cohorts one step settles. */
const PLACED = 50;
const SETTLED = 5;
/** How many steps one call takes at most. */
const STEPS = 200;

function begun(league: League, week: string): { readonly version: number; readonly week: Week } {
  const stage = { stage: 'placing', cursor: null, cohorts: 0, players: 0, settledAt: null } as const;
  return { version: 0, week: { league: league.id, week, ...stage } };
}

/** Places those of a page of a week's board who are in no cohort; answers with the position of the next page. */
async function placeSome(play: LeaguePlay, league: League, week: string, after: string | null): Promise<string | null> {
  const ranking = { leaderboard: leagueBoardId(league.id), period: week };
  const reading = { index: play.platform.ranks, scope: play.scope, ranking, lowFirst: false };
  const page = await topLines(reading, { limit: PLACED, after: after ?? undefined });
  const userIds = page.items.map(({ subject }) => subject);
  const placed = await placedUsers(play.platform.table, play.scope, userIds, league.id, week);
  for (const userId of userIds) {
    if (!placed.has(userId)) await placeInLeague(play, league, week, userId);
  }
  return page.next;
}

/** Every cohort that was drawn in a week. */
async function drawnCohorts(play: LeaguePlay, league: string, week: string): Promise<Cohort[]> {
  const draws = await getDraws(play.platform.table, play.scope, league, week);
  return draws.flatMap(({ tier, tickets, size }) => {
    const { cohorts } = roundsUpTo(tickets - 1, size);
    return Array.from({ length: cohorts }, (_, cohort) => ({ league, week, tier, cohort }));
  });
}

/** One step of a settlement; what it does can be done again and comes to the same. */
async function step(play: LeaguePlay, league: League, sofar: Week): Promise<Week> {
  const { week, cursor } = sofar;
  switch (sofar.stage) {
    case 'placing': {
      const next = await placeSome(play, league, week, cursor);
      return next === null ? { ...sofar, stage: 'settling', cursor: null } : { ...sofar, cursor: next };
    }
    case 'settling': {
      const cohorts = await drawnCohorts(play, league.id, week);
      const from = Number(cursor ?? 0);
      const part = cohorts.slice(from, from + SETTLED);
      let { players, cohorts: count } = sofar;
      for (const cohort of part) {
        const members = await settleCohort(play, league, cohort);
        players += members;
        if (members > 0) count += 1;
      }
      const moved = { ...sofar, players, cohorts: count };
      if (from + part.length < cohorts.length) return { ...moved, cursor: String(from + part.length) };
      return { ...moved, stage: 'drawing', cursor: null };
    }
    case 'drawing': {
      const next = await placeSome(play, league, nextWeek(week), cursor);
      return next === null
        ? { ...sofar, stage: 'settled', cursor: null, settledAt: play.now }
        : { ...sofar, cursor: next };
    }
    case 'settled':
      return sofar;
  }
}

/** Tells that a week is settled: in the one write that says so, so once, however many settle it. */
function tellSettled(play: LeaguePlay, { league, week }: Week) {
  return tellOf(play, null, { type: 'league.settled', occurredAt: play.now, data: { league, period: week } });
}

/**
 * Settles a week of a league: places whoever was missed, settles every cohort, and draws those who waited for it into
 * the week after. Like the closing of a board it can be run by several, stopped anywhere, and run again.
 */
export async function settleWeek(play: LeaguePlay, league: League, week: string): Promise<Week> {
  let kept = (await getWeek(play.platform.table, play.scope, league.id, week)) ?? begun(league, week);
  let lost = 0;
  for (let taken = 0; taken < STEPS && kept.week.stage !== 'settled' && lost < ATTEMPTS; taken += 1) {
    const next = await step(play, league, kept.week);
    const { table } = play.platform;
    const told = next.stage === 'settled' ? tellSettled(play, next) : [];
    const result = await commit(table, [saveWeek(table, play.scope, kept.version, next), ...told]);
    if (result.kind === 'committed') {
      kept = { version: kept.version + 1, week: next };
      lost = 0;
      continue;
    }
    lost += 1;
    await backOff(lost);
    kept = (await getWeek(play.platform.table, play.scope, league.id, week)) ?? kept;
  }
  return kept.week;
}
