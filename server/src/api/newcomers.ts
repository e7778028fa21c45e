import type { User } from '@laurel/contract/users/schema';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type Newcomer, newcomerOf, type Principal, toContext } from '../identity/principal.ts';
import { commit } from '../store/commit.ts';
import { workspaceScope } from '../store/scope.ts';
import { getWorkspace } from '../store/tenants.ts';
import { getUserByExternalId } from '../store/users.ts';
import type { ApiHandler } from './adapter.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import { headersOf } from './gateway-event.ts';
import { mayPageCall } from './pages.ts';
import { roomsOf } from './people/usage-room.ts';
import type { Platform } from './platform.ts';
import { newUser } from './profile.ts';
import type { OpenStream } from './streams.ts';
import { userCreated } from './user-writes.ts';

/** An event of whoever the newcomer is; of nobody where there is no user for them. */
function eventOf(event: APIGatewayProxyEvent, newcomer: Newcomer, userId: string | undefined): APIGatewayProxyEvent {
  return { ...event, requestContext: { ...event.requestContext, authorizer: contextOf(newcomer, userId) } };
}

function contextOf(
  { tenant, workspace, tokenId }: Newcomer,
  subject: string | undefined,
): Record<string, string> | null {
  if (subject === undefined) return null;
  const player: Principal = { kind: 'player', tenant, workspace, subject, scopes: [], platform: false };
  return toContext(tokenId === undefined ? player : { ...player, tokenId });
}

const isActive = (user: User | undefined): user is User => user?.status === 'active';

/**
 * Makes a newcomer a user, whoever else does so at the moment; nothing where the workspace does not want that, or where
 * its tenant's plan has no room.
 */
async function userFor(platform: Platform, { tenant, workspace, externalId }: Newcomer): Promise<User | undefined> {
  const { table, newId, clocks } = platform;
  const scope = workspaceScope(tenant, workspace);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const known = await getUserByExternalId(table, scope, externalId);
    if (known !== undefined) return isActive(known) ? known : undefined;
    if ((await getWorkspace(table, tenant, workspace))?.createsUnknownUsers !== true) return undefined;
    const now = await clocks.now(scope);
    const { players } = await roomsOf({ platform, scope, realNow: platform.clock.now() });
    if (players.left() === 0) return undefined;
    const user = newUser({ externalId }, newId('user'), now);
    const result = await commit(table, userCreated({ platform, scope, now }, user));
    if (result.kind === 'committed') {
      players.take(1);
      return user;
    }
    await backOff(attempt);
  }
  throw new Error('a newcomer could not be made a user');
}

/**
 * Lets in whom a tenant's own issuer vouches for and whom the workspace does not know yet: their first call of the app
 * makes them a user. On any other route, and from a page that may not call, they are a player like any other, and nothing
 * is made.
 */
export function newcomersAdmitted(platform: Platform, api: ApiHandler): ApiHandler {
  return async (event) => {
    const newcomer = newcomerOf(event.requestContext.authorizer);
    if (newcomer === undefined) return api(event);
    const isApp = event.path.startsWith('/app/v1/') && event.httpMethod !== 'OPTIONS';
    const mayBegin = isApp && (await mayPageCall(platform, newcomer, headersOf(event).origin));
    return api(eventOf(event, newcomer, mayBegin ? (await userFor(platform, newcomer))?.id : platform.newId('user')));
  };
}

/** The same for streams, which only look: whoever has made no other call yet has nothing to be told. */
export function newcomersKnown(platform: Platform, open: OpenStream): OpenStream {
  return async (event, how) => {
    const newcomer = newcomerOf(event.requestContext.authorizer);
    if (newcomer === undefined) return open(event, how);
    const scope = workspaceScope(newcomer.tenant, newcomer.workspace);
    const user = await getUserByExternalId(platform.table, scope, newcomer.externalId);
    return open(eventOf(event, newcomer, isActive(user) ? user.id : undefined), how);
  };
}
