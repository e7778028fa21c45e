import { isLimited } from '../activity/limits.ts';
import type { Facts } from '../condition.ts';
import type { Entry } from '../fold/entry.ts';
import { basePeriod, type ProgressRecord, stepsOf } from '../player.ts';
import type { PlayerFacts } from '../player-facts.ts';
import type { Given } from '../reward/give.ts';
import { periodIfStamped } from './schedule.ts';
import { advanceSteps, standingOf } from './steps.ts';
import { activityKey, badgeKey, levelKey, missionKey, type Trigger } from './trigger.ts';
import type { MissionVersion } from './version.ts';

/** An entry that was folded before, what it brought about, and the player just before it. */
export interface Past {
  readonly entry: Entry;
  readonly marks: readonly string[];
  readonly player: PlayerFacts;
  /** What it gave besides amounts. */
  readonly given: readonly Given[];
}

/**
 * Counts all that happened since a progress started, by another version: each entry as conditions saw it then. What
 * completes it does so at the moment of the recount.
 */
export function recount(
  past: readonly Past[],
  facts: Facts,
  version: MissionVersion,
  begun: ProgressRecord,
  at: string,
): { readonly next: ProgressRecord; readonly completed: boolean } {
  let steps = stepsOf(begun);
  for (const { entry, marks, player } of past) {
    if (entry.occurredAt < begun.startedAt || entry.occurredAt > at) continue;
    if (periodIfStamped(version.schedule, entry) !== basePeriod(begun.period)) continue;
    const then: Facts = { ...facts, event: entry, user: entry.user, player, now: entry.occurredAt };
    for (const trigger of triggersIn(entry, marks)) {
      if (standingOf(version, steps).isComplete) break;
      steps = advanceSteps(version, steps, trigger, then).steps;
    }
  }
  const { amount, target, isComplete } = standingOf(version, steps);
  const next = { ...begun, steps, amount, target, movedAt: at, completedAt: isComplete ? at : null };
  return { next, completed: isComplete };
}

/** What an entry of the past was to missions: its event, unless that is over a limit, and what its marks tell. */
function triggersIn({ act, activity }: Entry, marks: readonly string[]): Trigger[] {
  const counts = act === null && !isLimited({ marks });
  const own: Trigger[] = counts ? [{ key: activityKey(activity), level: null }] : [];
  return [...own, ...marks.flatMap((mark) => triggerOfMark(mark) ?? [])];
}

/** What a mark is to missions; nothing where they do not hear of its kind. */
function triggerOfMark(mark: string): Trigger | undefined {
  const [word, id, number] = mark.split(' ');
  if (id === undefined) return undefined;
  if (word === 'completed') return { key: missionKey(id), level: null };
  if (word === 'badgeAwarded') return { key: badgeKey(id), level: null };
  if (word === 'levelReached') return { key: levelKey(id), level: Number(number) };
  return undefined;
}
