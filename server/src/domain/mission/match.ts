import type { Mission, MissionSchedule } from '@laurel/contract/types';
import { compareText } from '../order.ts';
import { type Counting, countingOf } from './counting.ts';
import { scheduleKey } from './schedule.ts';
import { type MissionCompilers, type MissionVersion, missionVersion } from './version.ts';

/** A mission with all that was ever published of it. */
export interface MissionRules {
  readonly mission: string;
  /** Every published version. */
  readonly versions: ReadonlyMap<number, MissionVersion>;
  /** The version that new progress starts on; null where the mission is archived. */
  readonly current: MissionVersion | null;
  /** The newest version known. */
  readonly latest: number;
  /** The versions that do not leave running progress as it is, in their order. */
  readonly moving: readonly MissionVersion[];
  /** What its versions count, where it is for teams; null where each player has progress of their own. */
  readonly forTeams: Counting | null;
}

/** A mission that a trigger can move, by its current version or by one that players are still on. */
export interface MissionMatch extends MissionRules {
  /** The version that new progress starts on; null where the mission starts nothing on this trigger. */
  readonly starts: MissionVersion | null;
  /** Why nothing starts: the mission is archived, or its current version waits for something else. */
  readonly startsNothing: 'archived' | 'other_activity' | null;
  /** The distinct schedules of the versions with this trigger: where progress can be, however many versions there are. */
  readonly schedules: readonly MissionSchedule[];
}

/** Missions by the keys of the triggers of their versions, each list in the order of ids. */
export type MissionIndex = ReadonlyMap<string, readonly MissionMatch[]>;

/** Missions by id. */
export type MissionBook = ReadonlyMap<string, MissionRules>;

/** All that was published of missions. `published` holds every published version of them. */
export function bookOfMissions(
  missions: readonly Mission[],
  published: readonly Mission[],
  compilers: MissionCompilers,
): MissionBook {
  const current = new Map(missions.map((mission) => [mission.id, mission]));
  const byMission = [...Map.groupBy([...published, ...missions], (mission) => mission.id)];
  return new Map(
    byMission
      .toSorted(([a], [b]) => compareText(a, b))
      .map(([id, versions]) => [id, rulesOf(id, current.get(id), versions, compilers)]),
  );
}

function rulesOf(
  mission: string,
  current: Mission | undefined,
  published: readonly Mission[],
  compilers: MissionCompilers,
): MissionRules {
  const versions = new Map(published.map((one) => [one.version, missionVersion(one, compilers)]));
  const inOrder = [...versions.values()].toSorted((a, b) => a.version - b.version);
  return {
    mission,
    versions,
    current: current?.status === 'published' ? (versions.get(current.version) ?? null) : null,
    latest: Math.max(...versions.keys()),
    moving: inOrder.filter(({ running }) => running !== 'keep'),
    forTeams: inOrder[0]?.forTeams === true ? countingOf(published, versions) : null,
  };
}

/** Indexes missions by what can move them. */
export function indexMissions(book: MissionBook): MissionIndex {
  const index = new Map<string, MissionMatch[]>();
  for (const rules of book.values()) {
    for (const [key, match] of matchesOf(rules)) {
      const matches = index.get(key);
      if (matches) matches.push(match);
      else index.set(key, [match]);
    }
  }
  return index;
}

function matchesOf(rules: MissionRules): ReadonlyMap<string, MissionMatch> {
  const { versions, current } = rules;
  const byKey = new Map<string, MissionVersion[]>();
  for (const version of versions.values()) {
    for (const key of version.keys) {
      const group = byKey.get(key);
      if (group) group.push(version);
      else byKey.set(key, [version]);
    }
  }
  return new Map(
    [...byKey].map(([key, group]) => {
      const starts = current?.keys.has(key) === true ? current : null;
      const startsNothing = current === null ? 'archived' : starts === null ? 'other_activity' : null;
      return [key, { ...rules, starts, startsNothing, schedules: distinctSchedules(group) }] as const;
    }),
  );
}

function distinctSchedules(versions: readonly MissionVersion[]): MissionSchedule[] {
  const byKey = versions.map(({ schedule }) => [scheduleKey(schedule), schedule] as const);
  return [...new Map(byKey).values()];
}
