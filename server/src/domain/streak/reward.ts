import type { Occurrence } from '../fold/occurrence.ts';
import type { Turn } from '../fold/turn.ts';
import { lookup } from '../record.ts';
import { giveReward } from '../reward/give.ts';
import { dueReward } from '../reward/reward.ts';
import { keptRules } from './version.ts';

/** Gives what a milestone of the run's version promises by itself, once in each run, which is known by its first period. */
export function giveMilestoneRewards(
  turn: Turn,
  { streak, length, from }: Extract<Occurrence, { readonly kind: 'streakMilestone' }>,
): void {
  const book = turn.ruleset.streaksById.get(streak);
  const state = lookup(turn.state.streaks, streak);
  if (book === undefined || state === undefined) return;
  const promised = keptRules(book, state).promised.get(length) ?? [];
  const source = { kind: 'streak', streak, length } as const;
  for (const [index, promise] of promised.entries()) {
    const due = dueReward(promise, turn.facts);
    if (due === null) continue;
    const cause = `streak:${streak}@${from}:${length}#${index}`;
    giveReward(turn, { cause, source, reason: { ...source, event: turn.entry.id } }, due);
  }
}
