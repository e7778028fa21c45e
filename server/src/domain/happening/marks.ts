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
]);

/** What there is to tell of a mark that came or went; nothing where nobody is told of its kind. */
export function tellMark(mark: string, change: 'gained' | 'lost', occurredAt: string): Fact | undefined {
  const [word = '', ...words] = mark.split(' ');
  return rows.get(word)?.[change]?.(words, occurredAt);
}
