import { type Contract, contract } from '@laurel/contract';
import type { JoinCode, JoinCodeGift, JoinCodeRedeem } from '@laurel/contract/join-codes/schema';
import type { Membership } from '@laurel/contract/members/schema';
import { MAX_TAGS } from '@laurel/contract/shared/tags';
import type { User } from '@laurel/contract/users/schema';
import { hashJoinCode, newJoinCode } from '../../identity/join-code.ts';
import { commit, type Write } from '../../store/commit.ts';
import {
  countMiss,
  createJoinCode,
  findJoinCode,
  getJoinCode,
  hasRedeemed,
  keepRedeemed,
  listJoinCodes,
  missesOf,
  revokeJoinCode,
  type StoredJoinCode,
  useJoinCode,
} from '../../store/join-codes.ts';
import { getMember } from '../../store/members.ts';
import { getPlacement } from '../../store/memberships.ts';
import { getPerson } from '../../store/people.ts';
import { type Scope, workspaceScope } from '../../store/scope.ts';
import { getTeam } from '../../store/teams.ts';
import { updateUser } from '../../store/users.ts';
import { assertMayAlso } from '../admission.ts';
import { authorOf, type CallContext, type Handlers, pageOf, reachOf } from '../call.ts';
import { notFound, ProblemError, unknownReference } from '../problem.ts';
import { changedUser } from '../profile.ts';
import { playerOf } from '../reader.ts';
import { addMember, newMember } from '../team-changes.ts';
import { userUpdated } from '../user-writes.ts';
import { allotmentQueue } from './allotments.ts';
import { assertOpen, enter } from './entering.ts';
import { assertMayTouch, give } from './role-grants.ts';

const routes = contract.dashboard;

/** How many wrong codes somebody may try in a span of time, and how long that is, in seconds. */
const MOST_MISSES = 10;
const SPAN = 600;

function statusAt({ record, used, revoked }: StoredJoinCode, now: string): JoinCode['status'] {
  if (revoked) return 'revoked';
  if (record.expiresAt <= now) return 'expired';
  return record.uses !== null && used >= record.uses ? 'used_up' : 'active';
}

function present(code: StoredJoinCode, now: string): JoinCode {
  const { id, name, gives, uses, createdBy, createdAt, expiresAt } = code.record;
  return { id, name, gives, uses, used: code.used, status: statusAt(code, now), createdBy, createdAt, expiresAt };
}

/** Refuses to give what the caller could not give by hand. */
async function assertMayGive(call: CallContext, gives: JoinCodeGift): Promise<Write[]> {
  if (gives.kind === 'membership') return give(call, gives.role, '/gives/role');
  if (gives.tags.length === 0 && gives.team === null)
    throw new ProblemError('unprocessable', 'The code would give nothing: name tags, or a team.');
  if (gives.tags.length > 0) await assertMayAlso(call, routes.users.setTags.metadata);
  if (gives.team !== null) await assertMayAlso(call, routes.teams.addMember.metadata);
  if (gives.team !== null && (await getTeam(call.platform.table, call.scope, gives.team)) === undefined)
    throw unknownReference('/gives/team', 'team');
  return [];
}

/** The span of time that it is: its number, and when it ends, in seconds since 1970. */
function spanOf(seconds: number) {
  const number = Math.floor(seconds / SPAN);
  return { number, endsAt: (number + 1) * SPAN };
}

/**
 * Lets somebody try a code unless they were wrong too often lately, and counts what is wrong. What is right is not
 * counted, so that a call which is sent again is not held against anybody.
 * @throws ProblemError `rate_limited`
 */
async function tried<T>({ platform, principal, scope, realNow }: CallContext, who: string, redeem: () => Promise<T>) {
  const { table } = platform;
  const seconds = Math.floor(Date.parse(realNow) / 1000);
  const span = spanOf(seconds);
  const name = `${principal.kind}:${who}`;
  const tooMany = () =>
    new ProblemError('rate_limited', `At most ${MOST_MISSES} wrong codes can be tried in ten minutes.`, {
      headers: { 'retry-after': String(span.endsAt - seconds) },
    });
  if ((await missesOf(table, scope, name, span.number)) >= MOST_MISSES) throw tooMany();
  try {
    return await redeem();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'invalid_code') throw error;
    const write = countMiss(table, scope, name, span, MOST_MISSES);
    let result = await commit(table, [write]);
    while (result.kind === 'contended') result = await commit(table, [write]);
    throw result.kind === 'committed' ? error : tooMany();
  }
}

/** A code that can be redeemed now, and where; whatever is wrong with one looks the same. */
async function usable(
  call: CallContext,
  kind: JoinCodeGift['kind'],
  code: string,
): Promise<{ readonly place: Scope; readonly found: StoredJoinCode }> {
  const { table } = call.platform;
  const line = await findJoinCode(table, call.scope, kind, hashJoinCode(code));
  if (line === undefined) throw new ProblemError('invalid_code');
  const place = workspaceScope(call.scope.tenant, line.workspace);
  const found = await getJoinCode(table, place, line.id);
  if (found === undefined) throw new ProblemError('invalid_code');
  return { place, found };
}

/** Refuses a code that is over. */
function assertActive(code: StoredJoinCode, now: string): void {
  if (statusAt(code, now) !== 'active') throw new ProblemError('invalid_code');
}

type JoinCodeCall = CallContext & { readonly params: { readonly id: string } };

async function codeOf(call: JoinCodeCall): Promise<StoredJoinCode> {
  const found = await getJoinCode(call.platform.table, call.scope, call.params.id);
  if (found === undefined) throw notFound();
  return found;
}

