import type { LedgerReason, Reward } from '@laurel/contract/types';
import { post } from '../domain/index.ts';
import { commit } from '../store/commit.ts';
import { isGranted, markGranted } from '../store/grants.ts';
import { getSheet, saveSheet } from '../store/players.ts';
import type { Scope } from '../store/scope.ts';
import { getUser } from '../store/users.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import { savePostings } from './entries.ts';
import type { Platform } from './platform.ts';

/** What becomes of a prize: the player has it, whoever gave it; or it is withheld from a player who may not earn. */
export type Granted = 'granted' | 'withheld';

/** A prize for a player. */
export interface PrizeGrant {
  readonly userId: string;
  /** Follows from what is rewarded, so that it is the same however often it is tried. */
  readonly grantId: string;
  readonly rewards: readonly Reward[];
  readonly reason: Extract<LedgerReason, { kind: 'prize' }>;
}

/**
 * Gives a prize, exactly once for each grant id, however often and by however many it is called. It does not wait in
 * the player's queue: whoever calls it may be in that queue, or in another player's, which would then wait for this one.
 */
export async function grantPrize(
  platform: Pick<Platform, 'table'>,
  scope: Scope,
  grant: PrizeGrant,
  now: string,
): Promise<Granted> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const outcome = await tryGrant(platform, scope, grant, now);
    if (outcome !== 'moved') return outcome;
    await backOff(attempt);
  }
  throw new Error(`prize ${grant.grantId} could not be given: the player kept changing`);
}

async function tryGrant(
  { table }: Pick<Platform, 'table'>,
  scope: Scope,
  { userId, grantId, rewards, reason }: PrizeGrant,
  now: string,
): Promise<Granted | 'moved'> {
  // The sheet first: a grant that comes between it and the mark moves the sheet.
  const sheet = await getSheet(table, scope, userId);
  if (await isGranted(table, scope, userId, grantId)) return 'granted';
  const user = await getUser(table, scope, userId);
  if (user?.status !== 'active') return 'withheld';
  const movements = rewards.map(({ currency, amount }) => ({ currency, amount, reason }));
  const posted = post(sheet, movements, now, now);
  // A balance that cannot be exact any more takes nothing.
  if (posted.kind === 'refused') return 'withheld';
  const result = await commit(table, [
    markGranted(table, scope, userId, grantId, now),
    saveSheet(table, scope, userId, sheet, posted.wallets),
    ...savePostings(table, scope, userId, posted.postings),
  ]);
  if (result.kind === 'committed') return 'granted';
  return result.kind === 'refused' && result.refusal === 'already_granted' ? 'granted' : 'moved';
}
