import type { User } from '@laurel/contract/users/schema';
import { getUsers, userIdsByExternalId } from '../store/users.ts';
import type { CallContext, PlayerRef } from './call.ts';
import type { Ingest } from './incoming.ts';
import { assertPlays } from './may-play.ts';
import { unknownReference } from './problem.ts';

function nameOf(player: PlayerRef): string {
  return 'userId' in player ? `id ${player.userId}` : `external ${player.externalUserId}`;
}

/** Who a reference means, as one name for all references to the same user. */
export function personOf(known: ReadonlyMap<string, User>, player: PlayerRef): string {
  const user = known.get(nameOf(player));
  return nameOf(user === undefined ? player : { userId: user.id });
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

/** The user whom a reference means, or the external id of one to be made. @throws ProblemError */
export function addresseeOf(
  ingest: Ingest,
  player: PlayerRef,
  known: ReadonlyMap<string, User>,
): User | { readonly unknown: string } {
  const user = known.get(nameOf(player));
  if (user === undefined) {
    if ('externalUserId' in player && ingest.workspace.createsUnknownUsers) return { unknown: player.externalUserId };
    throw unknownReference(pointerTo(ingest, player), 'user');
  }
  assertPlays(user, 'The user is suspended and earns nothing.');
  return user;
}
