import type { Entry } from '../fold/entry.ts';
import { type ProgressRecord, progressId } from '../player.ts';
import type { Ruleset } from '../ruleset.ts';
import { progressIds } from './move.ts';

/** The ids of all progress that an entry can belong to, by the missions that wait for it. */
export function joinable(ruleset: Ruleset, entry: Entry): string[] {
  return (ruleset.missions.get(entry.activity) ?? []).flatMap((match) => progressIds(match, entry));
}

/**
 * A late entry with the versions of the progress that it joins, where they are others than it would start. They depend
 * on when it arrived, so they are kept in it, and a refold comes to the same.
 */
export function joining(ruleset: Ruleset, entry: Entry, found: readonly ProgressRecord[]): Entry {
  const started = new Map(
    (ruleset.missions.get(entry.activity) ?? []).map(({ mission, starts }) => [mission, starts?.version]),
  );
  const others = found.filter(({ mission, missionVersion }) => started.get(mission) !== missionVersion);
  if (others.length === 0) return entry;
  return {
    ...entry,
    joins: Object.fromEntries(
      others.map(({ mission, period, missionVersion }) => [progressId(mission, period), missionVersion]),
    ),
  };
}
