import type { Fact, RewardSource } from '@laurel/contract/types';
import type { RecordChange } from '../fold/records.ts';
import { lookup } from '../record.ts';
import type { ClaimRecord } from '../reward/claims.ts';
import type { FixedReward } from '../reward/reward.ts';

/** The claims of a player before a change, and those that it touched as they are after it. */
export interface ClaimChanges {
  readonly before: Readonly<Record<string, ClaimRecord>>;
  readonly after: readonly Extract<RecordChange, { readonly kind: 'claim' }>[];
}

/** What is told of claims that were open and are not any more: they were claimed, or nobody did in time. */
export function claimFacts({ before, after }: ClaimChanges): Fact[] {
  return after.flatMap(({ id, record }): Fact[] => {
    if (record === null || lookup(before, id)?.state !== 'open') return [];
    const data = { ...sourceOf(record.source), ...givenOf(record.reward) };
    if (record.state === 'expired') return [{ type: 'reward.expired', occurredAt: record.expiresAt, data }];
    if (record.state === 'open' || record.claimedAt === null) return [];
    return [{ type: 'reward.claimed', occurredAt: record.claimedAt, data }];
  });
}

/** What was rewarded, by kind and id. */
export function sourceOf(
  source: RewardSource,
  byHand = 'hand',
): { readonly source: string; readonly sourceId: string } {
  switch (source.kind) {
    case 'rule':
      return { source: source.kind, sourceId: source.rule };
    case 'mission':
      return { source: source.kind, sourceId: source.mission };
    case 'level':
      return { source: source.kind, sourceId: source.track };
    case 'streak':
      return { source: source.kind, sourceId: source.streak };
    case 'prize':
      return { source: source.kind, sourceId: source.id };
    case 'grant':
      return { source: source.kind, sourceId: byHand };
  }
}

/** What was given, by kind and id. */
export function givenOf(reward: FixedReward): { readonly kind: string; readonly of: string; readonly amount: number } {
  switch (reward.kind) {
    case 'currency':
      return { kind: reward.kind, of: reward.currency, amount: reward.amount };
    case 'badge':
      return { kind: reward.kind, of: reward.badge, amount: 1 };
    case 'experience':
      return { kind: reward.kind, of: reward.track, amount: reward.amount };
    case 'streakFreeze':
      return { kind: reward.kind, of: reward.streak, amount: reward.count };
    case 'item':
      return { kind: reward.kind, of: reward.item, amount: reward.quantity };
  }
}
