import type { Occurrence } from '../fold/occurrence.ts';
import type { Turn } from '../fold/turn.ts';
import { moveMission } from './move.ts';
import { giveMissionRewards } from './reward.ts';
import { putProgress } from './settle.ts';
import { moveShare } from './share.ts';
import { type Trigger, triggerOf } from './trigger.ts';

/** Moves the missions that wait for what happened, and gives what completed ones promise. */
export function reactMissions(turn: Turn, occurrence: Occurrence): void {
  if (occurrence.kind === 'missionCompleted') giveMissionRewards(turn, occurrence.version, occurrence.period);
  const trigger = triggerOf(occurrence);
  if (trigger !== null) moveMissions(turn, trigger);
}

function moveMissions(turn: Turn, trigger: Trigger): void {
  for (const match of turn.ruleset.missions.get(trigger.key) ?? []) {
    if (match.forTeams !== null) {
      moveShare(turn, match, match.forTeams.counted, trigger);
      continue;
    }
    const { record, completed, moves, trace } = moveMission(match, turn, trigger);
    turn.trace.push(trace);
    if (record !== null) putProgress(turn, record, moves, completed);
  }
}
