import type { Occurrence } from '../fold/occurrence.ts';
import { type Turn, tell } from '../fold/turn.ts';
import { lookup, withEntry } from '../record.ts';
import { awardTo, type BadgeRecord, badgesOf, takeBadge } from './hold.ts';

/** What is done to a player's badge by hand. */
export interface BadgeAct {
  readonly kind: 'awardBadge' | 'revokeBadge';
  readonly badge: string;
  readonly by: string;
  readonly reason: string;
}

/** Counts the badges that rules and missions give. */
export function reactBadges(turn: Turn, occurrence: Occurrence): void {
  if (occurrence.kind === 'badgeGranted') award(turn, occurrence.badge, null);
}

/** Gives or takes a badge by hand. */
export function applyBadgeAct(turn: Turn, { kind, badge, by, reason }: BadgeAct): void {
  const at = turn.entry.occurredAt;
  if (kind === 'awardBadge') {
    award(turn, badge, { kind: 'awarded', by, reason, at });
    return;
  }
  const before = lookup(badgesOf(turn.state), badge);
  if (before === undefined) return;
  const after = takeBadge(before, at);
  if (after === before) return;
  put(turn, { ...after, change: { kind: 'revoked', by, reason, at } });
  turn.marks.push(`badgeRevoked ${badge} ${after.round}`);
}

function award(turn: Turn, id: string, change: BadgeRecord['change']): void {
  const badge = turn.ruleset.badges.get(id);
  if (badge === undefined) return;
  const before = lookup(badgesOf(turn.state), id);
  const { record, tiersReached } = awardTo(badge, before, { at: turn.entry.occurredAt });
  if (record !== before || change !== null) put(turn, { ...record, change: change ?? record.change });
  for (const tier of tiersReached) {
    turn.marks.push(`badgeAwarded ${id} ${tier} ${record.round} ${record.rule.counts[tier - 1] ?? record.count}`);
    turn.queue.push({ kind: 'badgeAwarded', badge: id, tier, key: String(record.round) });
  }
}

function put(turn: Turn, record: BadgeRecord): void {
  turn.state = { ...turn.state, badges: withEntry(badgesOf(turn.state), record.badge, record) };
  tell(turn, { kind: 'badge', id: record.badge, record });
}