/** Makes an operator of the tenant a member of the code's workspace; whoever is one already uses nothing up. */
async function redeemMembership(call: CallContext, code: string) {
  const { table } = call.platform;
  const { subject } = call.principal;
  const { tenant, workspace: here } = call.scope;
  const { place, found } = await usable(call, 'membership', code);
  const { gives } = found.record;
  if (gives.kind !== 'membership') throw new ProblemError('invalid_code');
  const known = await getMember(table, place, subject);
  if (known !== undefined) {
    const { role, status } = known;
    return { body: { workspace: place.workspace, role, status } satisfies Membership };
  }
  assertActive(found, call.realNow);
  await assertOpen(call.platform, tenant, [place.workspace]);
  const person = await getPerson(table, tenant, subject);
  const email = person?.email ?? (await getMember(table, workspaceScope(tenant, here), subject))?.email;
  if (email === undefined) throw new ProblemError('invalid_code');
  const { role } = gives;
  const workspaces = [place.workspace];
  const entered = await enter(call, { tenant, subject, email, role, workspaces });
  const [body = { workspace: place.workspace, role, status: 'active' as const }] = entered.memberships;
  return {
    body,
    writes: [useJoinCode(table, place, found), ...entered.writes],
    queue: allotmentQueue(tenant, 'seats'),
  };
}

/** What a player's code changes: their tags, and the team that they are in. */
async function giftWrites(
  call: CallContext,
  user: User,
  { tags, team }: Extract<JoinCodeGift, { kind: 'player' }>,
): Promise<Write[]> {
  const { table } = call.platform;
  const all = [...new Set([...user.tags, ...tags])];
  if (all.length > MAX_TAGS) throw new ProblemError('unprocessable', `A player has at most ${MAX_TAGS} tags.`);
  const changed = all.length === user.tags.length ? undefined : changedUser(user, { tags: all }, call.now);
  const labelled = () => (changed === undefined ? [] : userUpdated(call, changed));
  if (team === null) return labelled();
  const [stored, place] = await Promise.all([
    getTeam(table, call.scope, team),
    getPlacement(table, call.scope, user.id),
  ]);
  if (stored === undefined) throw new ProblemError('invalid_code');
  if (place.current?.team === team) return labelled();
  const member = newMember(call, user, place, call.now);
  if (changed === undefined) return [...(await addMember(call, stored, place, member)).writes];
  // Both are told at once, in the player's order.
  const fact = { type: 'user.updated', occurredAt: call.now, data: { version: changed.version } } as const;
  const joined = await addMember(call, stored, place, member, fact);
  return [...(await updateUser(table, call.scope, changed)), ...joined.writes];
}

/** Gives a player what a code is for; whoever redeemed it before uses nothing up. */
async function redeemAs(call: CallContext & { readonly body: JoinCodeRedeem }, user: User) {
  const { table } = call.platform;
  const { found } = await usable(call, 'player', call.body.code);
  const { gives, id, name } = found.record;
  if (gives.kind !== 'player') throw new ProblemError('invalid_code');
  const body = { name, team: gives.team };
  if (await hasRedeemed(table, call.scope, user.id, id)) return { body };
  assertActive(found, call.realNow);
  return {
    body,
    writes: [
      useJoinCode(table, call.scope, found),
      keepRedeemed(table, call.scope, user.id, id),
      ...(await giftWrites(call, user, gives)),
    ],
    queue: JSON.stringify([call.scope.tenant, call.scope.workspace, 'join code', id]),
  };
}

export const joinCodes: Handlers<Contract['dashboard']['joinCodes']> = {
  async list(call) {
    const found = await listJoinCodes(call.platform.table, call.scope, reachOf(call, null));
    return { body: pageOf(call, null, found, (code) => present(code, call.realNow)) };
  },

  async create(call) {
    const { name, gives, uses, expiresIn } = call.body;
    const given = await assertMayGive(call, gives);
    const { platform, realNow, scope } = call;
    const record = {
      id: platform.newId('joinCode'),
      name,
      gives,
      uses,
      createdBy: authorOf(call),
      createdAt: realNow,
      expiresAt: new Date(Date.parse(realNow) + expiresIn * 1000).toISOString(),
    };
    const code = newJoinCode();
    return {
      body: { joinCode: present({ record, used: 0, revoked: false }, realNow), code },
      writes: [...createJoinCode(platform.table, scope, record, hashJoinCode(code)), ...given],
    };
  },

  async redeem(call) {
    if (call.principal.kind !== 'operator')
      throw new ProblemError('unprocessable', 'A machine works in one workspace: codes are for people.');
    return tried(call, call.principal.subject, () => redeemMembership(call, call.body.code));
  },

  async get(call) {
    return { body: present(await codeOf(call), call.realNow) };
  },

  async revoke(call) {
    const found = await codeOf(call);
    const { gives, id } = found.record;
    if (gives.kind === 'membership') await assertMayTouch(call, gives.role);
    const body = present({ ...found, revoked: true }, call.realNow);
    return { body, writes: found.revoked ? [] : [revokeJoinCode(call.platform.table, call.scope, id)] };
  },
};

export const appJoinCodes: Handlers<Contract['app']['joinCodes']> = {
  async redeem(call) {
    const user = await playerOf(call);
    if (user.status !== 'active') throw new ProblemError('forbidden', 'The user is suspended.');
    return tried(call, user.id, () => redeemAs(call, user));
  },
};
