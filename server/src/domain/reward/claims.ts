import type { LedgerReason, RewardSource } from '@laurel/contract/types';
import type { FixedReward } from './reward.ts';

/** A reward that the player has to claim, open or not any more. */
export interface ClaimRecord {
  readonly id: string;
  /** What earned it, unique within the player. */
  readonly cause: string;
  readonly reward: FixedReward;
  readonly source: RewardSource;
  readonly reason: LedgerReason;
  readonly grantedAt: string;
  /** The first moment at which it cannot be claimed any more. */
  readonly expiresAt: string;
  readonly state: 'open' | 'claimed' | 'expired';
  readonly claimedAt: string | null;
}

type Claims = Readonly<Record<string, ClaimRecord>>;

/** The claims in the hot state, by id: those that are open, and those that expired not long ago. */
export function claimsOf({ claims }: { readonly claims?: Claims }): Claims {
  return claims ?? {};
}

/** The claims that are open at a moment. */
export function openClaims(state: { readonly claims?: Claims }, at: string): ClaimRecord[] {
  return Object.values(claimsOf(state)).filter((claim) => claim.state === 'open' && at < claim.expiresAt);
}

/** When the next claim expires; null where none is open. */
export function nextClaimDue(state: { readonly claims?: Claims }): string | null {
  const open = Object.values(claimsOf(state)).filter((claim) => claim.state === 'open');
  return open.map(({ expiresAt }) => expiresAt).toSorted()[0] ?? null;
}
