import type { LedgerReason, RewardSource } from '@laurel/contract/types';
import { give, type Turn } from '../fold/turn.ts';
import { type ClaimAct, closeClaim, hasRoom, openClaim } from './claim.ts';
import type { DueReward, FixedReward } from './reward.ts';

/** Something that was given or is to be claimed, beside amounts of currencies, which are grants. */
export interface Given {
  /** Unique within the player. */
  readonly cause: string;
  readonly reward: FixedReward;
  readonly source: RewardSource;
  /** By which id and until when it is to be claimed; null where it was given. */
  readonly claim: { readonly id: string; readonly expiresAt: string } | null;
}

/** What a reward is given for, and what the ledger says of it. */
export interface Occasion {
  /** Unique in the player's history, whichever entry brings it about. */
  readonly cause: string;
  readonly source: RewardSource;
  readonly reason: LedgerReason;
}

/** The id of a reward, which follows from what earned it: a refold comes to the same. */
export function rewardId(hash: (text: string) => string, cause: string): string {
  return `rwd_${hash(cause).slice(0, 24)}`;
}

/**
 * The one way by which rewards are given: at once, or as a claim. A player who leaves very many unclaimed gets what
 * comes next at once: the hot state has no room for it, and nothing is lost.
 */
export function giveReward(turn: Turn, occasion: Occasion, { reward, expiresAt }: DueReward): void {
  if (expiresAt === null || !hasRoom(turn)) {
    handOut(turn, occasion, reward);
    return;
  }
  const { cause, source } = occasion;
  const id = rewardId(turn.ruleset.hash, cause);
  openClaim(turn, { id, ...occasion, reward, grantedAt: turn.entry.occurredAt, expiresAt });
  turn.given.push({ cause, reward, source, claim: { id, expiresAt } });
}

/** Gives what was claimed. */
export function applyClaim(turn: Turn, { claim: id }: ClaimAct): void {
  const claim = closeClaim(turn, id);
  if (claim === null) return;
  const { cause, source, reason, reward } = claim;
  handOut(turn, { cause: claimCause(cause), source, reason }, reward);
}

const CLAIM = 'claim:';

function claimCause(cause: string): string {
  return `${CLAIM}${cause}`;
}

/** Whether something was given since it was claimed: what earned it is told of by itself. */
export function isClaimCause(cause: string): boolean {
  return cause.startsWith(CLAIM);
}

/** Gives a reward: an amount into its wallet; whatever else to the part of the game whose it is. */
function handOut(turn: Turn, { cause, source, reason }: Occasion, reward: FixedReward): void {
  if (reward.kind === 'currency') {
    give(turn, { cause, currency: reward.currency, amount: reward.amount, reason, source });
    return;
  }
  turn.given.push({ cause, reward, source, claim: null });
  switch (reward.kind) {
    case 'badge':
      turn.queue.push({ kind: 'badgeGranted', badge: reward.badge, cause });
      return;
    case 'experience':
      turn.queue.push({ kind: 'experienceGranted', track: reward.track, amount: reward.amount, cause });
      return;
    case 'streakFreeze':
      turn.queue.push({ kind: 'freezeGranted', streak: reward.streak, count: reward.count, cause });
      return;
    case 'item':
      turn.queue.push({ kind: 'itemGranted', item: reward.item, quantity: reward.quantity, cause });
      return;
  }
}
