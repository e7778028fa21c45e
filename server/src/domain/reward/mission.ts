import type { GrantedReward } from '@laurel/contract/types';
import type { MissionVersion } from '../mission/version.ts';

/** What a completed mission gives by itself: the rewards of the version that the progress kept. */
export function missionRewards({ mission, rewards }: MissionVersion, period: string): GrantedReward[] {
  return rewards.map(({ currency, amount }) => ({ currency, amount, source: { kind: 'mission', mission, period } }));
}
