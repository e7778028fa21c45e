import type { Mission, MissionSchedule } from '@laurel/contract/types';
import { compareText } from '../order.ts';
import { type MissionCompilers, type MissionVersion, missionVersion } from './version.ts';

/** A mission that events of one activity can move, by its current version or by one that players are still on. */
export interface MissionMatch {
  readonly mission: string;
  /** Every published version. */
  readonly versions: ReadonlyMap<number, MissionVersion>;
  /** The version that new progress starts on; null where the mission starts nothing on this activity. */
  readonly starts: MissionVersion | null;
  /** Why nothing starts: the mission is archived, or its current version waits for another activity. */
  readonly startsNothing: 'archived' | 'other_activity' | null;
  /** The newest version known. */
  readonly latest: number;
  /** The distinct schedules of the versions on this activity: where progress can be, however many versions there are. */
  readonly schedules: readonly MissionSchedule[];
}

/** Missions by the activities of their versions, each list in the order of ids. */
export type MissionIndex = ReadonlyMap<string, readonly MissionMatch[]>;

/** Indexes missions by what they match. `published` holds every published version of them. */
export function indexMissions(
  missions: readonly Mission[],
  published: readonly Mission[],
  compilers: MissionCompilers,
): MissionIndex {
  const index = new Map<string, MissionMatch[]>();
  const current = new Map(missions.map((mission) => [mission.id, mission]));
  const byMission = [...Map.groupBy([...published, ...missions], (mission) => mission.id)];
  for (const [id, versions] of byMission.toSorted(([a], [b]) => compareText(a, b))) {
    const all = versions.map((version) => missionVersion(version, compilers));
    for (const [activity, match] of matchesOf(id, current.get(id), all)) {
      const matches = index.get(activity);
      if (matches) matches.push(match);
      else index.set(activity, [match]);
    }
  }
  return index;
}

function matchesOf(
  mission: string,
  current: Mission | undefined,
  all: readonly MissionVersion[],
): ReadonlyMap<string, MissionMatch> {
  const versions = new Map(all.map((version) => [version.version, version]));
  const latest = Math.max(...versions.keys());
  const starting = current?.status === 'published' ? (versions.get(current.version) ?? null) : null;
  const matches = new Map<string, MissionMatch>();
  for (const [activity, group] of Map.groupBy(versions.values(), (version) => version.step.activity)) {
    const starts = starting?.step.activity === activity ? starting : null;
    const startsNothing = starting === null ? 'archived' : starts === null ? 'other_activity' : null;
    matches.set(activity, { mission, versions, starts, startsNothing, latest, schedules: distinctSchedules(group) });
  }
  return matches;
}

function distinctSchedules(versions: readonly MissionVersion[]): MissionSchedule[] {
  const byKey = versions.map(({ schedule }) => [scheduleKey(schedule), schedule] as const);
  return [...new Map(byKey).values()];
}

function scheduleKey(schedule: MissionSchedule): string {
  return schedule.kind === 'permanent' ? schedule.kind : `${schedule.every} ${schedule.zone}`;
}
