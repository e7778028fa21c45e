import type { RouteMeta } from '@laurel/contract';
import { Id } from '@laurel/contract/shared/ids';
import { certainAttributes, isNarrowed } from '../domain/index.ts';
import type { About, HeldRole } from '../ports/policy.ts';
import { getMarks } from '../store/events.ts';
import { getPlacement } from '../store/memberships.ts';
import type { Scope } from '../store/scope.ts';
import { getWorkspace } from '../store/tenants.ts';
import { getUser, getUserByExternalId } from '../store/users.ts';
import type { Platform } from './platform.ts';

/** The parts of a request that may name whom it is about, before they are validated. */
export interface RequestParts {
  readonly params: unknown;
  readonly query?: unknown;
  readonly content?: unknown;
}

type Looker = { readonly platform: Pick<Platform, 'table'>; readonly scope: Scope };

const EVERYONE: About = { kind: 'everyone' };
const NOBODY: About = { kind: 'nobody' };

/** Whom a route is about where no request is at hand: the most that it can be. */
export function widestAbout({ action, concerns }: Pick<RouteMeta, 'action' | 'concerns'>): About {
  return !action.startsWith('dashboard:') || concerns === 'nobody' || concerns === 'seen' ? NOBODY : EVERYONE;
}

/** The id at a place of the request, as long as it is one. */
function idAt({ params, query, content }: RequestParts, pointer: string): string | undefined {
  const [, first = '', second] = pointer.split('/');
  const [part, name] = second === undefined ? [content, first] : [first === 'query' ? query : params, second];
  if (typeof part !== 'object' || part === null || !Object.hasOwn(part, name)) return undefined;
  const id = Id.safeParse(Reflect.get(part, name));
  return id.success ? id.data : undefined;
}

/** Finds whom a name in a request means. Events belong to their players. */
const finders = {
  user: ({ platform, scope }: Looker, id: string) => getUser(platform.table, scope, id),
  externalUser: ({ platform, scope }: Looker, id: string) => getUserByExternalId(platform.table, scope, id),
  event: async ({ platform, scope }: Looker, id: string) => {
    const mark = (await getMarks(platform.table, scope, [id])).get(id);
    return mark && getUser(platform.table, scope, mark.userId);
  },
};

/**
 * One player as policies see them: by declared attributes alone, since others say what anybody wrote, and by the team
 * that they are in. Whoever is not there has neither, and so looks like one whom the caller may not see.
 */
export async function aboutUser(looker: Looker, by: keyof typeof finders, id: string): Promise<About> {
  const { platform, scope } = looker;
  const [user, workspace] = await Promise.all([
    finders[by](looker, id),
    getWorkspace(platform.table, scope.tenant, scope.workspace),
  ]);
  if (user === undefined) return { kind: 'user', id, attributes: {}, team: null };
  const { current } = await getPlacement(platform.table, scope, user.id);
  const attributes = certainAttributes(user.attributes, workspace?.userAttributes ?? null);
  return { kind: 'user', id: user.id, attributes, team: current?.team ?? null };
}

/**
 * Whom a call is about. Players are only looked up for callers who may see some and not others; where a request names
 * more than one, or in more than one way, it is about everybody.
 */
export async function aboutOf(
  looker: Looker,
  meta: RouteMeta,
  role: HeldRole | undefined,
  request: RequestParts,
): Promise<About> {
  const { concerns } = meta;
  if (typeof concerns !== 'object' || !meta.action.startsWith('dashboard:')) return widestAbout(meta);
  const named = (['user', 'externalUser', 'team', 'event'] as const).flatMap((by) => {
    const pointer = concerns[by];
    const id = pointer === undefined ? undefined : idAt(request, pointer);
    return id === undefined ? [] : [{ by, id }];
  });
  const [one, ...others] = named;
  if (one === undefined || others.length > 0) return EVERYONE;
  const { by, id } = one;
  if (by === 'team') return { kind: 'team', id };
  return role !== undefined && isNarrowed(role.conditions) ? aboutUser(looker, by, id) : EVERYONE;
}
