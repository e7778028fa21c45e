import type { CivilStamp, Stamps } from './calendar.ts';
import { lookup } from './record.ts';
import type { UserFacts } from './user-facts.ts';

/** An event as the core takes it: checked by the contract, completed and stamped by the shell. */
export interface PlayerEvent {
  readonly id: string;
  readonly activity: string;
  readonly userId: string;
  /** UTC with milliseconds and `Z` (`2026-11-24T09:30:00.000Z`), so that instants compare as text. */
  readonly occurredAt: string;
  /** An integer of 0 or more. */
  readonly value: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** The player's own IANA zone, which definitions name as `user`. */
  readonly userZone: string;
  /** What conditions see of the user. */
  readonly user: UserFacts;
  /** The civil dates of `occurredAt` in the zones that `zonesOf` names at least. */
  readonly stamps: Stamps;
  /** The periods of `occurredAt` by the schedules that `stampedSchedules` names; null where one is closed then. */
  readonly periods?: Readonly<Record<string, string | null>>;
}

/** A definition's zone as an IANA zone: `user` is the player's own. */
export function resolveZone(zone: string, userZone: string): string {
  return zone === 'user' ? userZone : zone;
}

/**
 * The civil date of the event in a definition's zone, `user` included.
 * @throws RangeError where the shell did not stamp the event in that zone.
 */
export function stampIn(event: PlayerEvent, zone: string): CivilStamp {
  const resolved = resolveZone(zone, event.userZone);
  const stamp = lookup(event.stamps, resolved);
  if (stamp === undefined) throw new RangeError(`event ${event.id} is not stamped in the zone ${resolved}`);
  return stamp;
}
