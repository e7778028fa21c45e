import type { Principal } from '../identity/principal.ts';

/** Not exported, so that no other module can make a scope. */
const verified: unique symbol = Symbol('verified');

/**
 * Whose data a call may touch: one workspace of one tenant. It is the only thing that can build a key, and it is made
 * from verified claims alone, so a key outside the caller's workspace cannot be written down.
 */
export interface Scope {
  readonly tenant: string;
  readonly workspace: string;
  readonly [verified]: true;
}

/** The tenant part of keys that belong to the platform itself; no tenant can have this name. */
const PLATFORM = '@platform';
/** The workspace part of keys that belong to a tenant as a whole; no workspace can have this name. */
const WHOLE_TENANT = '@';

const SLUG = /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/;

function scope(tenant: string, workspace: string): Scope {
  return { tenant, workspace, [verified]: true };
}

function slug(value: string): string {
  if (!SLUG.test(value)) throw new Error('a scope is made of slugs only');
  return value;
}

/** The workspace that a verified principal acts in. */
export function scopeOf(principal: Principal): Scope {
  return scope(slug(principal.tenant), slug(principal.workspace));
}

/** What belongs to a tenant as a whole: its record, its workspaces, its API clients. */
export function tenantScope(tenant: string): Scope {
  return scope(slug(tenant), WHOLE_TENANT);
}

/** One workspace, named by configuration or by whoever runs the platform, never by a caller's input alone. */
export function workspaceScope(tenant: string, workspace: string): Scope {
  return scope(slug(tenant), slug(workspace));
}

/** The scope of a place that was written down as the names of one: a workspace, or a tenant as a whole. */
export function placeScope({ tenant, workspace }: Pick<Scope, 'tenant' | 'workspace'>): Scope {
  return workspace === WHOLE_TENANT ? tenantScope(tenant) : workspaceScope(tenant, workspace);
}

/** What belongs to the platform: the lists of tenants and of client ids. */
export function platformScope(): Scope {
  return scope(PLATFORM, WHOLE_TENANT);
}

/** The workspace that an item of the table belongs to, by its key: only this folder writes keys. */
export function scopeOfKey({ pk }: Pick<Key, 'pk'>): Scope | undefined {
  const [, tenant = '', workspace = ''] = /^T#([^#]+)#W#([^#]+)#/.exec(pk) ?? [];
  return SLUG.test(tenant) && SLUG.test(workspace) ? scope(tenant, workspace) : undefined;
}

/** A primary key of the table. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** A key of the table's one index. */
export interface IndexKey {
  readonly gsi1pk: string;
  readonly gsi1sk: string;
}

/** `#` parts a key; a value can hold one only escaped, so that no value forges a part. */
function escapePart(part: string): string {
  return part.replace(/%/g, '%25').replace(/#/g, '%23');
}

function join(parts: readonly string[]): string {
  return parts.map(escapePart).join('#');
}

function partitionOf(within: Scope, parts: readonly string[]): string {
  return join(['T', within.tenant, 'W', within.workspace, ...parts]);
}

/** The key of an item: the scope's prefix, the partition, the place in it. */
export function keyOf(within: Scope, partition: readonly string[], sort: readonly string[]): Key {
  return { pk: partitionOf(within, partition), sk: join(sort) };
}

/** The key of an item in the index, with the scope's prefix as well. */
export function indexKeyOf(within: Scope, partition: readonly string[], sort: readonly string[]): IndexKey {
  return { gsi1pk: partitionOf(within, partition), gsi1sk: join(sort) };
}

/** The text that the sort keys of a group begin with: its parts, each closed by `#`. */
export function sortPrefix(parts: readonly string[]): string {
  return parts.length === 0 ? '' : `${join(parts)}#`;
}

/** A place in a partition, as its text: the same in whatever partition. */
export function sortText(parts: readonly string[]): string {
  return join(parts);
}

/** The parts of a sort key, as they were given. */
export function sortParts(sort: string): string[] {
  return sort.split('#').map((part) => part.replace(/%23/g, '#').replace(/%25/g, '%'));
}

/** A number as text that sorts like the number: integers from 0 to 2^53. */
export function sortableNumber(value: number): string {
  return String(value).padStart(16, '0');
}

/**
 * A key of what is kept beside the table, such as in a cache or a limiter: it begins with the scope like every other, so
 * that the same parts in two tenants are two keys.
 */
export function textKeyOf(within: Scope, parts: readonly string[]): string {
  return partitionOf(within, parts);
}
