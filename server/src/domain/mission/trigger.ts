import type { Occurrence } from '../fold/occurrence.ts';

/** Something that may move missions, by the key under which they wait for it. */
export interface Trigger {
  readonly key: string;
  /** The level that was reached, where it is one. */
  readonly level: number | null;
}

/** The key of the events of an activity is its id; other keys begin with `@`, which no id has. */
export function activityKey(activity: string): string {
  return activity;
}

export function missionKey(mission: string): string {
  return `@mission ${mission}`;
}

export function badgeKey(badge: string): string {
  return `@badge ${badge}`;
}

export function levelKey(track: string): string {
  return `@level ${track}`;
}

/** What an occurrence is to missions; null where it is nothing to them. */
export function triggerOf(occurrence: Occurrence): Trigger | null {
  switch (occurrence.kind) {
    case 'event':
      return { key: activityKey(occurrence.activity), level: null };
    case 'missionCompleted':
      return { key: missionKey(occurrence.mission), level: null };
    case 'badgeAwarded':
      return { key: badgeKey(occurrence.badge), level: null };
    case 'levelReached':
      return { key: levelKey(occurrence.track), level: occurrence.level };
    default:
      return null;
  }
}
