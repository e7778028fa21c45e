import { isLimited } from '../activity/limits.ts';
import { type Facts, verdictOf } from '../condition.ts';
import type { Entry } from '../fold/entry.ts';
import type { Past } from '../mission/recount.ts';
import type { PeriodOf } from '../mission/schedule.ts';
import type { PlayerState } from '../player.ts';
import { lookup } from '../record.ts';
import type { Ruleset } from '../ruleset.ts';
import { movingBy } from '../versions.ts';
import { type StreakAct, streakAfter } from './act.ts';
import { daysOf, withEarned } from './change.ts';
import { countEvent } from './count.ts';
import { passedBy, seenIn } from './hold.ts';
import { hotPages, type StreakPage } from './pages.ts';
import { newStreak, type StreakRules, type StreakState, withFreezes } from './state.ts';
import { keptRules, periodAt, resetsBy, type StreakBook } from './version.ts';

/** A streak that was counted again: how it stands, and every page of its history. */
export interface Recounted {
  readonly state: StreakState;
  readonly pages: ReadonlyMap<number, StreakPage>;
}

/** The last version that counts a player's streak again by an instant; undefined where none does. */
export function recountingBy(
  book: StreakBook,
  before: StreakState | undefined,
  instant: string,
): StreakRules | undefined {
  const kept = before === undefined ? 0 : keptRules(book, before).version;
  return movingBy(book, kept, instant).findLast(({ running }) => running === 'recompute');
}

/**
 * Counts a player's whole history again by another version: events as conditions saw them then, and what was done by
 * hand and given, as far as it can be done by that version. What comes out is what would have come about if it had been
 * the only version; but where earlier versions have ended a run, it is ended still.
 */
export function recountStreak(
  book: StreakBook,
  rules: StreakRules,
  past: readonly Past[],
  now: { readonly facts: Facts; readonly entry: Entry; readonly periodOf: PeriodOf },
): Recounted {
  const pages = new Map<number, StreakPage>();
  const resets = book.versions.filter(({ version, running }) => running === 'reset' && version < rules.version);
  let state: StreakState | undefined;
  let from = '';
  const put = (changed: StreakState): void => {
    for (const page of changed.pages) pages.set(page.page, page);
    state = { ...changed, pages: hotPages(changed.pages) };
  };
  for (const one of past) {
    const { entry } = one;
    const dayAt = daysOf(entry, now.periodOf);
    const at = entry.occurredAt;
    const period = periodAt(rules, at, dayAt);
    if (state !== undefined) {
      const due = resets.filter(({ publishedAt }) => publishedAt !== null && from < publishedAt && publishedAt <= at);
      const moved = resetsBy({ state, rules, losses: [] }, due, dayAt, () => rules).state;
      put(passedBy(moved, rules, period, at).state);
    }
    from = at;
    const before = seenIn(state ?? newStreak(rules, period, at), rules, period, at);
    const moved = movedBy(before, rules, one, now.facts, { period, day: dayAt(rules.zone, at) });
    if (moved !== null) put(withEarned(state, rules, moved).state);
  }
  const { entry, periodOf } = now;
  const dayAt = daysOf(entry, periodOf);
  if (state === undefined) {
    const at = entry.occurredAt;
    return { state: { ...newStreak(rules, periodAt(rules, at, dayAt), at), version: rules.version }, pages };
  }
  const due = resets.filter(({ publishedAt }) => publishedAt !== null && from < publishedAt);
  put(resetsBy({ state, rules, losses: [] }, due, dayAt, () => rules).state);
  return { state: { ...state, version: rules.version }, pages };
}

/** What becomes of a streak by an entry of the past; null where that has nothing to do with it. */
function movedBy(
  before: StreakState,
  rules: StreakRules,
  { entry, marks, player, given }: Past,
  facts: Facts,
  place: { readonly period: number; readonly day: number },
): StreakState | null {
  const then: Facts = { ...facts, event: entry, user: entry.user, player, now: entry.occurredAt };
  const freezes = given.reduce(
    (sum, { reward, claim }) =>
      claim === null && reward.kind === 'streakFreeze' && reward.streak === rules.id ? sum + reward.count : sum,
    0,
  );
  const moved = counts(entry, marks, rules, then)
    ? countEvent(before, rules, entry, place).state
    : acted(before, rules, entry, place.period);
  return moved === null && freezes === 0 ? null : withFreezes(moved ?? before, rules, freezes);
}

function counts({ act, activity }: Entry, marks: readonly string[], rules: StreakRules, facts: Facts): boolean {
  return act === null && activity === rules.activity && !isLimited({ marks }) && verdictOf(rules, facts).holds;
}

function acted(before: StreakState, rules: StreakRules, { act }: Entry, period: number): StreakState | null {
  if (act === null || !isOf(act, rules.id)) return null;
  const after = streakAfter(before, rules, act, period);
  return 'code' in after ? before : after;
}

function isOf(act: NonNullable<Entry['act']>, streak: string): act is StreakAct {
  return 'streak' in act && act.streak === streak;
}

/** Before all instants. */
const THE_START = '';

/** From when on the past is needed to decide a stretch of entries, for streaks: all of it, where one is counted again. */
export function streaksRecountedFrom(
  { streaks }: Pick<PlayerState, 'streaks'>,
  entries: readonly Entry[],
  rulesetOf: (version: number) => Ruleset,
): string | null {
  const isRecounted = entries.some(({ ruleset, occurredAt }) =>
    rulesetOf(ruleset).recountedStreaks.some(
      (book) => recountingBy(book, lookup(streaks, book.id), occurredAt) !== undefined,
    ),
  );
  return isRecounted ? THE_START : null;
}
