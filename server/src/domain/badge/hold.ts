import type { Badge } from '@laurel/contract/types';
import { compareText } from '../order.ts';
import type { PlayerState } from '../player.ts';
import { awardBadge, type BadgeGrant, type BadgeRule, type BadgeState, revokeBadge } from './badge.ts';

/** What was last done to a badge by hand. */
export interface BadgeChange {
  readonly kind: 'awarded' | 'revoked';
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** A badge of a player, with all that later awards depend on. */
export interface BadgeRecord extends BadgeState {
  /** The rules that the count goes by, which are those of its version. */
  readonly rule: Pick<BadgeRule, 'repeatable'> & { readonly counts: readonly number[] };
  /** How often it was taken back: tells the times apart in which a tier is reached. */
  readonly round: number;
  readonly change: BadgeChange | null;
}

/** An award and what it did. */
export interface Awarded {
  /** The very record from before where nothing changed. */
  readonly record: BadgeRecord;
  readonly tiersReached: readonly number[];
}

/** The badges that a player has anything of, or had. */
export function badgesOf({ badges }: Pick<PlayerState, 'badges'>): Readonly<Record<string, BadgeRecord>> {
  return badges ?? {};
}

/** The badges of a player, in the order of ids. */
export function badgeList(state: Pick<PlayerState, 'badges'>): readonly BadgeRecord[] {
  return Object.values(badgesOf(state)).toSorted((a, b) => compareText(a.badge, b.badge));
}

/** Counts an award by the rules that the player is on, or by the present ones where they begin. */
export function awardTo(badge: Badge, before: BadgeRecord | undefined, grant: BadgeGrant): Awarded {
  const rule = ruleFor(badge, before);
  const { state, tiersReached } = awardBadge(rule, before, grant);
  if (before !== undefined && state === before) return { record: before, tiersReached };
  const { badge: id, version, count, reachedAt, revokedAt } = state;
  const counts = rule.tiers.map((tier) => tier.count);
  const record: BadgeRecord = {
    badge: id,
    version,
    count,
    reachedAt,
    revokedAt,
    rule: { repeatable: rule.repeatable, counts },
    round: before?.round ?? 0,
    change: before?.change ?? null,
  };
  return { record, tiersReached };
}

function ruleFor(badge: Badge, before: BadgeRecord | undefined): BadgeRule {
  if (before === undefined || before.count === 0) return badge;
  const { counts, repeatable } = before.rule;
  return { id: badge.id, version: before.version, repeatable, tiers: counts.map((count) => ({ count })) };
}

/** Takes a badge back; what was taken back already stays as it is. */
export function takeBadge(before: BadgeRecord, at: string): BadgeRecord {
  const state = revokeBadge(before, at);
  return state === before ? before : { ...before, ...state, round: before.round + 1 };
}
