import type { Turn } from '../fold/turn.ts';
import { progressId } from '../player.ts';
import { giveReward } from '../reward/give.ts';
import { dueReward } from '../reward/reward.ts';
import type { MissionVersion } from './version.ts';

/** What a completed mission gives by itself: the rewards of the version that the progress kept. */
export function giveMissionRewards(turn: Turn, { mission, rewards }: MissionVersion, period: string): void {
  const source = { kind: 'mission', mission, period } as const;
  for (const [index, promise] of rewards.entries()) {
    const due = dueReward(promise, turn.facts);
    if (due === null) continue;
    const cause = `mission:${progressId(mission, period)}#${index}`;
    giveReward(turn, { cause, source, reason: { ...source, event: turn.entry.id } }, due);
  }
}
