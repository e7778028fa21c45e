import type { Occurrence } from './fold/occurrence.ts';
import type { Turn } from './fold/turn.ts';
import type { PlayerState } from './player.ts';
import { lookup, withEntry } from './record.ts';

/** How many events of each activity counted. */
export function eventCountsOf({ eventCounts }: Pick<PlayerState, 'eventCounts'>): Readonly<Record<string, number>> {
  return eventCounts ?? {};
}

/** Counts the event among those of its activity: what conditions call `player.counters`. One over a limit never comes. */
export function reactCounts(turn: Turn, occurrence: Occurrence): void {
  if (occurrence.kind !== 'event' || !turn.ruleset.activities.has(occurrence.activity)) return;
  const { activity } = occurrence;
  const counts = eventCountsOf(turn.state);
  turn.state = { ...turn.state, eventCounts: withEntry(counts, activity, (lookup(counts, activity) ?? 0) + 1) };
}
