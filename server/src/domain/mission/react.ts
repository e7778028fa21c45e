import type { Occurrence } from '../fold/occurrence.ts';
import { isOver } from '../fold/retire.ts';
import { type Turn, tell } from '../fold/turn.ts';
import { type ProgressRecord, progressId } from '../player.ts';
import { lookup, withEntry, withoutKeys } from '../record.ts';
import { giveReward } from '../reward/give.ts';
import { dueReward } from '../reward/reward.ts';
import { moveMission } from './move.ts';
import type { MissionVersion } from './version.ts';

/** Moves the missions that wait for the event, and gives what completed ones promise. */
export function reactMissions(turn: Turn, occurrence: Occurrence): void {
  if (occurrence.kind === 'event') moveMissions(turn, occurrence.activity);
  if (occurrence.kind === 'missionCompleted') giveMissionRewards(turn, occurrence.version, occurrence.period);
}

function moveMissions(turn: Turn, activity: string): void {
  for (const match of turn.ruleset.missions.get(activity) ?? []) {
    const { record, completed, trace } = moveMission(match, turn.state.progress, turn.facts, turn.entry.joins);
    turn.trace.push(trace);
    if (record === null) continue;
    const id = progressId(record.mission, record.period);
    const progress = withoutKeys(turn.state.progress, retiredIds(turn, record));
    turn.state = { ...turn.state, progress: withEntry(progress, id, record) };
    tell(turn, { kind: 'progress', id, record });
    if (completed === null) continue;
    const { mission, period } = record;
    turn.marks.push(`completed ${mission} ${period}`);
    turn.queue.push({ kind: 'missionCompleted', mission, period, version: completed });
  }
}

/** Progress of the same mission in periods that no later event can fall in, where a new period has begun. */
function retiredIds({ state, entry }: Turn, { mission, period }: ProgressRecord): string[] {
  if (lookup(state.progress, progressId(mission, period)) !== undefined) return [];
  return Object.entries(state.progress).flatMap(([id, record]) =>
    record.mission === mission && isOver(record.period, record.movedAt, entry.occurredAt) ? [id] : [],
  );
}

/** What a completed mission gives by itself: the rewards of the version that the progress kept. */
function giveMissionRewards(turn: Turn, { mission, rewards }: MissionVersion, period: string): void {
  const source = { kind: 'mission', mission, period } as const;
  for (const [index, promise] of rewards.entries()) {
    const due = dueReward(promise, turn.facts);
    if (due === null) continue;
    const cause = `mission:${progressId(mission, period)}#${index}`;
    giveReward(turn, { cause, source, reason: { ...source, event: turn.entry.id } }, due);
  }
}
