import { give, type Turn } from '../fold/turn.ts';
import { progressId } from '../player.ts';
import type { MissionVersion } from './version.ts';

/** What a completed mission gives by itself: the rewards of the version that the progress kept. */
export function giveMissionRewards(turn: Turn, { mission, rewards }: MissionVersion, period: string): void {
  for (const [index, { currency, amount }] of rewards.entries()) {
    const source = { kind: 'mission', mission, period } as const;
    const cause = `mission:${progressId(mission, period)}#${index}`;
    give(turn, { cause, currency, amount, reason: { ...source, event: turn.entry.id }, source });
  }
}
