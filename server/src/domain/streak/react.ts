import type { Occurrence } from '../fold/occurrence.ts';
import { type Turn, tell } from '../fold/turn.ts';
import { withEntry } from '../record.ts';
import { countDay } from './count.ts';

/** Counts the event's day for the streaks that wait for it. */
export function reactStreaks(turn: Turn, occurrence: Occurrence): void {
  if (occurrence.kind !== 'event') return;
  for (const streak of turn.ruleset.streaks.get(occurrence.activity) ?? []) {
    const { moved, trace } = countDay(streak, turn.state.streaks, turn.facts);
    turn.trace.push(trace);
    if (moved === null) continue;
    turn.state = { ...turn.state, streaks: withEntry(turn.state.streaks, streak.id, moved.runs) };
    tell(turn, { kind: 'streak', id: streak.id, record: moved.runs });
    turn.streaks.push(moved.effect);
  }
}
