import { verdictOf } from '../condition.ts';
import { stampIn } from '../event.ts';
import type { Occurrence } from '../fold/occurrence.ts';
import type { Turn } from '../fold/turn.ts';
import { changeStreak, placeOf, streakNow } from './change.ts';
import { countEvent } from './count.ts';
import { chainAfter, runsIn } from './pages.ts';
import { giveMilestoneRewards } from './reward.ts';
import { type StreakRules, withFreezes } from './state.ts';

/** Counts the event for its period in the streaks that wait for it, rewards milestones, and takes in freezes that were given. */
export function reactStreaks(turn: Turn, occurrence: Occurrence): void {
  if (occurrence.kind === 'freezeGranted') takeFreezes(turn, occurrence);
  if (occurrence.kind === 'streakMilestone') giveMilestoneRewards(turn, occurrence);
  if (occurrence.kind !== 'event') return;
  for (const streak of turn.ruleset.streaks.get(occurrence.activity) ?? []) count(turn, streak);
}

function count(turn: Turn, streak: StreakRules): void {
  const { day } = stampIn(turn.entry, streak.zone);
  const verdict = verdictOf(streak, turn.facts);
  const rule = { kind: 'streak', id: streak.id, version: streak.version, seen: verdict.seen } as const;
  if (!verdict.holds) {
    turn.trace.push({ ...rule, fired: false, why: verdict.why, values: { day } });
    return;
  }
  const place = placeOf(turn.entry, streak);
  const { state, why } = countEvent(streakNow(turn, streak), streak, turn.entry, place);
  changeStreak(turn, streak, state);
  const run = runsIn(state.pages).find(({ from, to }) => from <= place.period && place.period <= to)?.count ?? 0;
  const fired = why === 'day_counted' || why === 'streak_moved';
  turn.trace.push({ ...rule, fired, why, values: { day, run } });
  if (why !== 'day_counted') return;
  const { longest } = chainAfter(state.pages);
  turn.streaks.push({ streak: streak.id, day, period: place.period, run, longest });
}

function takeFreezes(turn: Turn, { streak: id, count }: Extract<Occurrence, { readonly kind: 'freezeGranted' }>): void {
  const streak = turn.ruleset.streaksById.get(id);
  if (streak === undefined) return;
  changeStreak(turn, streak, withFreezes(streakNow(turn, streak), streak, count));
}
