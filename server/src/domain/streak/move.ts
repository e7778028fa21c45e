import { type Turn, tell } from '../fold/turn.ts';
import { lookup, withEntry } from '../record.ts';
import { AHEAD } from './act.ts';
import { celebrate, daysIn, streakPageId } from './change.ts';
import { runGoingOn } from './hold.ts';
import { chainAfter, PAGE, pageOf, runsIn, type StreakPage, type StreakRun } from './pages.ts';
import { type Recounted, recountingBy, recountStreak } from './recount.ts';
import type { StreakRules, StreakState } from './state.ts';
import { periodAt, type StreakBook } from './version.ts';

/** Counts a player's streak again, where a version says so that was published by the turn's moment. */
export function recountIfDue(turn: Turn, book: StreakBook): void {
  const before = lookup(turn.state.streaks, book.id);
  const rules = recountingBy(book, before, turn.entry.occurredAt);
  if (rules === undefined) return;
  const { facts, entry, ruleset, past } = turn;
  const recounted = recountStreak(book, rules, past, { facts, entry, periodOf: ruleset.periodOf });
  tellPages(turn, rules, before, recounted);
  const { run } = chainAfter(recounted.state.pages);
  const had = run === null ? 0 : hadWithin(before, run);
  const state: StreakState = {
    ...recounted.state,
    ...(run === null || had === 0 ? {} : { celebrated: [run.from, had] }),
  };
  turn.state = { ...turn.state, streaks: withEntry(turn.state.streaks, book.id, state) };
  const { id, version } = rules;
  const values = { run: run?.count ?? 0 };
  turn.trace.push({ kind: 'streak', id, version, fired: true, why: 'progress_recomputed', values });
  if (run === null || runGoingOn(state) === null || run.count <= had) return;
  turn.queue.push({ kind: 'streakMended', streak: id, run: run.count });
  for (const { length } of rules.milestones ?? []) {
    if (had < length && length <= run.count) celebrate(turn, rules, run, length);
  }
}

/** The most that the runs had come to which are within another by now, or may have been. */
function hadWithin(before: StreakState | undefined, { from, held }: StreakRun): number {
  const pages = before?.pages ?? [];
  const runs = runsIn(pages).filter((run) => run.from <= held && from <= run.held);
  const [oldest] = pages;
  const older = oldest !== undefined && from < oldest.page * PAGE ? oldest.before.longest : 0;
  const [begun, length] = before?.celebrated ?? [held + 1, 0];
  return Math.max(older, from <= begun && begun <= held ? length : 0, ...runs.map(({ count }) => count));
}

/** Tells every page that there is now, and that those are gone which there may have been. */
function tellPages(turn: Turn, rules: StreakRules, before: StreakState | undefined, { pages, state }: Recounted): void {
  const { id } = rules;
  const [earliest] = turn.past;
  if (earliest === undefined) return;
  const dayAt = daysIn(turn);
  const first = pageOf(periodAt(rules, earliest.entry.occurredAt, dayAt) - 1);
  const last = pageOf(Math.max(state.now, before?.now ?? 0) + AHEAD);
  const known = before === undefined ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index);
  for (const page of new Set([...known, ...pages.keys()])) {
    const record: StreakPage | null = pages.get(page) ?? null;
    tell(turn, { kind: 'streak', id: streakPageId(id, page), record });
  }
}
