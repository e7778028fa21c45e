import type { Leaderboard } from '@laurel/contract/types';
import { periodNamed } from '../calendar/windows.ts';
import {
  type Place,
  prizesOf,
  prizesRemain,
  rank,
  type ScoreLine,
  type Standing,
  scoreId,
  standingsOf,
  TOP,
} from '../domain/index.ts';
import type { Ranking } from '../ports/rank-index.ts';
import { type Closing, getClosing, getResults, type KeptClosing, saveClosing, saveResult } from '../store/closings.ts';
import { commit, type Write } from '../store/commit.ts';
import { countLines, countTied, type ReadableRanking, standingOf, topLines } from '../store/leaderboards.ts';
import { usersInTeamAt } from '../store/members-at.ts';
import { recountSome } from '../teams/recount-all.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import type { PlayContext } from './call.ts';
import type { Platform } from './platform.ts';
import { grantPrize } from './prizes.ts';
import { tellOf } from './telling.ts';

/** What closing takes of a platform. */
export type Closer = PlayContext & { readonly platform: Pick<Platform, 'ranks'> };

/** How many lines one step copies: with the closing itself they fit into one transaction. */
const COPIED = 90;
/** How many lines one step pays; a team's is that of all its members. */
const PAID = { players: 25, teams: 1 } as const;
/** How many steps one call takes at most, so that it ends in good time; the next call goes on. */
const STEPS = 400;

function begun(board: Leaderboard, period: string, now: string): KeptClosing {
  const { scope, prizes, tiedPrizes, ties, direction, version } = board;
  const closing: Closing = {
    leaderboard: board.id,
    period,
    ...(scope === 'teams' ? { stage: 'counting', membersAt: lastMoment(board, period, now) } : { stage: 'capturing' }),
    rules: { scope, prizes, tiedPrizes, ties, direction, version },
    cursor: null,
    found: false,
    players: 0,
    granted: 0,
    withheld: 0,
    closedAt: null,
  };
  return { version: 0, closing };
}

/** The last moment of a period, or now, where it is closed before its end. */
function lastMoment({ window }: Leaderboard, period: string, now: string): string {
  const to = periodNamed(window, period)?.to ?? null;
  const last = to === null ? now : new Date(Date.parse(to) - 1).toISOString();
  return last < now ? last : now;
}

/** Whose lines are closed. */
const ranked = ({ rules }: Closing) => rules.scope ?? 'players';

function readingOf({ platform, scope }: Closer, closing: Closing, frozen: boolean): ReadableRanking {
  const { leaderboard, period, rules } = closing;
  const ranking: Ranking = { leaderboard, period, ...(frozen ? { frozen: true } : {}) };
  return { index: platform.ranks, scope, ranking, lowFirst: rules.direction === 'low' };
}

const afterOf = ({ cursor }: Closing) => cursor ?? undefined;

/** What a step leads to, and what is written with it; `wait` where the table's index is still behind. */
type Step = { readonly closing: Closing; readonly writes: readonly Write[] } | 'wait';

/** Counts the next teams once more. */
async function countTeams({ platform, scope }: Closer, closing: Closing): Promise<Step> {
  const { leaderboard: definition, period } = closing;
  const cursor = await recountSome(platform.table, scope, { definition, period }, afterOf(closing));
  return { closing: { ...closing, cursor, stage: cursor === null ? 'capturing' : 'counting' }, writes: [] };
}

/**
 * Copies the next lines that were not copied yet. Scores may still move while this goes on, so one sweep may miss a
 * player who rises past it: it ends with a sweep that finds nobody new.
 */
async function capture(closer: Closer, closing: Closing): Promise<Step> {
  const reading = readingOf(closer, closing, false);
  const { platform, scope } = closer;
  const page = await topLines(reading, { limit: COPIED, after: afterOf(closing) });
  const subjects = page.items.map(({ subject }) => subject);
  const known = await getResults(platform.table, scope, ranked(closing), closing, subjects);
  const copied = new Set(known.map(({ subject }) => subject));
  const fresh = page.items.filter(({ subject }) => !copied.has(subject));
  const found = closing.found || fresh.length > 0;
  const next = { ...closing, players: closing.players + fresh.length };
  const writes = fresh.map((line) => saveResult(platform.table, scope, ranked(closing), closing, line));
  if (page.next !== null) return { closing: { ...next, found, cursor: page.next }, writes };
  const stage = found ? 'capturing' : 'paying';
  return { closing: { ...next, stage, found: false, cursor: null }, writes };
}

/** The places of a page of frozen lines. Equals may go on beyond either end of it. */
async function placesOf(reading: ReadableRanking, closing: Closing, lines: readonly ScoreLine[]): Promise<Place[]> {
  const [first] = lines;
  if (first === undefined) return [];
  const { ties, tiedPrizes } = closing.rules;
  const top: Standing = closing.cursor === null ? TOP : await standingOf(reading, first, ties === 'dense');
  const groups = Map.groupBy(lines, ({ score }) => score);
  const last = lines.at(-1)?.score;
  const tied = new Map<number, number>();
  for (const [score, [line, ...others]] of groups) {
    const open = tiedPrizes === 'split' && (score === first.score || score === last);
    tied.set(score, line !== undefined && open ? await countTied(reading, line) : 1 + others.length);
  }
  return standingsOf(lines, top).map((standing, index) => ({
    rank: rank(ties, standing),
    above: standing.above,
    tied: tied.get(lines[index]?.score ?? 0) ?? 1,
    position: standing.ahead - standing.above,
  }));
}

