import type { Mission } from '@laurel/contract/types';
import { isOver } from '../fold/retire.ts';
import type { MissionVersion } from './version.ts';

/**
 * What versions of a mission for teams count the same: they differ in targets, rewards or words alone. A member's share
 * keeps one count for all of them, since it is not theirs to know on which version their team is.
 */
export interface CountedVersions {
  /** The first of them, by which the count goes. */
  readonly as: MissionVersion;
  /** Until when one of them started progress; null while one of them does. */
  readonly until: string | null;
}

/** What decides what something adds: what each step takes, and from whom. */
function countText({ schedule, steps, audience }: Mission): string {
  return JSON.stringify([schedule, steps.map(({ target: _, ...step }) => step), audience ?? null]);
}

/** What is known of the versions of a mission for teams. */
export interface Counting {
  readonly counted: readonly CountedVersions[];
  /** Which version's count holds for a version. */
  readonly countedAs: ReadonlyMap<number, number>;
}

/** The versions of a mission for teams, by what they count. */
export function countingOf(published: readonly Mission[], versions: ReadonlyMap<number, MissionVersion>): Counting {
  const byVersion = [...new Map(published.map((one) => [one.version, one])).values()];
  const inOrder = byVersion.toSorted((a, b) => a.version - b.version);
  const started = inOrder.flatMap((mission, place) => {
    const until = inOrder[place + 1]?.publishedAt ?? null;
    // While it was archived it started nothing.
    return mission.status === 'archived' ? [] : [{ mission, until }];
  });
  const groups = [...Map.groupBy(started, ({ mission }) => countText(mission)).values()];
  const counted = groups.flatMap((group): CountedVersions[] => {
    const as = versions.get(group[0]?.mission.version ?? Number.NaN);
    return as === undefined ? [] : [{ as, until: group.at(-1)?.until ?? null }];
  });
  const pairs = groups.flatMap((group) =>
    group.map(({ mission }) => [mission.version, group[0]?.mission.version ?? mission.version] as const),
  );
  return { counted, countedAs: new Map(pairs) };
}

/**
 * Whether progress of a team in a period may be on one of some versions: one of them started progress when something
 * that still falls into the period could occur.
 */
export function mayRunIn({ until }: CountedVersions, period: string, now: string): boolean {
  return until === null || !isOver(period, until, now);
}
