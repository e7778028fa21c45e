import type { Entry } from '../fold/entry.ts';
import { type ProgressRecord, progressSlot } from '../player.ts';
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
  const others = found.filter((record) => started.get(record.mission) !== versionAtStart(record));
  if (others.length === 0) return entry;
  return {
    ...entry,
    joins: Object.fromEntries(
      others.map((record) => [progressSlot(record.mission, record.period), versionAtStart(record)]),
    ),
  };
}

/** The version that a progress started on: a later one that moved it does so again where it did. */
function versionAtStart({ startedOn, missionVersion }: ProgressRecord): number {
  return startedOn ?? missionVersion;
}
