import type { LedgerReason, PrizeReward } from '@laurel/contract/types';
import type { Act } from '../domain/index.ts';
import { commit } from '../store/commit.ts';
import { isGranted, markGranted } from '../store/grants.ts';
import { getUser } from '../store/users.ts';
import { planActAs } from './acts.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import type { PlayContext } from './call.ts';

/** What becomes of a prize: the player has it, whoever gave it; or it is withheld from a player who may not earn. */
export type Granted = 'granted' | 'withheld';

/** A prize for a player. */
export interface PrizeGrant {
  readonly userId: string;
  /** Follows from what is rewarded, so that it is the same however often it is tried. */
  readonly grantId: string;
  readonly rewards: readonly PrizeReward[];
  readonly reason: Extract<LedgerReason, { kind: 'prize' }>;
}

/**
 * Gives a prize, exactly once for each grant id, however often and by however many it is called: as an act of the
 * player's history, with the mark that it was given. It does not wait in the player's queue: whoever calls it may be in
 * that queue, or in another player's, which would then wait for this one.
 */
export async function grantPrize(play: PlayContext, grant: PrizeGrant): Promise<Granted> {
  const { userId, grantId, rewards, reason } = grant;
  const movements = rewards.map(({ currency, amount }) => ({ currency, amount }));
  return grantAct(play, { userId, grantId, entryId: `prize.${grantId}`, act: { kind: 'prize', movements, reason } });
}

/** An act that a player is given from outside of their history. */
export interface ActGrant {
  readonly userId: string;
  /** Follows from what it is given for, so that it is the same however often it is tried. */
  readonly grantId: string;
  /** The id of the entry of the history. */
  readonly entryId: string;
  readonly act: Act;
}

/** Gives an act, exactly once for each grant id, like a prize. */
export async function grantAct(play: PlayContext, grant: ActGrant): Promise<Granted> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const outcome = await tryGrant(play, grant);
    if (outcome !== 'moved') return outcome;
    await backOff(attempt);
  }
  throw new Error(`${grant.grantId} could not be given: the player kept changing`);
}

async function tryGrant(play: PlayContext, { userId, grantId, entryId, act }: ActGrant): Promise<Granted | 'moved'> {
  const { platform, scope, now } = play;
  const { table } = platform;
  if (await isGranted(table, scope, userId, grantId)) return 'granted';
  const user = await getUser(table, scope, userId);
  if (user?.status !== 'active') return 'withheld';
  const planned = await planActAs(play, user, act, entryId);
  // A balance that cannot be exact any more takes nothing.
  if ('kind' in planned) return 'withheld';
  const result = await commit(table, [...planned.writes, markGranted(table, scope, userId, grantId, now)]);
  if (result.kind === 'committed') return 'granted';
  return result.kind === 'refused' && result.refusal === 'already_granted' ? 'granted' : 'moved';
}
