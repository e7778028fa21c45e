import type { Turn } from '../fold/turn.ts';
import { compareText } from '../order.ts';
import { lookup } from '../record.ts';
import { changeStreak, placeOf } from './change.ts';
import { passedBy, type StreakLoss } from './hold.ts';
import { civilDateOf, daysOfPeriod } from './period.ts';
import type { StreakRules } from './state.ts';

/** Lets the periods of streaks end that are over by the turn's moment: a run takes a freeze, or breaks. */
export function passStreaks(turn: Turn): void {
  for (const id of Object.keys(turn.state.streaks).toSorted(compareText)) {
    const rules = turn.ruleset.streaksById.get(id);
    const before = lookup(turn.state.streaks, id);
    if (rules === undefined || before === undefined) continue;
    const { period } = placeOf(turn.entry, rules);
    const { state, losses } = passedBy(before, rules, period, turn.entry.occurredAt);
    if (losses.length === 0) continue;
    changeStreak(turn, rules, state);
    for (const loss of losses) turn.marks.push(markOf(rules, loss));
  }
}

/** What is remembered of a loss for ever: the streak, the last day of the period, and how the run stood. */
function markOf({ id, cadence }: StreakRules, loss: StreakLoss): string {
  const day = civilDateOf(daysOfPeriod(cadence, loss.period)[1]);
  if (loss.kind === 'broken') return `streakBroken ${id} ${day} ${loss.run}`;
  return `streakFrozen ${id} ${day} ${loss.run} ${loss.freezesLeft}`;
}
