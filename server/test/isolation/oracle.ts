import type { Caller, Level, RouteMeta } from '@laurel/contract';

/** Who calls, as far as permission depends on it. Nothing here is taken from the platform's own code. */
export interface CallerFacts {
  readonly kind: Caller;
  /** Whose credential it is. */
  readonly tenant: string;
  readonly workspace: string;
  /** Whether it is good, known but not allowed now, or no longer one of anybody. */
  readonly standing: 'active' | 'suspended' | 'unknown';
  /** Of operators. */
  readonly role?: string;
  /** Of machines. */
  readonly scopes?: readonly string[];
  /** Whether the tenant is the one that runs the platform. */
  readonly runsPlatform: boolean;
}

/** Whose things a call is about. */
export interface Resource {
  readonly tenant: string;
  readonly workspace: string;
}

/** What becomes of a call at the door: the code of the refusal, or it is let in to be judged by what it asks. */
export type Verdict = 'invalid_token' | 'forbidden' | 'insufficient_scope' | 'not_found' | 'let in';

/** The levels that each role reaches, written down a second time: the first is `server/policies/roles.cedar`. */
const reached: Readonly<Record<string, readonly Level[]>> = {
  viewer: ['read'],
  member: ['read', 'operate'],
  manager: ['read', 'operate', 'author'],
  admin: ['read', 'operate', 'author', 'administer'],
  owner: ['read', 'operate', 'author', 'administer', 'own'],
};

/** Whether what the caller is reaches what the route demands, whosever things it is about. */
function isEntitled({ level, scope }: RouteMeta, caller: CallerFacts): boolean {
  if (level === 'run' && !caller.runsPlatform) return false;
  switch (caller.kind) {
    case 'player':
      return level === 'play';
    case 'machine':
      return caller.scopes?.includes(scope) === true;
    case 'operator':
      return level === 'run' ? caller.role === 'owner' : (reached[caller.role ?? '']?.includes(level) ?? false);
  }
}

/** Whether the caller may reach whose things these are. */
function isWithinReach({ level }: RouteMeta, caller: CallerFacts, resource: Resource): boolean {
  const isAboutTenant = level === 'run' || level === 'own';
  if (resource.tenant !== caller.tenant) return isAboutTenant && caller.runsPlatform;
  if (resource.workspace === caller.workspace) return true;
  return isAboutTenant && (caller.kind === 'operator' || caller.runsPlatform);
}

/**
 * What must become of a call, from the route's metadata alone: 401 for whoever is nobody at this host, 403 for a known
 * caller who may not, and 404 for whatever is outside of the caller's tenant or workspace.
 * Where no token is asked for, everybody is let in.
 * @param host the tenant whose API is called
 */
export function verdictOf(
  meta: RouteMeta,
  host: string,
  caller: CallerFacts | undefined,
  resource: Resource | undefined,
): Verdict {
  if (meta.open === true) return 'let in';
  if (caller === undefined || caller.tenant !== host || caller.standing === 'unknown') return 'invalid_token';
  if (caller.standing === 'suspended') return 'forbidden';
  const asked = resource ?? caller;
  const isListed = meta.callers.includes(caller.kind);
  if (isListed && isEntitled(meta, caller) && isWithinReach(meta, caller, asked)) return 'let in';
  if (asked.tenant !== caller.tenant || asked.workspace !== caller.workspace) return 'not_found';
  return caller.kind === 'machine' && caller.scopes?.includes(meta.scope) !== true ? 'insufficient_scope' : 'forbidden';
}
