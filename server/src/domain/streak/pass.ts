import type { Turn } from '../fold/turn.ts';
import { compareText } from '../order.ts';
import { lookup } from '../record.ts';
import { changeStreak, daysIn } from './change.ts';
import { recountIfDue } from './move.ts';
import { civilDateOf, daysOfPeriod } from './period.ts';
import { keptRules, type PlacedLoss, type StreakBook, standingAt } from './version.ts';

/**
 * Lets time go by for streaks up to the turn's moment: a version that was published since counts them again or ends their
 * runs, and of periods that are over a run takes a freeze, or breaks.
 */
export function passStreaks(turn: Turn): void {
  const { recountedStreaks, streaksById } = turn.ruleset;
  for (const book of recountedStreaks) recountIfDue(turn, book);
  for (const id of Object.keys(turn.state.streaks).toSorted(compareText)) {
    const book = streaksById.get(id);
    if (book !== undefined) pass(turn, book);
  }
}

function pass(turn: Turn, book: StreakBook): void {
  const before = lookup(turn.state.streaks, book.id);
  if (before === undefined) return;
  const { state, rules, losses } = standingAt(book, before, turn.entry.occurredAt, daysIn(turn));
  if (state === before) return;
  changeStreak(turn, rules, state);
  for (const loss of losses) turn.marks.push(markOf(loss));
  if (rules === keptRules(book, before)) return;
  const { id, version } = rules;
  turn.trace.push({ kind: 'streak', id, version, fired: true, why: 'progress_reset', values: {} });
}

/** What is remembered of a loss for ever: the streak, the last day of the period, and how the run stood. */
function markOf({ loss, rules: { id, cadence } }: PlacedLoss): string {
  const day = civilDateOf(daysOfPeriod(cadence, loss.period)[1]);
  if (loss.kind === 'broken') return `streakBroken ${id} ${day} ${loss.run}`;
  return `streakFrozen ${id} ${day} ${loss.run} ${loss.freezesLeft}`;
}
