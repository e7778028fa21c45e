import type { Turn } from '../fold/turn.ts';
import { type ProgressRecord, progressSlot } from '../player.ts';
import { lookup } from '../record.ts';
import { putProgress } from './settle.ts';

/** A mission that the team has completed of which the player was a member then. */
export interface TeamMissionAct {
  readonly kind: 'teamMission';
  readonly team: string;
  /** As it was when it was completed. */
  readonly reached: ProgressRecord;
}

/** Completes the mission for the player, with all that follows: once in a period, whatever teams they go through. */
export function applyTeamMission(turn: Turn, { reached }: TeamMissionAct): void {
  const { mission, period, missionVersion } = reached;
  const version = turn.ruleset.missionBook.get(mission)?.versions.get(missionVersion);
  if (version === undefined || lookup(turn.state.progress, progressSlot(mission, period)) !== undefined) return;
  putProgress(turn, reached, [], version);
}
