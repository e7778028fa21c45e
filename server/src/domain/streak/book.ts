import type { Streak } from '@laurel/contract/types';
import type { StreakRules } from './state.ts';
import { bookOfStreak, type StreakBook } from './version.ts';

/**
 * The books of streaks that are at work, in their order. What is archived takes nothing more, so that versions which only
 * archived a streak are none by which somebody goes on.
 * @param published every published version of all streaks
 */
export function booksOfStreaks(
  atWork: readonly Streak[],
  published: readonly Streak[],
  compile: (streak: Streak) => StreakRules,
): StreakBook[] {
  const byStreak = Map.groupBy(
    published.filter(({ status }) => status === 'published'),
    ({ id }) => id,
  );
  return atWork.map((current) => {
    const others = (byStreak.get(current.id) ?? []).filter(({ version }) => version < current.version);
    return bookOfStreak(compile(current), others.map(compile));
  });
}

/** Books by the activities that one of their versions waits for. */
export function streaksByActivity(books: readonly StreakBook[]): ReadonlyMap<string, readonly StreakBook[]> {
  const index = new Map<string, StreakBook[]>();
  for (const book of books) {
    for (const activity of new Set(book.versions.map((version) => version.activity))) {
      const found = index.get(activity);
      if (found === undefined) index.set(activity, [book]);
      else found.push(book);
    }
  }
  return index;
}
