import type { RewardSource } from '@laurel/contract/types';
import type { Folded } from '../fold/decide.ts';
import type { Entry } from '../fold/entry.ts';
import type { Grant } from '../fold/grant.ts';
import { partsOf } from '../fold/records.ts';
import { isLeagueBoard } from '../league/board.ts';
import { ISSUANCE } from '../ledger/accounts.ts';
import type { PlayerState, ProgressRecord } from '../player.ts';
import type { Given } from '../reward/give.ts';
import { chainAfter } from '../streak/pages.ts';
import { partsOfShare } from '../team/share.ts';

/** A list of counters of one subject. */
export type Topic = 'days' | 'weeks' | 'months' | 'economy' | 'rewards' | 'missions' | 'funnels' | 'boards' | 'streaks';

/**
 * How much something adds to one counter. A counter stands in a topic, at a place (a day, a week, a month), under a
 * name of words: `minted xp`.
 */
export interface Share {
  readonly topic: Topic;
  readonly place: string;
  readonly counter: string;
  readonly amount: number;
}

/** The place of what is counted over all days. */
export const EVER = 'ever';

/** Gathers shares; those of one counter are added up, and those of nothing are left out. */
export function gather(shares: readonly Share[]): Share[] {
  const sums = new Map<string, Share>();
  for (const share of shares) {
    const key = keyOf(share);
    sums.set(key, { ...share, amount: share.amount + (sums.get(key)?.amount ?? 0) });
  }
  return [...sums.values()].filter(({ amount }) => amount !== 0);
}

function keyOf({ topic, place, counter }: Share): string {
  return JSON.stringify([topic, place, counter]);
}

/** What is to be added to counters so that they hold one contribution in place of another. */
export function changeOfShares(before: readonly Share[], after: readonly Share[]): Share[] {
  return gather([...after, ...before.map((share) => ({ ...share, amount: -share.amount }))]);
}

/** One entry of a history that counts, with what it came to when it was folded last. */
interface Counted {
  readonly entry: Pick<Entry, 'act'>;
  readonly folded: Folded;
}

/**
 * What the entries of one player and day add. What fell due before its entry (an expiry) is told of the day on which it
 * did, as a part of what this day's entries brought about.
 */
export function sharesOfDay(day: string, lines: readonly Counted[], dayOf: (instant: string) => string): Share[] {
  const events = lines.filter(({ entry }) => entry.act === null).length;
  const active = events > 0 ? 1 : 0;
  const completed = lines.flatMap(({ folded }) => folded.marks.filter((mark) => mark.startsWith('completed '))).length;
  const boards = new Set(lines.flatMap(({ folded }) => folded.touched.flatMap(boardOf)));
  return gather([
    { topic: 'days', place: day, counter: 'active', amount: active },
    { topic: 'days', place: day, counter: 'events', amount: events },
    { topic: 'days', place: day, counter: 'completed', amount: completed },
    ...[...boards].map((board): Share => ({ topic: 'boards', place: day, counter: board, amount: 1 })),
    ...lines.flatMap(({ folded }) =>
      folded.granted.flatMap((grant) => sharesOfGrant(grant.at === undefined ? day : dayOf(grant.at), grant)),
    ),
    ...lines.flatMap(({ folded }) => (folded.given ?? []).flatMap((given) => sharesOfGiven(day, given))),
  ]);
}

/**
 * The board of a score, or of a share in a team's, that was touched, where it is none of a league: its period has no colon
 * that an id of a board could be mistaken for.
 */
function boardOf(ref: Folded['touched'][number]): string[] {
  const [kind, id] = partsOf(ref);
  if (kind === 'share') {
    const { of, definition } = partsOfShare(id);
    return of === 'leaderboard' ? [definition] : [];
  }
  if (kind !== 'score') return [];
  const board = /^(.*?):(?:all|\d{4}-.*)$/.exec(id)?.[1];
  return board === undefined || isLeagueBoard(board) ? [] : [board];
}

/** What a grant moves of its currency: into being, out of it, or between players; nothing where it is only set aside. */
function movedBy({ amount, account, counterparty = ISSUANCE }: Grant): 'minted' | 'burned' | 'received' | null {
  if (counterparty.startsWith('held:')) return null;
  if (!counterparty.startsWith('system:')) return 'received';
  return amount > 0 && account !== 'held' ? 'minted' : 'burned';
}

function sharesOfGrant(day: string, grant: Grant): Share[] {
  const { currency, amount, source } = grant;
  const moved = movedBy(grant);
  const size = moved === 'burned' ? -amount : amount;
  const economy: Share[] =
    moved === null
      ? []
      : [
          { topic: 'economy', place: day, counter: `${moved} ${currency}`, amount: size },
          { topic: 'economy', place: EVER, counter: currency, amount },
        ];
  if (source === null) return economy;
  return [...economy, ...sharesOfReward(day, `${source.kind} ${nameOf(source)} ${currency}`, amount)];
}

function sharesOfReward(day: string, given: string, amount: number): Share[] {
  return [
    { topic: 'rewards', place: day, counter: `amount ${given}`, amount },
    { topic: 'rewards', place: day, counter: `times ${given}`, amount: 1 },
  ];
}

/** What is given besides amounts; what waits to be claimed is not given, and experience is an amount. */
function sharesOfGiven(day: string, { reward, source, claim }: Given): Share[] {
  if (claim !== null || reward.kind === 'currency' || reward.kind === 'experience') return [];
  const given = (of: string) => `${source.kind} ${nameOf(source)} ${of} ${reward.kind}`;
  switch (reward.kind) {
    case 'badge':
      return sharesOfReward(day, given(reward.badge), 1);
    case 'streakFreeze':
      return sharesOfReward(day, given(reward.streak), reward.count);
    case 'item':
      return sharesOfReward(day, given(reward.item), reward.quantity);
  }
}

/** The id of what gave a reward. */
function nameOf(source: RewardSource): string {
  switch (source.kind) {
    case 'rule':
      return source.rule;
    case 'mission':
      return source.mission;
    case 'level':
      return source.track;
    case 'streak':
      return source.streak;
    case 'prize':
      return source.id;
    case 'grant':
      return 'hand';
  }
}

/** What a player's progress in one period of a mission adds. */
export function sharesOfProgress(record: ProgressRecord, dayOf: (instant: string) => string): Share[] {
  const { mission, startedAt, completedAt } = record;
  const started: Share = { topic: 'missions', place: dayOf(startedAt), counter: `started ${mission}`, amount: 1 };
  if (completedAt === null) return [started];
  return [
    started,
    { ...started, counter: `completedOfStarted ${mission}` },
    { ...started, place: dayOf(completedAt), counter: `completed ${mission}` },
  ];
}

/**
 * What the latest runs of a player's streaks add.
 * @param dateOf the date of the last day of a streak's period; null for a streak that is not known
 */
export function sharesOfStreaks(
  streaks: PlayerState['streaks'],
  dateOf: (streak: string, period: number) => string | null,
): Share[] {
  return Object.entries(streaks).flatMap(([streak, { pages }]): Share[] => {
    const { run } = chainAfter(pages);
    const place = run === null ? null : dateOf(streak, run.to);
    return run === null || place === null
      ? []
      : [{ topic: 'streaks', place, counter: `${streak} ${run.count}`, amount: 1 }];
  });
}
