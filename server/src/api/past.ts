import {
  comparePositions,
  type Entry,
  type Past,
  type PlayerState,
  positionOf,
  type Ruleset,
  recountedFrom,
} from '../domain/index.ts';
import type { PlayerView } from './player-view.ts';

/** Sorts after every id. */
const LAST_ID = '~';

/** Just before all entries of an instant. */
function before(instant: string) {
  return { at: new Date(Date.parse(instant) - 1).toISOString(), id: LAST_ID };
}

/**
 * What a stretch of history needs of the history before it: nothing, but where a version of a mission counts running
 * progress again, which then is all since that was started.
 */
export async function pastOf(
  view: Pick<PlayerView, 'history'>,
  state: PlayerState,
  entries: readonly Entry[],
  rulesetOf: (version: number) => Ruleset,
): Promise<readonly Past[]> {
  const [first] = entries;
  const rulesets = new Set(entries.map(({ ruleset }) => rulesetOf(ruleset)));
  const starts = [...rulesets].flatMap(({ movingMissions }) => recountedFrom(movingMissions, state) ?? []);
  const [from] = starts.toSorted();
  if (first === undefined || from === undefined) return [];
  const lines = await view.history(before(from));
  const end = positionOf(first);
  return lines.flatMap(({ entry, folded, voided }) =>
    voided === null && comparePositions(positionOf(entry), end) < 0 ? [{ entry, marks: folded.marks }] : [],
  );
}
