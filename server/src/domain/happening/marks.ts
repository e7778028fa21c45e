import type { Fact } from '@laurel/contract/types';
import { progressId } from '../player.ts';

/** How a mark is told: by the words after its first, and by when it came or went. */
type Teller = (words: readonly string[], occurredAt: string) => Fact;

/** How the outside hears of marks that begin with a word: when one is there, and when it is there no more. */
interface MarkRow {
  readonly gained?: Teller;
  readonly lost?: Teller;
}

const progressOf = ([mission = '', period = '']: readonly string[]) => ({
  progressId: progressId(mission, period),
  mission,
  period,
});

/**
 * What the marks of a turn say to the outside, by their first word: the one table. A mechanic that pushes a mark
 * `word a b` adds its line here; a word without one is told to nobody.
 */
const rows: ReadonlyMap<string, MarkRow> = new Map<string, MarkRow>([
  [
    'completed',
    {
      gained: (words, occurredAt) => ({ type: 'mission.completed', occurredAt, data: progressOf(words) }),
      lost: (words, occurredAt) => ({ type: 'mission.reverted', occurredAt, data: progressOf(words) }),
    },
  ],
  [
    'badgeAwarded',
    {
      gained: ([badge = '', , , count], occurredAt) => ({
        type: 'badge.awarded',
        occurredAt,
        data: { badge, count: Number(count) },
      }),
      lost: ([badge = '', , , count], occurredAt) => ({
        type: 'badge.revoked',
        occurredAt,
        data: { badge, count: Math.max(0, Number(count) - 1) },
      }),
    },
  ],
  [
    'badgeRevoked',
    { gained: ([badge = ''], occurredAt) => ({ type: 'badge.revoked', occurredAt, data: { badge, count: 0 } }) },
  ],
  ['levelReached', { gained: reached, lost: fallen }],
  ['levelLost', { gained: fallen }],
  [
    'streakMilestone',
    {
      gained: ([streak = '', , length], occurredAt) => ({
        type: 'streak.milestone',
        occurredAt,
        data: { streak, run: Number(length), milestone: Number(length) },
      }),
    },
  ],
]);

function reached([track = '', level]: readonly string[], occurredAt: string): Fact {
  return { type: 'level.reached', occurredAt, data: { track, level: Number(level) } };
}

/** Who loses a level is on the one before it. */
function fallen([track = '', level]: readonly string[], occurredAt: string): Fact {
  return { type: 'level.lost', occurredAt, data: { track, level: Number(level) - 1 } };
}

/** What there is to tell of a mark that came or went; nothing where nobody is told of its kind. */
export function tellMark(mark: string, change: 'gained' | 'lost', occurredAt: string): Fact | undefined {
  const [word = '', ...words] = mark.split(' ');
  return rows.get(word)?.[change]?.(words, occurredAt);
}
