import { isOver } from '../fold/retire.ts';
import { type Turn, tell } from '../fold/turn.ts';
import { type ProgressRecord, progressId, progressSlot } from '../player.ts';
import { lookup, withEntry, withoutKeys } from '../record.ts';
import { withEnd } from './end.ts';
import type { StepMove } from './steps.ts';
import type { MissionVersion } from './version.ts';

/** Puts a progress as it stands now in its place, and what comes with it: its log, and its completion. */
export function putProgress(
  turn: Turn,
  moved: ProgressRecord,
  moves: readonly StepMove[],
  completed: MissionVersion | null,
): void {
  const record = withEnd(turn, moved);
  const { mission, period } = record;
  const id = progressId(mission, period);
  const slot = progressSlot(mission, period);
  const progress = withoutKeys(turn.state.progress, retiredSlots(turn, mission, slot));
  turn.state = { ...turn.state, progress: withEntry(progress, slot, record) };
  tell(turn, { kind: 'progress', id, record });
  turn.moves.push(...moves.map((move) => ({ progress: id, ...move })));
  if (completed === null) return;
  countCompletion(turn, mission);
  turn.marks.push(`completed ${mission} ${period}`);
  turn.queue.push({ kind: 'missionCompleted', mission, period, version: completed });
}

function countCompletion(turn: Turn, mission: string): void {
  const { completions = {} } = turn.state;
  const before = lookup(completions, mission);
  const now = { count: (before?.count ?? 0) + 1, first: before?.first ?? turn.entry.id };
  turn.state = { ...turn.state, completions: withEntry(completions, mission, now) };
}

/** Progress of the same mission in periods that no later event can fall in, where a new period has begun. */
function retiredSlots({ state, entry }: Turn, mission: string, slot: string): string[] {
  if (lookup(state.progress, slot) !== undefined) return [];
  // Where the player has moved to the east, a period may end after the next one has begun.
  const isAhead = ({ endsAt }: ProgressRecord) => endsAt !== undefined && endsAt > entry.occurredAt;
  return Object.entries(state.progress).flatMap(([id, record]) =>
    record.mission === mission && isOver(record.period, record.movedAt, entry.occurredAt) && !isAhead(record)
      ? [id]
      : [],
  );
}
