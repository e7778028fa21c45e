import {
  comparePositions,
  type Entry,
  joinable,
  joining,
  positionOf,
  progressId,
  type Ruleset,
} from '../domain/index.ts';
import type { PlayerView } from './player-view.ts';

/** New entries, of which late ones join the progress that is there, by the version that it keeps. */
export async function joinedLate(
  view: PlayerView,
  added: readonly Entry[],
  rulesetOf: (version: number) => Ruleset,
): Promise<readonly Entry[]> {
  const { last } = view.sheet;
  const isLate = (entry: Entry) => last !== null && comparePositions(positionOf(entry), last) < 0;
  const idsOf = (entry: Entry) => (isLate(entry) ? joinable(rulesetOf(entry.ruleset), entry) : []);
  const ids = [...new Set(added.flatMap(idsOf))];
  if (ids.length === 0) return added;
  const found = new Map(
    (await view.progress(ids)).map((record) => [progressId(record.mission, record.period), record]),
  );
  return added.map((entry) =>
    joining(
      rulesetOf(entry.ruleset),
      entry,
      idsOf(entry).flatMap((id) => found.get(id) ?? []),
    ),
  );
}
