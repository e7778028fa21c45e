import type { RewardRule } from '@laurel/contract/types';
import type { Occurrence } from '../fold/occurrence.ts';
import { give, type Turn } from '../fold/turn.ts';
import { progressId } from '../player.ts';
import { applyRewardRules, type RewardOccurrence } from './rule.ts';

/** Gives what the reward rules promise for events and completed missions. */
export function reactRewards(turn: Turn, occurrence: Occurrence): void {
  const waitedFor = waitedForIn(occurrence);
  if (waitedFor === null) return;
  const { paying, trace } = applyRewardRules(turn.ruleset.rewardRules, waitedFor, turn.facts);
  turn.trace.push(...trace);
  for (const rule of paying) pay(turn, rule, causeOf(turn, waitedFor));
}

function waitedForIn(occurrence: Occurrence): RewardOccurrence | null {
  switch (occurrence.kind) {
    case 'event':
      return occurrence;
    case 'missionCompleted':
      return { kind: 'missionCompleted', mission: occurrence.mission, period: occurrence.period };
    default:
      return null;
  }
}

/** What a rule pays for, as causes name it: an event is paid for by its id, a mission whichever event completes it. */
function causeOf(turn: Turn, occurrence: RewardOccurrence): string {
  return occurrence.kind === 'event' ? turn.entry.id : `mission:${progressId(occurrence.mission, occurrence.period)}`;
}

function pay(turn: Turn, rule: RewardRule, paidFor: string): void {
  for (const [index, { currency, amount }] of rule.rewards.entries()) {
    const source = { kind: 'rule', rule: rule.id } as const;
    const cause = `rule:${rule.id}@${paidFor}#${index}`;
    give(turn, { cause, currency, amount, reason: { ...source, event: turn.entry.id }, source });
  }
}
