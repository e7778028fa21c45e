import type { PlayerEvent } from './event.ts';
import { boardsFor, scoreIds } from './leaderboard/react.ts';
import { progressIds } from './mission/move.ts';
import type { Needs } from './player.ts';
import type { Ruleset } from './ruleset.ts';

/**
 * The slices of the player's state that the event can touch, to be loaded before `decide`.
 * @throws RangeError where the event is not stamped in every zone of `zonesOf`.
 */
export function needsOf(ruleset: Ruleset, event: PlayerEvent): Needs {
  const { activity } = event;
  return {
    progress: (ruleset.missions.get(activity) ?? []).flatMap((match) => progressIds(match, event)),
    streaks: (ruleset.streaks.get(activity) ?? []).map((streak) => streak.id),
    scores: scoreIds(boardsFor(ruleset.leaderboards, activity, ruleset.streaks.get(activity) ?? []), event),
  };
}
