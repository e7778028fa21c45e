import type { Act } from '../act.ts';
import type { PlayerEvent } from '../event.ts';
import type { PoolVerdicts } from '../reward/pool.ts';
import type { EntryTeam } from '../team/membership.ts';
import type { Position } from './position.ts';

/**
 * One entry of a player's history: an event, or an act, which is whatever else moves the player (a grant by hand). An
 * entry holds all that it takes to decide it again: a refold comes to what the first decision came to.
 */
export interface Entry extends PlayerEvent {
  /** When it was decided first, UTC. No rule sees it: everything is decided in event time. */
  readonly receivedAt: string;
  /** The version of the ruleset that decided it first, and decides it in every refold. */
  readonly ruleset: number;
  /** What is done, where the entry is an act; its `activity` is then `@` and the kind of the act. */
  readonly act: Act | null;
  /** What was answered where a rule that shares something among all players asked; absent where none did. */
  readonly verdicts?: PoolVerdicts;
  /**
   * Where it arrived late: the versions of progress that was there already and keeps another version than the entry
   * would start, by `progressId`. What it joins stays on its version, though the entry may stand before all else in it.
   */
  readonly joins?: Readonly<Record<string, number>>;
  /**
   * The team that the player was in when it occurred, for which it counts whatever becomes of the team later; absent
   * where they were in none, and where the ruleset counts nothing for teams.
   */
  readonly team?: EntryTeam;
}

/** Where an entry stands in its player's history. */
export function positionOf({ occurredAt, id }: Pick<Entry, 'occurredAt' | 'id'>): Position {
  return { at: occurredAt, id };
}

/** The activity that an act has in place of an event's: no activity can be called so. */
export function actActivity(kind: Act['kind']): string {
  return `@${kind}`;
}
