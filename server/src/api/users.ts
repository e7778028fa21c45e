import type { Contract } from '@laurel/contract';
import type { User, UserBatchItem, UserCreate, UserTagList } from '@laurel/contract/users/schema';
import type { Workspace } from '@laurel/contract/workspaces/schema';
import { utcInstant } from '../calendar/civil.ts';
import { badgeList, lookup, progressSlot, scoreId, tierOf } from '../domain/index.ts';
import { mintPlayerToken } from '../identity/player-token.ts';
import { commit } from '../store/commit.ts';
import { listMemberships, membershipAt } from '../store/memberships.ts';
import { getRecords } from '../store/player-records.ts';
import { getSheet } from '../store/players.ts';
import { getUser, getUserByExternalId, listUsers } from '../store/users.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { giveByHand } from './grants.ts';
import { levelIn } from './levels.ts';
import { type Room, roomsOf } from './people/usage-room.ts';
import { movedZone } from './player-due.ts';
import { playerEventPage } from './player-events.ts';
import { presentProgress } from './present-progress.ts';
import { notFound, ProblemError, problemBody } from './problem.ts';
import { changedUser, newUser } from './profile.ts';
import { progressPage } from './progress.ts';
import { currentPeriod, readerFor, workspaceOf } from './reader.ts';
import { redemptionsOf } from './redemptions.ts';
import { seenList } from './seen.ts';
import { presentStreak } from './streak-reads.ts';
import { checkAttributes, checkNewAttributes } from './user-attributes.ts';
import { userCreated, userUpdated } from './user-writes.ts';
import { walletPage, walletsOf } from './wallets.ts';

async function userOf(call: CallContext & { readonly params: { readonly id: string } }): Promise<User> {
  const user = await getUser(call.platform.table, call.scope, call.params.id);
  if (user === undefined) throw notFound();
  return user;
}