/** The last rank that rules wait for when the board is closed; 0 where none does. */
async function lastRuledRank({ platform, scope }: Closer, leaderboard: string): Promise<number> {
  const { definitions } = await platform.rulebooks(scope);
  const ranks = definitions.rewardRules.flatMap(({ status, trigger }) => {
    if (status !== 'published' || trigger.kind !== 'leaderboardClosed') return [];
    return (trigger.leaderboard ?? leaderboard) === leaderboard ? [trigger.topRank ?? Number.POSITIVE_INFINITY] : [];
  });
  return Math.max(0, ...ranks);
}

/** Who gets the prize of a line: the player, or each who was in the team at the end of the period. */
async function usersBehind({ platform, scope, now }: Closer, closing: Closing, subject: string): Promise<string[]> {
  if (ranked(closing) === 'players') return [subject];
  return usersInTeamAt(platform.table, scope, subject, closing.membersAt ?? now);
}

/** Gives the next lines their prizes, and tells the rules that wait for it who came where. Where it is done again after a failure, those who have theirs get no second one. */
async function pay(closer: Closer, closing: Closing): Promise<Step> {
  const reading = readingOf(closer, closing, true);
  // Copies are never changed: once the index has as many as were made it has them all.
  if (closing.cursor === null && (await countLines(reading)) !== closing.players) return 'wait';
  const { leaderboard, period, rules, players } = closing;
  const page = await topLines(reading, { limit: PAID[ranked(closing)], after: afterOf(closing) });
  const places = await placesOf(reading, closing, page.items);
  const ruled = await lastRuledRank(closer, leaderboard);
  let { granted, withheld } = closing;
  for (const [index, { subject }] of page.items.entries()) {
    const place = places[index];
    const rewards = place === undefined ? [] : prizesOf(rules, place, players);
    if (place === undefined || (rewards.length === 0 && place.rank > ruled)) continue;
    const reason = { kind: 'prize', of: 'leaderboard', id: leaderboard, period, rank: place.rank } as const;
    const grantId = `leaderboard:${scoreId(leaderboard, period)}`;
    for (const userId of await usersBehind(closer, closing, subject)) {
      const outcome = await grantPrize(closer, { userId, grantId, rewards, reason });
      if (rewards.length === 0) continue;
      if (outcome === 'granted') granted += 1;
      else withheld += 1;
    }
  }
  const last = places.at(-1);
  const more = page.next !== null && last !== undefined && (last.rank <= ruled || prizesRemain(rules, last, players));
  const next: Closing = { ...closing, granted, withheld, cursor: page.next };
  return { closing: more ? next : { ...next, stage: 'closed', cursor: null, closedAt: closer.now }, writes: [] };
}

/** Tells that a period is settled: in the one write that says so, so once, however many close it. */
function tellClosed(closer: Closer, { leaderboard, period }: Closing): Write[] {
  return tellOf(closer, null, { type: 'leaderboard.closed', occurredAt: closer.now, data: { leaderboard, period } });
}

/** The next step of a closing. */
function take(closer: Closer, closing: Closing): Promise<Step> {
  switch (closing.stage) {
    case 'counting':
      return countTeams(closer, closing);
    case 'capturing':
      return capture(closer, closing);
    default:
      return pay(closer, closing);
  }
}

/**
 * Closes a period of a board: freezes its ranking, then gives the prizes. Each step is written in place of the one
 * before it, so that closers may run side by side, and one that dies leaves all to the next; every prize is given
 * exactly once. Closing what is closed changes nothing. Answers how far it has come: a long one needs further calls.
 */
export async function closePeriod(closer: Closer, board: Leaderboard, period: string): Promise<Closing> {
  const { scope } = closer;
  const { table } = closer.platform;
  let kept = (await getClosing(table, scope, { leaderboard: board.id, period })) ?? begun(board, period, closer.now);
  let lost = 0;
  for (let taken = 0; taken < STEPS && kept.closing.stage !== 'closed' && lost < ATTEMPTS; taken += 1) {
    const { closing, version } = kept;
    const step = await take(closer, closing);
    if (step !== 'wait') {
      const told = step.closing.stage === 'closed' ? tellClosed(closer, closing) : [];
      const writes = [saveClosing(table, scope, version, step.closing), ...step.writes, ...told];
      if ((await commit(table, writes)).kind === 'committed') {
        kept = { version: version + 1, closing: step.closing };
        lost = 0;
        continue;
      }
    }
    // Another closer was quicker, or the index is behind: go on from where things stand.
    lost += 1;
    await backOff(lost);
    kept = (await getClosing(table, scope, closing)) ?? kept;
  }
  return kept.closing;
}
