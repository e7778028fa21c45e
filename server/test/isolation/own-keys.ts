import { contract, type PlacedRoute, routesOf } from '@laurel/contract';
import type { Place } from '../support/platform.ts';

/** A key as it stands in a request or an answer: a partition of the table or of its index, and the place in it. */
export interface SeenKey {
  readonly partition: string;
  readonly sort: string;
}

/** A call over HTTP, as far as it decides which keys are its business. */
export interface Asked {
  /** The tenant whose API is called. */
  readonly host: string;
  /** Where the caller belongs; nothing for who has no good token. */
  readonly caller: Place | undefined;
  readonly route: PlacedRoute | undefined;
  /** The path within the tenant's API. */
  readonly path: string;
}

const patterns = routesOf(contract).map((placed) => {
  const parts = placed.route.path.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part));
  return {
    placed,
    pattern: new RegExp(`^${parts.join('/')}$`),
    fixed: parts.filter((part) => part !== '[^/]+').length,
  };
});

/** The route that a request is for: the one with the most fixed segments. */
export function routeOf(method: string, path: string): PlacedRoute | undefined {
  return patterns
    .filter(({ placed, pattern }) => placed.route.method === method && pattern.test(path))
    .toSorted((a, b) => b.fixed - a.fixed)[0]?.placed;
}

/** Whether a key stands in one of the cell's lines, and there in a workspace's own name. */
function isInLineOf(line: 'DUE' | 'AUDIT', { tenant, workspace }: Place, { partition, sort }: SeenKey): boolean {
  const named = sort.split('#').slice(1, 3).join();
  return partition.startsWith(`T#@platform#W#@#${line}#`) && named === `${tenant},${workspace}`;
}

/** The line of all that is due, by which the scheduler finds its work. */
export function isDueOf(place: Place, key: SeenKey): boolean {
  return isInLineOf('DUE', place, key);
}

/** Whether a key is of a record of the audit that waits to be sealed, whoever's it is. */
export function isRecord({ partition }: SeenKey): boolean {
  return /^T#[^#]+#W#[^#]+#AUDIT#OUTBOX#/.test(partition) || partition.startsWith('T#@platform#W#@#AUDIT#');
}

/** Whether a key is of how many wrong codes somebody tried: a guess is refused, and counted. */
export function isMiss({ partition }: SeenKey): boolean {
  return /^T#[^#]+#W#[^#@]+#MISSES#/.test(partition);
}

/** A record of the audit that waits to be sealed: each call leaves one, where whoever called belongs. */
export function isRecordedOf(place: Place, key: SeenKey): boolean {
  const { tenant, workspace } = place;
  return key.partition.startsWith(`T#${tenant}#W#${workspace}#AUDIT#OUTBOX#`) || isInLineOf('AUDIT', place, key);
}

/** Who may touch the platform's own lines, and why. Everybody else is wrong there. */
const platformLines: readonly { readonly who: RegExp; readonly line: string }[] = [
  // The token endpoint, which is one for all tenants, finds a new client's tenant by its id.
  { who: /^(?:dashboard\.apiClients\.create|platform\.workspaces\.createClient)$/, line: 'T#@platform#W#@#CLIENT#' },
  // People are of no tenant: where they may go is found by who they are, and an account by its address.
  { who: /^dashboard\.(?:invitations\.accept|members\.remove|joinCodes\.redeem)$/, line: 'T#@platform#W#@#ENTRANCES#' },
  { who: /^dashboard\.invitations\.accept$/, line: 'T#@platform#W#@#ACCOUNT' },
  // The list of tenants is for those who run them.
  { who: /^platform\.tenants\./, line: 'T#@platform#W#@#TENANTS' },
];

