import type { LedgerReason, RewardSource } from '@laurel/contract/types';
import type { Grant } from '../fold/grant.ts';
import { give, type Turn } from '../fold/turn.ts';
import { type Allowance, allowed } from '../ledger/earn.ts';
import { lookup } from '../record.ts';
import { type ClaimAct, claimRoom, closeClaim, openClaim } from './claim.ts';
import type { DueReward, FixedReward } from './reward.ts';
import type { ShelfRefusal } from './shelf.ts';

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
  /** What may be given at most of currencies that a budget bounds. */
  readonly allowance?: Allowance | undefined;
  /** The transaction that its amounts are legs of, where it is one that has an id of its own. */
  readonly transaction?: string | undefined;
  /** Whether what it takes of the catalogue was answered for together with all else that a rule gives. */
  readonly answered?: true;
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
  const { cause, source } = occasion;
  if (expiresAt === null || claimRoom(turn) === 0) {
    const refusal = handOut(turn, occasion, reward);
    if (refusal !== null) turn.withheld.push({ source, why: refusal });
    return;
  }
  const claimed = allowedOf(turn, occasion, reward);
  if (claimed === null) return;
  const id = rewardId(turn.ruleset.hash, cause);
  const { reason } = occasion;
  openClaim(turn, { id, cause, source, reason, reward: claimed, grantedAt: turn.entry.occurredAt, expiresAt });
  turn.given.push({ cause, reward: claimed, source, claim: { id, expiresAt } });
}

/** Gives what was claimed. */
export function applyClaim(turn: Turn, { claim: id }: ClaimAct): void {
  const claim = closeClaim(turn, id);
  if (claim === null) return;
  const { cause, source, reason, reward } = claim;
  const refusal = handOut(turn, { cause: claimCause(cause), source, reason }, reward);
  if (refusal !== null) turn.actRefusal = { code: 'sold_out', detail: 'There is none left to give: try again later.' };
}

const CLAIM = 'claim:';

function claimCause(cause: string): string {
  return `${CLAIM}${cause}`;
}

/** Whether something was given since it was claimed: what earned it is told of by itself. */
export function isClaimCause(cause: string): boolean {
  return cause.startsWith(CLAIM);
}

/**
 * Gives a reward: an amount into its wallet; an item, which the shell takes out of the catalogue, if it is there; whatever
 * else to the part of the game whose it is. Answers with why it was not given; null where it was.
 */
function handOut(turn: Turn, occasion: Occasion, reward: FixedReward): ShelfRefusal | null {
  const { cause, source, reason, allowance } = occasion;
  if (reward.kind === 'currency') {
    const { currency, amount } = reward;
    give(turn, { cause, currency, amount, reason, source, ...ofTransaction(occasion) }, allowance);
    return null;
  }
  if (reward.kind === 'item') {
    const refusal = occasion.answered === true ? null : askForItem(turn, occasion, reward);
    if (refusal !== null) return refusal;
  }
  turn.given.push({ cause, reward, source, claim: null });
  switch (reward.kind) {
    case 'badge':
      turn.queue.push({ kind: 'badgeGranted', badge: reward.badge, cause });
      return null;
    case 'experience':
      giveExperience(turn, occasion, reward);
      return null;
    case 'streakFreeze':
      turn.queue.push({ kind: 'freezeGranted', streak: reward.streak, count: reward.count, cause });
      return null;
    case 'item':
      return null;
  }
}

function ofTransaction({ transaction }: Occasion): Pick<Grant, 'transaction'> {
  return transaction === undefined ? {} : { transaction };
}

type Only<K extends FixedReward['kind']> = Extract<FixedReward, { readonly kind: K }>;

/** Experience is an amount of the currency of its track, and as such counted and bounded like any other. */
function giveExperience(turn: Turn, occasion: Occasion, reward: Only<'experience'>): void {
  const { cause, reason, source, allowance } = occasion;
  const { track, amount } = reward;
  const currency = currencyOf(turn, reward);
  if (currency === null) return;
  give(
    turn,
    { cause: `${cause}:experience`, currency, amount, reason, source, track, ...ofTransaction(occasion) },
    allowance,
  );
}

/** The currency that a reward is an amount of; null where it is none. */
export function currencyOf({ ruleset }: Pick<Turn, 'ruleset'>, reward: FixedReward): string | null {
  if (reward.kind === 'currency') return reward.currency;
  return reward.kind === 'experience' ? (ruleset.tracks.get(reward.track)?.current.ladder.currency ?? null) : null;
}

/** A reward as far as a budget has paid for it; null where that is nothing. */
function allowedOf(turn: Turn, { allowance }: Occasion, reward: FixedReward): FixedReward | null {
  const currency = currencyOf(turn, reward);
  if (currency === null || (reward.kind !== 'currency' && reward.kind !== 'experience')) return reward;
  const amount = allowed(allowance, currency, reward.amount);
  return amount === 0 ? null : { ...reward, amount };
}

/** Why an item is not there to be given; null where it is, or nobody has answered yet. */
function askForItem(turn: Turn, { cause, source }: Occasion, { item, quantity }: Only<'item'>): ShelfRefusal | null {
  const verdict = lookup(turn.entry.verdicts ?? {}, cause);
  if (verdict === undefined) {
    // Whoever decides it first answers what was asked, and decides again with the answer.
    const items = [{ cause, item, quantity, source }];
    turn.asks.push({ key: cause, rule: null, total: null, amounts: [], items });
    return null;
  }
  return verdict === 'sold_out' || verdict === 'not_offered' ? verdict : null;
}
