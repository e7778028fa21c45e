import type { Fact } from '@laurel/contract/types';
import type { Difference } from '../fold/difference.ts';
import { compareText } from '../order.ts';

/** What telling of streaks takes of their rules, of the calendar, and of the player after the change. */
export interface StreakView {
  /** When a day of a streak's zone ends; null where the streak is not at work any more. */
  readonly endOf: (streak: string, day: string) => string | null;
  /** How long the run is that a day lies in; null where it lies in none. */
  readonly runAt: (streak: string, day: string) => number | null;
}

/** What is told of streaks: before the entries of a change, since time took it before them; and after them. */
export interface StreakFacts {
  readonly before: readonly Fact[];
  readonly after: readonly Fact[];
}

const WORDS = new Set(['streakBroken', 'streakFrozen', 'freezeUsed', 'streakRepaired']);

/** A mark of a streak, in its parts. What it is about tells it from others; how the run stood then is only told. */
interface StreakMark {
  readonly about: string;
  readonly word: string;
  readonly streak: string;
  readonly day: string;
  readonly run: number;
  readonly freezesLeft: number;
}

function marksIn(marks: readonly string[]): ReadonlyMap<string, StreakMark> {
  const read = marks.flatMap((mark): [string, StreakMark][] => {
    const [word = '', streak = '', day = '', run, freezesLeft] = mark.split(' ');
    const about = `${word} ${streak} ${day}`;
    const one = { about, word, streak, day, run: Number(run), freezesLeft: Number(freezesLeft ?? 0) };
    return WORDS.has(word) ? [[about, one]] : [];
  });
  return new Map(read);
}

/**
 * What a change of a history says of runs that broke, were frozen and are whole again. A break that is none any more,
 * since what was missed came in late, is told as a repair, unless one was told already; that a freeze was not needed
 * after all is told by the run that grew.
 * @param times when the entries behind marks occurred
 */
export function streakMarkFacts(
  { gained, lost }: Pick<Difference, 'gained' | 'lost'>,
  { endOf, runAt }: StreakView,
  times: ReadonlyMap<string, string>,
  now: string,
): StreakFacts {
  const [came, went] = [marksIn(gained), marksIn(lost)];
  const stamped = new Map([...times].map(([mark, at]) => [mark.split(' ').slice(0, 3).join(' '), at]));
  const fresh = [...came.values()].filter(({ about }) => !went.has(about));
  const told = ({ about, word, streak, day, run, freezesLeft }: StreakMark): Fact => {
    const acted = stamped.get(about) ?? now;
    const occurredAt = endOf(streak, day) ?? acted;
    switch (word) {
      case 'streakBroken':
        return { type: 'streak.broken', occurredAt, data: { streak, run } };
      case 'streakFrozen':
        return { type: 'streak.frozen', occurredAt, data: { streak, run, day, freezesLeft } };
      case 'freezeUsed':
        return { type: 'streak.frozen', occurredAt: acted, data: { streak, run, day, freezesLeft } };
      default:
        return { type: 'streak.repaired', occurredAt: acted, data: { streak, run } };
    }
  };
  const isByTime = ({ word }: StreakMark) => word === 'streakBroken' || word === 'streakFrozen';
  const mended = [...went.values()].flatMap(({ about, word, streak, day }): Fact[] => {
    const madeUpFor = ['freezeUsed', 'streakRepaired'].some((by) => went.has(`${by} ${streak} ${day}`));
    const run = word !== 'streakBroken' || came.has(about) || madeUpFor ? null : runAt(streak, day);
    return run === null ? [] : [{ type: 'streak.repaired', occurredAt: now, data: { streak, run } }];
  });
  return {
    before: fresh
      .filter(isByTime)
      .map(told)
      .toSorted((a, b) => compareText(a.occurredAt, b.occurredAt)),
    after: [...fresh.filter((one) => !isByTime(one)).map(told), ...mended],
  };
}