/** Why the attributes of a new user are refused, if they are. */
function attributesRefusal(workspace: Workspace, given: UserCreate): ProblemError | undefined {
  try {
    checkNewAttributes(workspace.userAttributes, given);
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
}

function tagsOf({ id, tags, version }: User): UserTagList {
  return { userId: id, tags, version };
}

/** Whether a user has a value of an attribute, which is given as `name:value`. */
function hasAttribute(user: User, pair: string): boolean {
  const colon = pair.indexOf(':');
  const name = pair.slice(0, colon);
  return Object.hasOwn(user.attributes, name) && String(user.attributes[name]) === pair.slice(colon + 1);
}

/** Why there is no room for a new user: it is full, and the user is not there already, who would take none. */
async function roomRefusal(
  { platform, scope }: CallContext,
  room: Room,
  { id, externalId }: UserCreate,
): Promise<ProblemError | undefined> {
  if (room.left() > 0) return undefined;
  const { table } = platform;
  const [byId, byExternalId] = await Promise.all([
    id === undefined ? undefined : getUser(table, scope, id),
    externalId == null ? undefined : getUserByExternalId(table, scope, externalId),
  ]);
  return byId === undefined && byExternalId === undefined ? room.refusal() : new ProblemError('already_exists');
}

/** Creates one user of a batch; what is wrong with it is the answer to it alone. */
async function createOne(
  call: CallContext,
  workspace: Workspace,
  room: Room,
  given: UserCreate,
): Promise<UserBatchItem> {
  const refused = attributesRefusal(workspace, given);
  if (refused !== undefined) return { status: 'rejected', problem: problemBody(refused, call) };
  const user = newUser(given, given.id ?? call.platform.newId('user'), call.now);
  const full = await roomRefusal(call, room, given);
  if (full !== undefined) return { status: 'rejected', problem: problemBody(full, call) };
  const result = await commit(call.platform.table, await userCreated(call, user));
  if (result.kind === 'committed') {
    room.take(1);
    return { status: 'created', user };
  }
  const problem = new ProblemError(result.kind === 'refused' ? 'already_exists' : 'conflict');
  return { status: 'rejected', problem: problemBody(problem, call) };
}

export const users: Handlers<Contract['dashboard']['users']> = {
  async list(call) {
    const { status, tag, attribute } = call.query;
    const { isSeen, reach, pageOf } = await seenList(call, { status, tag, attribute });
    const keep = (user: User) =>
      isSeen(user) &&
      (status === undefined || user.status === status) &&
      (tag === undefined || user.tags.includes(tag)) &&
      (attribute === undefined || hasAttribute(user, attribute));
    return { body: pageOf(await listUsers(call.platform.table, call.scope, reach, keep)) };
  },

  async create(call) {
    checkNewAttributes((await workspaceOf(call)).userAttributes, call.body);
    const user = newUser(call.body, call.body.id ?? call.platform.newId('user'), call.now);
    const { players } = await roomsOf(call);
    const full = await roomRefusal(call, players, call.body);
    if (full !== undefined) throw full;
    // Taken when it is done: whether the user is new shows then.
    const after = async () => void players.take(1);
    return {
      body: user,
      writes: (await userCreated(call, user)).map((write, place) => (place === 0 ? { ...write, after } : write)),
    };
  },

  async createBatch(call) {
    const items: UserBatchItem[] = [];
    const [workspace, { players }] = await Promise.all([workspaceOf(call), roomsOf(call)]);
    // One after the other: two items may claim one external id, and the first has it.
    for (const given of call.body.users) items.push(await createOne(call, workspace, players, given));
    const created = items.filter((item) => item.status === 'created').length;
    return { body: { created, rejected: items.length - created, items } };
  },

  async getByExternalId(call) {
    const user = await getUserByExternalId(call.platform.table, call.scope, call.params.externalId);
    if (user === undefined) throw notFound();
    return { body: user };
  },

  async get(call) {
    return { body: await userOf(call) };
  },

  async update(call) {
    const user = await userOf(call);
    if (call.ifMatch !== user.version) throw new ProblemError('version_mismatch');
    if (user.status === 'restricted' && call.body.status !== undefined)
      throw new ProblemError('unprocessable', 'The user is restricted: release them first.');
    checkAttributes((await workspaceOf(call)).userAttributes, call.body.attributes, 'operator');
    const changed = changedUser(user, call.body, call.now);
    return {
      body: changed,
      writes: [...(await userUpdated(call, changed)), ...(await movedZone(call, user, changed))],
    };
  },

  async getTags(call) {
    return { body: tagsOf(await userOf(call)) };
  },

  async setTags(call) {
    const user = await userOf(call);
    if (call.ifMatch !== user.version) throw new ProblemError('version_mismatch');
    const changed = changedUser(user, call.body, call.now);
    return { body: tagsOf(changed), writes: await userUpdated(call, changed) };
  },

  async teams(call) {
    const { id } = await userOf(call);
    const { table } = call.platform;
    const at = call.query.at === undefined ? undefined : utcInstant(call.query.at);
    const filters = { user: id, at };
    const reach = reachOf(call, filters);
    if (at === undefined) {
      const found = await listMemberships(table, call.scope, id, reach);
      return { body: pageOf(call, filters, found, (membership) => membership) };
    }
    const membership = await membershipAt(table, call.scope, id, at);
    return { body: { items: membership === undefined ? [] : [membership], nextCursor: null } };
  },

  async sheet(call) {
    const user = await userOf(call);
    const { table } = call.platform;
    const reader = await readerFor(call, user);
    const { definitions, rulebook, periodNow, today } = reader;
    const missions = definitions.missions.filter((one) => one.status === 'published');
    const boards = definitions.leaderboards.filter((one) => one.status === 'published');
    const sheet = await getSheet(table, call.scope, user.id);
    const progress = missions.flatMap((mission) => {
      const period = periodNow(mission.schedule);
      return period === null ? [] : (lookup(sheet.state.progress, progressSlot(mission.id, period)) ?? []);
    });
    const scores = await getRecords(
      table,
      call.scope,
      user.id,
      'score',
      boards.map((board) => scoreId(board.id, currentPeriod(board.window, today))),
    );
    const streaks = definitions.streaks.filter((one) => one.status === 'published');
    return {
      body: {
        user,
        wallets: walletsOf(sheet, call.now),
        progress: progress.map((record) => presentProgress(record, rulebook, reader)),
        streaks: streaks.map((streak) => {
          const { current, longest, lastDay, freezes } = presentStreak(call, sheet.state, streak, reader);
          return { streak: streak.id, current, longest, lastDay, freezes };
        }),
        scores: [...scores.values()].map(({ leaderboard, period, score }) => ({ leaderboard, period, score })),
        badges: badgeList(sheet.state).map((record) => ({
          badge: record.badge,
          count: record.count,
          tier: tierOf(record),
        })),
        levels: definitions.levelTracks.flatMap((track) =>
          track.status === 'published' ? [{ track: track.id, level: levelIn(track, sheet.state).level }] : [],
        ),
      },
    };
  },

  async events(call) {
    return { body: await playerEventPage(call, (await userOf(call)).id) };
  },

  async progress(call) {
    return { body: await progressPage(call, await readerFor(call, await userOf(call))) };
  },

  async wallets(call) {
    return { body: await walletPage(call, (await userOf(call)).id) };
  },

  async redemptions(call) {
    return redemptionsOf(call, (await userOf(call)).id);
  },

  async grant(call) {
    return giveByHand(call, await userOf(call), call.body);
  },

  async mintToken(call) {
    const user = await userOf(call);
    if (user.status !== 'active') throw new ProblemError('forbidden', 'The user is suspended.');
    const { tenant, workspace } = call.scope;
    const now = Date.now();
    const minted = await mintPlayerToken(call.platform.tokens, { tenant, workspace, user: user.id, now });
    const expiresIn = Math.floor((minted.expiresAt - now) / 1000);
    return { body: { accessToken: minted.token, tokenType: 'Bearer', expiresIn, userId: user.id } };
  },
};
