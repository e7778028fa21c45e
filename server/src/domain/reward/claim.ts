import { after } from '../duration.ts';
import { type Turn, tell } from '../fold/turn.ts';
import { lookup, withEntry, withoutKeys } from '../record.ts';
import { type ClaimRecord, claimsOf, openClaims } from './claims.ts';

/** The player claims a reward. */
export interface ClaimAct {
  readonly kind: 'claim';
  readonly claim: string;
}

/** The most claims of one player that are open at once. */
const MOST_CLAIMS = 100;

/**
 * How long an expired claim stays in the hot state. A refold can find that it was earned earlier than was known, so that
 * it expired before it was claimed: what was given once is not taken back for that.
 */
const KEPT = 31 * 24 * 60 * 60 * 1000;

/** How many more claims can be opened. */
export function claimRoom({ state, entry }: Turn): number {
  return Math.max(0, MOST_CLAIMS - openClaims(state, entry.occurredAt).length);
}

function keep(turn: Turn, claim: ClaimRecord): void {
  turn.state = { ...turn.state, claims: withEntry(claimsOf(turn.state), claim.id, claim) };
  tell(turn, { kind: 'claim', id: claim.id, record: claim });
}

/** Opens a claim. */
export function openClaim(turn: Turn, claim: Omit<ClaimRecord, 'state' | 'claimedAt'>): void {
  keep(turn, { ...claim, state: 'open', claimedAt: null });
}

/** Lets claims expire that were not claimed in time, and forgets those that expired long ago. */
export function passClaims(turn: Turn): void {
  const { occurredAt } = turn.entry;
  const claims = Object.values(claimsOf(turn.state));
  for (const claim of claims) {
    if (claim.state === 'open' && claim.expiresAt <= occurredAt) keep(turn, { ...claim, state: 'expired' });
  }
  const old = claims.filter(({ expiresAt }) => after(expiresAt, KEPT) <= occurredAt);
  if (old.length === 0) return;
  const ids = old.map(({ id }) => id);
  turn.state = { ...turn.state, claims: withoutKeys(claimsOf(turn.state), ids) };
}

/**
 * Takes a claim out of the hot state, as claimed; null where there is none, since what earned it was taken back or it
 * was claimed before. Whether it is claimed in time is asked of the first decision alone.
 */
export function closeClaim(turn: Turn, id: string): ClaimRecord | null {
  const claim = lookup(claimsOf(turn.state), id);
  if (claim === undefined) return null;
  turn.state = { ...turn.state, claims: withoutKeys(claimsOf(turn.state), [id]) };
  const claimed: ClaimRecord = { ...claim, state: 'claimed', claimedAt: turn.entry.occurredAt };
  tell(turn, { kind: 'claim', id, record: claimed });
  return claimed;
}