/** What of a tenant as a whole its workspaces' routes ask and change, and why. */
const tenantLines: readonly { readonly who: RegExp; readonly line: RegExp }[] = [
  // Somebody works in workspaces of one tenant, on one seat, and comes in by what is found in the tenant.
  {
    who: /^dashboard\.(?:members|invitations|joinCodes|domainRules|me)\./,
    line: /^(?:PEOPLE$|INVITATIONS$|ALLOTMENTS$|WORKSPACES$|DOMAIN#|JOIN-CODE#)/,
  },
  // The plan limits players and events: what the tenant has used is read where one is made or taken in.
  { who: /^(?:(?:app|dashboard)\.events\.track(?:Batch)?|dashboard\.users\.create(?:Batch)?)$/, line: /^USAGE#[0-7]$/ },
  // The plan counts the credentials of a tenant.
  { who: /^dashboard\.apiClients\./, line: /^ALLOTMENTS$/ },
];

/** What is the tenant's as a whole, for the routes that work with it. */
function isTenants({ host, route }: Asked, { partition }: SeenKey): boolean {
  const prefix = `T#${host}#W#@#`;
  const rest = partition.startsWith(prefix) ? partition.slice(prefix.length) : undefined;
  return rest !== undefined && tenantLines.some(({ who, line }) => who.test(route?.name ?? '') && line.test(rest));
}

/** Who accepts an invitation becomes a member where it is for, and nobody's token says where that is. */
function isEntered({ host, route }: Asked, { partition }: SeenKey): boolean {
  const [, tenant, , workspace, ...rest] = partition.split('#');
  return route?.meta?.open === true && tenant === host && workspace !== '@' && rest.join('#') === 'MEMBERS';
}

/** What the tenant's authorizer asks before anybody is known: the tenant, the workspace and the client of a token. */
function isAuthorizers({ host }: Asked, { partition }: SeenKey): boolean {
  if (partition === `T#${host}#W#@#WORKSPACES`) return true;
  return partition === `T#${host}#W#@#TENANT` || partition.startsWith(`T#${host}#W#@#CLIENT#`);
}

/** What a workspace begins with; which one it will be, the body says. */
const beginnings: readonly { readonly who: string; readonly lines: RegExp }[] = [
  // What is kept for some time comes due.
  { who: 'platform.workspaces.create', lines: /^DUE(?:#|$)/ },
  // A copy has the definitions of what it is of, and what comes due by them.
  { who: 'platform.workspaces.clone', lines: /^(?:RULESET|DEFINITIONS|DUE)(?:#|$)/ },
];

/** What a route of the platform is told to work on by its path, and the record of a tenant that it opens. */
function isNamed({ route, path }: Asked, { partition, sort }: SeenKey): boolean {
  if (route?.context !== 'platform') return false;
  // Which tenant it will be, and which workspace is its first, the body says; what is kept there for some time comes due.
  if (route.name === 'platform.tenants.create')
    return /^T#[^#]+#W#(?:@#(?:TENANT|WORKSPACES|ALLOTMENTS|INVITATIONS)$|[^#@]+#DUE#|@#DUE#)/.test(partition);
  const [, tenant, workspace] = /^\/platform\/v1\/tenants\/([^/]+)(?:\/workspaces\/([^/]+))?/.exec(path) ?? [];
  if (tenant === undefined) return false;
  if (partition.startsWith(`T#${tenant}#W#@#`) || partition === `T#${tenant}#W#${workspace}#CLIENTS`) return true;
  const begun = beginnings.find(({ who }) => who === route.name);
  if (begun === undefined) return false;
  const [, of, , within = '', ...rest] = partition.split('#');
  return (
    (of === tenant && within !== '@' && begun.lines.test(rest.join('#'))) ||
    isInLineOf('DUE', { tenant, workspace: sort.split('#')[2] ?? '' }, { partition, sort })
  );
}

/** What the tenant of a place has used of its plan, which the stream counts. */
export function isUsageOf({ tenant }: Place, { partition }: SeenKey): boolean {
  return partition.startsWith(`T#${tenant}#W#@#USAGE#`);
}

/** A workspace's own record, and its clock, stand among those of its tenant. */
export function isRecordOf({ tenant, workspace }: Place, { partition, sort }: SeenKey): boolean {
  return partition === `T#${tenant}#W#@#WORKSPACES` && [`WORKSPACE#${workspace}`, `CLOCK#${workspace}`].includes(sort);
}

/** The tenants that a call is about: whose API it asks, and the one that a route of the platform is told. */
function tenantsOf({ host, path }: Asked): string[] {
  const [, told] = /^\/platform\/v1\/tenants\/([^/]+)/.exec(path) ?? [];
  return told === undefined ? [host] : [host, told];
}

/** Whether a key is the business of a call. */
export function isOwnKey(asked: Asked, key: SeenKey): boolean {
  const { caller, host, route } = asked;
  const { partition } = key;
  if (isAuthorizers(asked, key) || isNamed(asked, key)) return true;
  if (isTenants(asked, key) || isEntered(asked, key)) return true;
  // Of strangers, and of what is done to a tenant, the tenant as a whole keeps the record.
  if (tenantsOf(asked).some((tenant) => isRecordedOf({ tenant, workspace: '@' }, key))) return true;
  if (platformLines.some(({ who, line }) => who.test(route?.name ?? '') && partition.startsWith(line))) return true;
  if (caller === undefined || caller.tenant !== host) return false;
  if (partition.startsWith(`T#${caller.tenant}#W#${caller.workspace}#`) || isRecordOf(caller, key)) return true;
  if (isRecordedOf(caller, key)) return true;
  // What comes due is noted with the change from which it follows.
  return route?.meta?.audit === 'change' && isDueOf(caller, key);
}
