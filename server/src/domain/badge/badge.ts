import type { Badge } from '@laurel/contract/types';

/** What a player has of one badge. */
export interface BadgeState {
  readonly badge: string;
  /** The version of the definition that the count goes by. */
  readonly version: number;
  /** How often it was awarded since it was last taken back; up to the last tier where it is not repeatable. */
  readonly count: number;
  /** When each tier was reached, the lowest first: as many as there are tiers reached. */
  readonly reachedAt: readonly string[];
  /** When it was taken back; null where something was awarded since, or it never was. */
  readonly revokedAt: string | null;
}

/** The part of a badge that decides. */
export type BadgeRule = Pick<Badge, 'id' | 'version' | 'tiers' | 'repeatable'>;

/** One award: when, and for how many it counts. */
export interface BadgeGrant {
  readonly at: string;
  /** 1 where it is missing. */
  readonly times?: number;
}

/** What an award did. */
export interface BadgeAwarded {
  /** The very state from before where nothing changed. */
  readonly state: BadgeState;
  /** The tiers reached by this award, in order; 1 is the lowest. */
  readonly tiersReached: readonly number[];
  /** Whether the badge is earned by this award, and was not before. */
  readonly first: boolean;
}

/** The highest tier reached; 0 before the first. */
export function tierOf(state: BadgeState | undefined): number {
  return state?.reachedAt.length ?? 0;
}

/** When the badge was earned: when its first tier was reached. */
export function awardedAtOf(state: BadgeState | undefined): string | null {
  return state?.reachedAt[0] ?? null;
}

/** How far a badge counts. */
function limitOf({ tiers, repeatable }: BadgeRule): number {
  return repeatable ? Number.MAX_SAFE_INTEGER : (tiers.at(-1)?.count ?? 0);
}

/**
 * Counts an award.
 * @param definition in the version that the player is on, or in the current one where they start
 */
export function awardBadge(definition: BadgeRule, before: BadgeState | undefined, grant: BadgeGrant): BadgeAwarded {
  const { id: badge, version, tiers } = definition;
  const held = before ?? { badge, version, count: 0, reachedAt: [], revokedAt: null };
  // Compared by what is left, since a sum could leave the range in which integers are exact.
  const room = Math.max(0, limitOf(definition) - held.count);
  const count = held.count + Math.min(grant.times ?? 1, room);
  const reached = tiers.filter((tier) => tier.count <= count).length;
  const tiersReached = tiers.map((_, index) => index + 1).slice(tierOf(held), reached);
  if (count === held.count && tiersReached.length === 0) return { state: held, tiersReached, first: false };
  const reachedAt = [...held.reachedAt, ...tiersReached.map(() => grant.at)];
  return {
    state: { badge, version, count, reachedAt, revokedAt: null },
    tiersReached,
    first: tierOf(held) === 0 && reachedAt.length > 0,
  };
}

/** Takes a badge back with all of its tiers; what was taken back already stays as it is. */
export function revokeBadge(before: BadgeState, at: string): BadgeState {
  if (before.count === 0 && before.revokedAt !== null) return before;
  return { ...before, count: 0, reachedAt: [], revokedAt: at };
}

/** A tier that a player holds, or held: what a credential is for. */
export interface HeldTier {
  readonly badge: string;
  /** 1 for the lowest. */
  readonly tier: number;
  readonly reachedAt: string;
}

/** The tiers that a player held before and does not hold any more, or holds since another time. */
export function lostTiers(before: BadgeState | undefined, after: BadgeState | undefined): readonly HeldTier[] {
  if (before === undefined) return [];
  const { badge } = before;
  return before.reachedAt
    .map((reachedAt, index) => ({ badge, tier: index + 1, reachedAt }))
    .filter(({ tier, reachedAt }) => after?.reachedAt[tier - 1] !== reachedAt);
}
