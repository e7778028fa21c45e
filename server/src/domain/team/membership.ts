/** A stretch of time that a player was in a team: from its first moment up to, but not including, its last. */
export interface Membership {
  readonly team: string;
  /** Names the player in the team for as long as it lasts. */
  readonly member: string;
  /** UTC with milliseconds and `Z`, so that instants compare as text. */
  readonly joinedAt: string;
  /** Null while it lasts. */
  readonly leftAt: string | null;
}

/** Whether a membership covers a moment. */
export function covers({ joinedAt, leftAt }: Membership, instant: string): boolean {
  return joinedAt <= instant && (leftAt === null || instant < leftAt);
}

/**
 * The team that a player was in at a moment, or null: an event counts for the team of the moment at which it
 * occurred. Memberships never overlap, since a player is in one team at a time.
 */
export function teamAt(memberships: Iterable<Membership>, instant: string): string | null {
  for (const membership of memberships) if (covers(membership, instant)) return membership.team;
  return null;
}

/** The team that an entry counts for, and the stretch of time that the player was in it then. */
export interface EntryTeam {
  readonly id: string;
  /** Names the player in the team for as long as that stretch lasts: who comes back later is another member. */
  readonly member: string;
  readonly joinedAt: string;
}

/** The team that what occurs at a moment counts for, as an entry keeps it; nothing where the player was in none. */
export function entryTeamAt(memberships: Iterable<Membership>, instant: string): EntryTeam | undefined {
  for (const membership of memberships) {
    const { team: id, member, joinedAt } = membership;
    if (covers(membership, instant)) return { id, member, joinedAt };
  }
  return undefined;
}

/** A moment, but not before another: changes of one player's team come one after the other, whatever clocks say. */
export function notBefore(instant: string, earliest: string | null): string {
  return earliest !== null && earliest > instant ? earliest : instant;
}
