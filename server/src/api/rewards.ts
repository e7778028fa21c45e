import type { Contract } from '@laurel/contract';
import type { PlayerReward } from '@laurel/contract/types';
import { type ClaimRecord, claimsOf, rewardId } from '../domain/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import { getRecords } from '../store/player-records.ts';
import { getSheet } from '../store/players.ts';
import { type GivenLine, listClaims, listGiven } from '../store/rewards.ts';
import { planAct } from './acts.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { notFound, ProblemError } from './problem.ts';
import { playerOf } from './reader.ts';
import { playerQueue } from './serial.ts';

/** Where a claim is at a moment: it expires by itself, whether or not anybody has looked. */
function stateOf({ state, expiresAt }: ClaimRecord, now: string): PlayerReward['state'] {
  if (state === 'open') return now < expiresAt ? 'claimable' : 'expired';
  return state;
}

function presentClaim(claim: ClaimRecord, now: string): PlayerReward {
  const { id, reward, source, grantedAt, expiresAt, claimedAt } = claim;
  return { ...reward, id, source, state: stateOf(claim, now), grantedAt, expiresAt, claimedAt };
}

function presentGiven(
  { ruleset }: Rulebook,
  { cause, reward, source, occurredAt }: GivenLine,
  claim: ClaimRecord | undefined,
  now: string,
): PlayerReward {
  if (claim !== undefined) return presentClaim(claim, now);
  const id = rewardId(ruleset.hash, cause);
  return { ...reward, id, source, state: 'granted', grantedAt: occurredAt, expiresAt: null, claimedAt: null };
}

/** The claims that given rewards are to be claimed by, as they stand. */
async function claimsBehind(call: CallContext, userId: string, given: readonly GivenLine[]) {
  const ids = given.flatMap(({ claim }) => (claim === null ? [] : [claim.id]));
  return getRecords(call.platform.table, call.scope, userId, 'claim', ids);
}

/** A claim of a player as it is stored. */
async function claimOf(call: CallContext, userId: string, id: string): Promise<ClaimRecord> {
  const claims = await getRecords(call.platform.table, call.scope, userId, 'claim', [id]);
  const claim = claims.get(id);
  if (claim === undefined) throw notFound();
  return claim;
}

export const rewards: Handlers<Contract['app']['rewards']> = {
  async list(call) {
    const { id } = await playerOf(call);
    const { table } = call.platform;
    const { state, kind } = call.query;
    const filters = { user: id, state, kind };
    const reach = reachOf(call, filters);
    if (state !== undefined && state !== 'granted') {
      const keep = (claim: ClaimRecord) =>
        stateOf(claim, call.now) === state && (kind === undefined || claim.reward.kind === kind);
      const found = await listClaims(table, call.scope, id, reach, keep);
      return { body: pageOf(call, filters, found, (claim) => presentClaim(claim, call.now)) };
    }
    const rulebook = await call.platform.rulebooks(call.scope);
    const keep = ({ reward, claim }: GivenLine) =>
      (kind === undefined || reward.kind === kind) && (state === undefined || claim === null);
    const found = await listGiven(table, call.scope, id, reach, keep);
    const claims = await claimsBehind(call, id, found.items);
    const body = pageOf(call, filters, found, (given) =>
      presentGiven(rulebook, given, given.claim === null ? undefined : claims.get(given.claim.id), call.now),
    );
    return { body };
  },

  async claim(call) {
    const user = await playerOf(call);
    const { id } = call.params;
    // The sheet first: a claim that it does not hold any more was closed before the record is read.
    const sheet = await getSheet(call.platform.table, call.scope, user.id);
    const claim = await claimOf(call, user.id, id);
    const state = stateOf(claim, call.now);
    if (state === 'claimed') return { body: presentClaim(claim, call.now) };
    if (state === 'expired') throw new ProblemError('claim_expired', `It was to be claimed before ${claim.expiresAt}.`);
    if (!Object.hasOwn(claimsOf(sheet.state), id)) throw new ProblemError('conflict');
    const { plan, outcome, writes } = await planAct(call, user, { kind: 'claim', claim: id });
    const refusal = outcome.actRefusal;
    const claimed = plan.records.get(`claim ${id}`);
    const record = claimed?.kind === 'claim' ? claimed.record : null;
    // Somebody else was quicker: what they were told is the answer.
    const told = record?.state === 'claimed' && refusal === null ? record : await claimOf(call, user.id, id);
    if (told === record) return { body: presentClaim(told, call.now), writes, queue: playerQueue(call.scope, user.id) };
    if (told.state !== 'claimed') {
      throw refusal === null ? new ProblemError('conflict') : new ProblemError(refusal.code, refusal.detail);
    }
    return { body: presentClaim(told, call.now) };
  },
};
