import type { ProgressRecord } from '../domain/index.ts';
import { putNew, putVersion, type Write } from './commit.ts';
import { type Key, keyOf, type Scope } from './scope.ts';
import { getItem, recordOf, type Table } from './table.ts';
import type { TeamProgressPlace } from './team-progress.ts';

/** How far it has come that all who were in a team when it completed a mission have completed it. */
export interface TeamCompletion extends TeamProgressPlace {
  /**
   * `members` goes through those who are in the team, `left` through those who have left it since; `done` is the end.
   */
  readonly stage: 'members' | 'left' | 'done';
  /** Where the stage has come to; null at its beginning. */
  readonly cursor: string | null;
  /** When the team completed it: who was in it then has completed it. */
  readonly completedAt: string;
  /** What each of them has completed: the progress as it was at that moment, up to its targets. */
  readonly reached: ProgressRecord;
  /** How many have it. */
  readonly members: number;
  /** How many could not have it, since they may not play. */
  readonly withheld: number;
}

/** A completion as it was read. */
export interface KeptCompletion {
  readonly version: number;
  readonly completion: TeamCompletion;
}

function completionKey(scope: Scope, { team, mission, period }: TeamProgressPlace): Key {
  return keyOf(scope, ['TEAM', team], ['COMPLETED', mission, period]);
}

/** Reads how far a completion has come, if there was one. */
export async function getCompletion(
  table: Table,
  scope: Scope,
  place: TeamProgressPlace,
): Promise<KeptCompletion | undefined> {
  const item = await getItem(table, completionKey(scope, place));
  return item && { version: Number(item.version), completion: recordOf<TeamCompletion>(item) };
}

/** Writes that a team has completed something, which happens once. */
export function beginCompletion(table: Table, scope: Scope, completion: TeamCompletion): Write<'already_completed'> {
  const item = { ...completionKey(scope, completion), version: 1, record: completion };
  return { item: putNew(table, item), refusal: 'already_completed' };
}

/** Writes the next step of a completion in place of the version that was read: of two who are at it one goes on. */
export function saveCompletion(
  table: Table,
  scope: Scope,
  version: number,
  completion: TeamCompletion,
): Write<'completion_moved'> {
  const item = { ...completionKey(scope, completion), version: version + 1, record: completion };
  return { item: putVersion(table, item, version), refusal: 'completion_moved' };
}
