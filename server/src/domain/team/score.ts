import type { ScoreSource } from '@laurel/contract/types';
import { compareText, later } from '../order.ts';
import type { ScoreRecord } from '../player.ts';
import type { BoardShare, ShareRule } from './share.ts';

/** How the shares of members make their team's score: what adds up for a player adds up for a team. */
export function shareRule({ kind }: ScoreSource): ShareRule {
  switch (kind) {
    case 'sum':
    case 'count':
    case 'earned':
      return 'sum';
    case 'streak':
      return 'max';
    default:
      return kind;
  }
}

/**
 * The score of a team, made of the shares of its members in whatever order; nothing without any. As for a player, a sum
 * is reached with the latest of what is in it, the best with the first that had it, and the latest with its own.
 */
export function teamScore(shares: readonly BoardShare[]): ScoreRecord | null {
  const [first] = shares;
  if (first === undefined) return null;
  const { definition: leaderboard, period, lowFirst } = first;
  const { score, reachedAt } = standing(first.rule, shares, first);
  return { leaderboard, period, score, reachedAt, ...(lowFirst === undefined ? {} : { lowFirst }) };
}

type Standing = Pick<BoardShare, 'score' | 'reachedAt' | 'member'>;

function standing(rule: ShareRule, shares: readonly BoardShare[], first: BoardShare): Omit<Standing, 'member'> {
  if (rule !== 'sum') return shares.reduce<Standing>((best, one) => (precedes(rule, one, best) ? one : best), first);
  const sum = shares.reduce((all, { score }) => all + BigInt(score), 0n);
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  return {
    // Beyond this a number is not exact any more: a team stays there.
    score: Number(sum < most ? sum : most),
    reachedAt: shares.reduce((latest, { reachedAt }) => later(latest, reachedAt), first.reachedAt),
  };
}

/** Whether one share stands for the team before another. */
function precedes(rule: Exclude<ShareRule, 'sum'>, one: Standing, other: Standing): boolean {
  const order = compareText(one.reachedAt, other.reachedAt) || compareText(one.member, other.member);
  if (rule === 'latest') return order > 0;
  const better = rule === 'max' ? one.score - other.score : other.score - one.score;
  return better > 0 || (better === 0 && order < 0);
}
