import { reactBadges } from '../badge/react.ts';
import { reactCounts } from '../event-counts.ts';
import { reactBoards } from '../leaderboard/react.ts';
import { reactLevels, settleLevels } from '../level/react.ts';
import { reactMissions } from '../mission/react.ts';
import { reactRewards } from '../reward/react.ts';
import { reactStreaks } from '../streak/react.ts';
import type { Occurrence } from './occurrence.ts';
import type { Turn } from './turn.ts';

/** How a part of the game takes an occurrence: it changes the turn, and may add occurrences to its queue. */
type Mechanic = (turn: Turn, occurrence: Occurrence) => void;

/** Every part of the game, in the order in which they take an occurrence. */
const mechanics: readonly Mechanic[] = [
  reactCounts,
  reactRewards,
  reactMissions,
  reactStreaks,
  reactBoards,
  reactBadges,
  reactLevels,
];

/** The most occurrences in one turn: definitions that feed one another end here and not never. */
const MOST_OCCURRENCES = 200;

/** Lets every mechanic take every occurrence of the turn, those that they bring about included. */
export function runCascade(turn: Turn): void {
  for (let count = 0; turn.refusal === null; count += 1) {
    if (turn.queue.length === 0) settleLevels(turn);
    const occurrence = turn.queue.shift();
    if (occurrence === undefined) return;
    if (count === MOST_OCCURRENCES) {
      const detail = `more than ${MOST_OCCURRENCES} things follow from one event: the rules feed one another`;
      turn.refusal = { kind: 'refused', code: 'endless_rules', detail };
      return;
    }
    for (const mechanic of mechanics) mechanic(turn, occurrence);
  }
}
