import type { TiesRule } from '@laurel/contract/types';
import { compareText } from '../order.ts';

/** A line of a leaderboard, as the order needs it. */
export interface ScoreLine {
  /** Whose line it is: a player's id, or, on a board of teams, a team's. */
  readonly subject: string;
  readonly score: number;
  readonly reachedAt: string;
  /** Present where the lower score stands first. */
  readonly lowFirst?: true;
}

/** What stands before a line. */
export interface Standing {
  /** How many have a better score. */
  readonly above: number;
  /** How many different scores are better. */
  readonly distinctAbove: number;
  /** How many come before it in the order of `compareLines`, equals included. */
  readonly ahead: number;
}

/** The standing of the first line of all. */
export const TOP: Standing = { above: 0, distinctAbove: 0, ahead: 0 };

/** The order of a leaderboard: better scores first; of equals who reached the score first; then by id. */
export function compareLines(a: ScoreLine, b: ScoreLine): number {
  const better = a.lowFirst === true ? a.score - b.score : b.score - a.score;
  return better || compareText(a.reachedAt, b.reachedAt) || compareText(a.subject, b.subject);
}

/** The rank of a line, from 1: 1-2-2-4 (`competition`), 1-2-2-3 (`dense`) or 1-2-3-4 (`ordinal`). */
export function rank(ties: TiesRule, standing: Standing): number {
  switch (ties) {
    case 'competition':
      return standing.above + 1;
    case 'dense':
      return standing.distinctAbove + 1;
    case 'ordinal':
      return standing.ahead + 1;
  }
}

/**
 * The lines of a page with their ranks. The page is in the order of `compareLines` and without gaps; `first` says what
 * stands before its first line, which is `TOP` on the first page.
 */
export function rankEntries<Line extends { readonly score: number }>(
  lines: readonly Line[],
  ties: TiesRule,
  first: Standing,
): (Line & { readonly rank: number })[] {
  const standings = standingsOf(lines, first);
  return lines.map((line, index) => ({ ...line, rank: rank(ties, standings[index] ?? first) }));
}

/** What stands before each line of such a page. */
export function standingsOf(lines: readonly { readonly score: number }[], first: Standing): Standing[] {
  let standing = first;
  return lines.map((line, index) => {
    const previous = lines[index - 1];
    if (previous) standing = below(standing, previous.score === line.score);
    return standing;
  });
}

/** The standing of the next line. Where its score is another, all before it have a better one. */
function below({ above, distinctAbove, ahead }: Standing, equal: boolean): Standing {
  if (equal) return { above, distinctAbove, ahead: ahead + 1 };
  return { above: ahead + 1, distinctAbove: distinctAbove + 1, ahead: ahead + 1 };
}
