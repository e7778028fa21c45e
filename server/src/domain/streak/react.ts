import { verdictOf } from '../condition.ts';
import type { Occurrence } from '../fold/occurrence.ts';
import type { Turn } from '../fold/turn.ts';
import { changeStreak, placeOf, streakNow } from './change.ts';
import { countEvent } from './count.ts';
import { chainAfter, runsIn } from './pages.ts';
import { civilDateOf } from './period.ts';
import { giveMilestoneRewards } from './reward.ts';
import { withFreezes } from './state.ts';
import type { StreakBook } from './version.ts';

/** Counts the event for its period in the streaks that wait for it, rewards milestones, and takes in freezes that were given. */
export function reactStreaks(turn: Turn, occurrence: Occurrence): void {
  if (occurrence.kind === 'freezeGranted') takeFreezes(turn, occurrence);
  if (occurrence.kind === 'streakMilestone') giveMilestoneRewards(turn, occurrence);
  if (occurrence.kind !== 'event') return;
  for (const book of turn.ruleset.streaks.get(occurrence.activity) ?? []) count(turn, book, occurrence.activity);
}

function count(turn: Turn, book: StreakBook, activity: string): void {
  const { state: before, rules } = streakNow(turn, book);
  const place = placeOf(turn, rules);
  const day = civilDateOf(place.day);
  const { id, version } = rules;
  if (rules.activity !== activity) {
    const values = { activity: rules.activity };
    turn.trace.push({ kind: 'streak', id, version, fired: false, why: 'other_activity', values });
    return;
  }
  const verdict = verdictOf(rules, turn.facts);
  const rule = { kind: 'streak', id, version, seen: verdict.seen } as const;
  if (!verdict.holds) {
    turn.trace.push({ ...rule, fired: false, why: verdict.why, values: { day } });
    return;
  }
  const { state, why } = countEvent(before, rules, turn.entry, place);
  changeStreak(turn, rules, state);
  const run = runsIn(state.pages).find(({ from, to }) => from <= place.period && place.period <= to)?.count ?? 0;
  const fired = why === 'day_counted' || why === 'streak_moved';
  turn.trace.push({ ...rule, fired, why, values: { day, run } });
  if (why !== 'day_counted') return;
  const { longest } = chainAfter(state.pages);
  turn.streaks.push({ streak: rules.id, day, period: place.period, run, longest });
}

function takeFreezes(turn: Turn, { streak: id, count }: Extract<Occurrence, { readonly kind: 'freezeGranted' }>): void {
  const book = turn.ruleset.streaksById.get(id);
  if (book === undefined) return;
  const { state, rules } = streakNow(turn, book);
  changeStreak(turn, rules, withFreezes(state, rules, count));
}
