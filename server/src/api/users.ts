import type { Contract } from '@laurel/contract';
import type { User, UserCreate, UserUpdate } from '@laurel/contract/users/schema';
import { progressId, scoreId, walletOf } from '../domain/index.ts';
import { mintPlayerToken } from '../identity/player-token.ts';
import { getSheet, getSlices } from '../store/players.ts';
import { createUser, getUser, getUserByExternalId, listUsers, updateUser } from '../store/users.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { notFound, ProblemError } from './problem.ts';
import { presentProgress } from './progress.ts';
import { currentPeriod, readerFor } from './reader.ts';
import { runsOf, standingIn } from './streaks.ts';

/** What others see of a player without a name of their own: never an id, which is theirs alone. */
export function displayNameOf(userId: string, user: Pick<User, 'displayName'> | undefined): string {
  return user?.displayName ?? `Player ${userId.slice(-4)}`;
}

/** A user as they are when new. */
export function newUser(given: UserCreate, id: string, now: string): User {
  return {
    id,
    externalId: given.externalId ?? null,
    displayName: given.displayName ?? null,
    language: given.language ?? null,
    zone: given.zone ?? null,
    status: 'active',
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/** A user after a change; what the change does not name stays. */
export function changedUser(user: User, change: UserUpdate, now: string): User {
  const { displayName = user.displayName, language = user.language, zone = user.zone, status = user.status } = change;
  return { ...user, displayName, language, zone, status, version: user.version + 1, updatedAt: now };
}

async function userOf(call: CallContext & { readonly params: { readonly id: string } }): Promise<User> {
  const user = await getUser(call.platform.table, call.scope, call.params.id);
  if (user === undefined) throw notFound();
  return user;
}

export const users: Handlers<Contract['dashboard']['users']> = {
  async list(call) {
    const { status } = call.query;
    const filters = { status };
    const keep = (user: User) => status === undefined || user.status === status;
    const found = await listUsers(call.platform.table, call.scope, reachOf(call, filters), keep);
    return { body: pageOf(call, filters, found, (user) => user) };
  },

  async create(call) {
    const user = newUser(call.body, call.body.id ?? call.platform.newId('user'), call.now);
    return { body: user, writes: createUser(call.platform.table, call.scope, user) };
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
    const changed = changedUser(user, call.body, call.now);
    return { body: changed, writes: updateUser(call.platform.table, call.scope, changed) };
  },

  async sheet(call) {
    const user = await userOf(call);
    const { table } = call.platform;
    const { definitions, rulebook, today } = await readerFor(call, user);
    const missions = definitions.missions.filter((one) => one.status === 'published');
    const boards = definitions.leaderboards.filter((one) => one.status === 'published');
    const sheet = await getSheet(table, call.scope, user.id);
    const { progress, scores } = await getSlices(table, call.scope, user.id, {
      progress: missions.map((mission) => progressId(mission.id, currentPeriod(mission.schedule, today))),
      streaks: [],
      scores: boards.map((board) => scoreId(board.id, currentPeriod(board.window, today))),
    });
    const streaks = definitions.streaks.filter((one) => one.status === 'published');
    const runs = await runsOf(
      call,
      user.id,
      streaks.map((streak) => streak.id),
    );
    return {
      body: {
        user,
        wallets: Object.keys(sheet.wallets)
          .toSorted()
          .map((currency) => ({ currency, available: walletOf(sheet, currency).balance })),
        progress: Object.values(progress).map((record) => presentProgress(record, rulebook, today)),
        streaks: streaks.map(({ id, zone }) => {
          const { current, longest, lastDay } = standingIn(runs[id] ?? [], today(zone).dayNumber);
          return { streak: id, current, longest, lastDay };
        }),
        scores: Object.values(scores).map(({ leaderboard, period, score }) => ({ leaderboard, period, score })),
      },
    };
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
