import { contract, routesOf } from '@laurel/contract';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import {
  type ExternalPlayer,
  externalPlayerOf,
  type Principal,
  type RefusedPlayer,
  toContext,
  toRefusedContext,
} from '../identity/principal.ts';
import { commit } from '../store/commit.ts';
import { workspaceScope } from '../store/scope.ts';
import { getWorkspace } from '../store/tenants.ts';
import { getUserStatus, userIdOf, wasErased } from '../store/users.ts';
import type { ApiHandler } from './adapter.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import { headersOf, plainPath } from './gateway-event.ts';
import { createMethodsOf } from './match.ts';
import { mayPageCall } from './pages.ts';
import { roomsOf } from './people/usage-room.ts';
import type { Platform } from './platform.ts';
import { newUser } from './profile.ts';
import type { OpenStream } from './streams.ts';
import { userCreated } from './user-writes.ts';

/** The user whom a tenant's own issuer vouches for, or why they are let in no further. */
type Found = { readonly userId: string } | Pick<RefusedPlayer, 'code'>;

const UNKNOWN: Found = { code: 'invalid_token' };

/** An event of whoever was found. */
function eventOf(event: APIGatewayProxyEvent, external: ExternalPlayer, found: Found): APIGatewayProxyEvent {
  return { ...event, requestContext: { ...event.requestContext, authorizer: contextOf(external, found) } };
}

function contextOf({ tenant, workspace, tokenId }: ExternalPlayer, found: Found): Record<string, string> {
  if ('code' in found) return toRefusedContext({ tenant, code: found.code });
  const subject = found.userId;
  const player: Principal = { kind: 'player', tenant, workspace, subject, scopes: [], platform: false };
  return toContext(tokenId === undefined ? player : { ...player, tokenId });
}

/** Finds the user by what the tenant calls them; nothing where there is none. */
async function known(
  { table }: Platform,
  { tenant, workspace, externalId }: ExternalPlayer,
): Promise<Found | undefined> {
  const scope = workspaceScope(tenant, workspace);
  const userId = await userIdOf(table, scope, externalId);
  if (userId === undefined) return undefined;
  const status = await getUserStatus(table, scope, userId);
  if (status === undefined) return undefined;
  return status === 'active' ? { userId } : { code: 'forbidden' };
}

/**
 * Finds the user, or makes one where the workspace wants that and the plan has room, whoever else does so at the moment.
 * Whoever was erased is not made anew by a token that outlives them: only their tenant's backend can bring them back.
 */
async function knownOrMade(platform: Platform, external: ExternalPlayer): Promise<Found> {
  const { tenant, workspace, externalId } = external;
  const { table, newId, clocks } = platform;
  const scope = workspaceScope(tenant, workspace);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await known(platform, external);
    if (found !== undefined) return found;
    if ((await getWorkspace(table, tenant, workspace))?.createsUnknownUsers !== true) return UNKNOWN;
    if (await wasErased(table, scope, externalId)) return UNKNOWN;
    const now = await clocks.now(scope);
    const { players } = await roomsOf({ platform, scope, realNow: platform.clock.now() });
    if (players.left() === 0) return UNKNOWN;
    const user = newUser({ externalId }, newId('user'), now);
    const result = await commit(table, await userCreated({ platform, scope, now }, user));
    if (result.kind === 'committed') {
      players.take(1);
      return { userId: user.id };
    }
    await backOff(attempt);
  }
  throw new Error('an external player could not be made a user');
}

/** What of the app a path answers to: a call of anything else is no first call of it. */
const appMethodsOf = createMethodsOf(routesOf(contract).filter(({ context }) => context === 'app'));

/**
 * Lets in whom a tenant's own issuer vouches for: their first call of the app makes them a user, where the workspace
 * knows them not yet. On any other route, and from a page that may not call, they are a player like any other, and nobody
 * is looked for or made.
 */
export function externalPlayersAdmitted(platform: Platform, api: ApiHandler): ApiHandler {
  return async (event) => {
    const external = externalPlayerOf(event.requestContext.authorizer);
    if (external === undefined) return api(event);
    const method = event.httpMethod === 'HEAD' ? 'GET' : event.httpMethod;
    const isApp = appMethodsOf(plainPath(event.path)).includes(method);
    const mayBegin = isApp && (await mayPageCall(platform, external, headersOf(event).origin));
    const found = mayBegin ? await knownOrMade(platform, external) : { userId: platform.newId('user') };
    return api(eventOf(event, external, found));
  };
}

/** The same for streams, which only look: whoever has made no other call yet has nothing to be told. */
export function externalPlayersKnown(platform: Platform, open: OpenStream): OpenStream {
  return async (event, how) => {
    const external = externalPlayerOf(event.requestContext.authorizer);
    if (external === undefined) return open(event, how);
    return open(eventOf(event, external, (await known(platform, external)) ?? UNKNOWN), how);
  };
}
