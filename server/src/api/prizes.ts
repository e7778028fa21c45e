import type { LedgerReason, RewardSource } from '@laurel/contract/types';
import type { Act, FixedReward } from '../domain/index.ts';
import { commit, MOST_WRITES } from '../store/commit.ts';
import { markGranted, readGrant } from '../store/grants.ts';
import { putDue } from '../store/schedule.ts';
import { getUser } from '../store/users.ts';
import { planActAs } from './acts.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import type { PlayContext } from './call.ts';
import { dayAfter, PLAYER_GIVE } from './player-due.ts';

/**
 * What becomes of a prize: the player has it, whoever gave it, or what of it could be given; or it is withheld from a
 * player who may not earn. Who is restricted has it later.
 */
export type Granted = 'granted' | 'reduced' | 'withheld';

/** A prize for a player. */
export interface PrizeGrant {
  readonly userId: string;
  /** Follows from what is rewarded, so that it is the same however often it is tried. */
  readonly grantId: string;
  readonly rewards: readonly FixedReward[];
  readonly reason: Extract<LedgerReason, { kind: 'prize' }>;
  /** Among how many, and how many of them were better, where rules may ask for it. */
  readonly among?: { readonly players: number; readonly above: number };
}

/**
 * Gives a prize, exactly once for each grant id, however often and by however many it is called: as an act of the
 * player's history, with the mark that it was given. It does not wait in the player's queue: whoever calls it may be in
 * that queue, or in another player's, which would then wait for this one.
 */
export async function grantPrize(play: PlayContext, grant: PrizeGrant): Promise<Granted> {
  const { userId, grantId, rewards, reason, among } = grant;
  const act = { kind: 'prize', rewards, reason, ...(among === undefined ? {} : { among }) } as const;
  return grantAct(play, { userId, grantId, entryId: `prize.${grantId}`, act });
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
  const known = await readGrant(table, scope, userId, grantId);
  if (known !== undefined) return known.reduced === true ? 'reduced' : 'granted';
  const user = await getUser(table, scope, userId);
  if (user?.status === 'restricted') {
    // Nothing of them is processed, and nothing is lost.
    const details = { userId, grantId, entryId, act: JSON.stringify(act) };
    const item = { kind: PLAYER_GIVE, subject: `${userId}/${grantId}`, at: dayAfter(now), details };
    await commit(table, putDue(table, scope, item));
    return 'withheld';
  }
  if (user?.status !== 'active') return 'withheld';
  const planned = await planActAs(play, user, act, entryId);
  // A balance that cannot be exact any more takes nothing.
  if ('kind' in planned) return 'withheld';
  const isReduced = isPrize(planned.outcome.clips) || isPrize(planned.outcome.withheld);
  const mark = { at: now, ...(isReduced ? { reduced: true as const } : {}) };
  const writes = [...planned.writes, markGranted(table, scope, userId, grantId, mark)];
  // What follows from it is more than can be written at once.
  if (writes.length > MOST_WRITES) return 'withheld';
  const result = await commit(table, writes);
  if (result.kind === 'committed') return isReduced ? 'reduced' : 'granted';
  return 'moved';
}

/** Whether any of what was held back is of a prize. */
function isPrize(heldBack: readonly ({ readonly source: RewardSource | null } | { readonly rule: string })[]): boolean {
  return heldBack.some((one) => 'source' in one && one.source?.kind === 'prize');
}
