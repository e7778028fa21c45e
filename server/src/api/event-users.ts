import type { User } from '@laurel/contract/users/schema';
import { commit } from '../store/commit.ts';
import { getUsers, userIdsByExternalId } from '../store/users.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import type { CallContext, PlayerRef } from './call.ts';
import type { Ingest } from './incoming.ts';
import { ProblemError, unknownReference } from './problem.ts';
import { newUser } from './profile.ts';
import { findUser } from './reader.ts';
import { userCreated } from './user-writes.ts';

function nameOf(player: PlayerRef): string {
  return 'userId' in player ? `id ${player.userId}` : `external ${player.externalUserId}`;
}

/** Who a reference means, as one name for all references to the same user. */
export function personOf(known: ReadonlyMap<string, User>, player: PlayerRef): string {
  const user = known.get(nameOf(player));
  return nameOf(user === undefined ? player : { userId: user.id });
}

/** Creates the user of an unknown external id; a call that was quicker has made the same user. */
async function createUnknown({ call, dryRun, rooms }: Ingest, externalId: string): Promise<User> {
  const user = newUser({ externalId }, call.platform.newId('user'), call.now);
  const { players } = rooms;
  if (players.take(1) === 0) throw players.refusal();
  let isCreated = dryRun;
  try {
    for (let attempt = 1; !isCreated && attempt <= ATTEMPTS; attempt += 1) {
      isCreated = (await commit(call.platform.table, await userCreated(call, user))).kind === 'committed';
      if (isCreated) break;
      const found = await findUser(call, { externalUserId: externalId });
      if (found !== undefined) return found;
      await backOff(attempt);
    }
  } finally {
    if (!isCreated) players.giveBack(1);
  }
  if (isCreated) return user;
  throw new ProblemError('conflict');
}

/** The users whom references name, by `nameOf`; unknown ones are absent. */
export async function findUsers(call: CallContext, players: readonly PlayerRef[]): Promise<Map<string, User>> {
  const { table } = call.platform;
  const external = players.flatMap((player) => ('externalUserId' in player ? [player.externalUserId] : []));
  const ids = await userIdsByExternalId(table, call.scope, external);
  const idOf = (player: PlayerRef) => ('userId' in player ? player.userId : ids.get(player.externalUserId));
  const users = await getUsers(
    table,
    call.scope,
    players.flatMap((player) => idOf(player) ?? []),
  );
  return new Map(
    players.flatMap((player) => {
      const user = users.get(idOf(player) ?? '');
      return user === undefined ? [] : [[nameOf(player), user] as const];
    }),
  );
}

/** Where the player was named: in a header on the app's routes, in the body elsewhere. */
function pointerTo({ call }: Ingest, player: PlayerRef): string {
  const [header, field] = 'userId' in player ? ['x-user-id', 'userId'] : ['x-external-user-id', 'externalUserId'];
  return call.player === undefined ? `/${field}` : `/headers/${header}`;
}

/** Whether the first event of somebody unknown creates them. */
export function isToBeCreated(
  { workspace }: Ingest,
  player: PlayerRef,
  known: ReadonlyMap<string, User>,
): player is { readonly externalUserId: string } {
  return 'externalUserId' in player && !known.has(nameOf(player)) && workspace.createsUnknownUsers;
}

/** The user whom a reference means, who is created where the workspace wants that. @throws ProblemError */
export async function userFor(ingest: Ingest, player: PlayerRef, known: ReadonlyMap<string, User>): Promise<User> {
  const user = known.get(nameOf(player));
  if (user !== undefined) {
    if (user.status !== 'active') throw new ProblemError('unprocessable', 'The user is suspended and earns nothing.');
    return user;
  }
  if (isToBeCreated(ingest, player, known)) return createUnknown(ingest, player.externalUserId);
  throw unknownReference(pointerTo(ingest, player), 'user');
}
