/** The roles of operators, the strongest first. */
export const roles = ['owner', 'admin', 'manager', 'member', 'viewer'] as const;

/** What an operator is in a workspace. */
export type Role = (typeof roles)[number];

/** A role of a workspace's own, by its id, or one that every workspace has. */
export type RoleId = Role | `rol_${string}`;

/** Who calls: the outcome of a verified token and of the directory, never of anything else in a request. */
export interface Principal {
  readonly kind: 'machine' | 'operator' | 'player';
  readonly tenant: string;
  readonly workspace: string;
  /** The client id of a machine, the pool's `sub` of an operator, the user id of a player. */
  readonly subject: string;
  /** What a machine's token may do, as far as its client still may; empty for operators and players. */
  readonly scopes: readonly string[];
  /** Of operators only. */
  readonly role?: RoleId;
  /** Whether the tenant is the one whose people run the platform. */
  readonly platform: boolean;
  /** The token's `jti`, for the audit. */
  readonly tokenId?: string;
}

/**
 * Somebody whom the tenant's own issuer vouches for, by what the tenant calls them. They are no principal: who that is
 * stands in the table by a hash whose key authorizers do not have, so the API finds the user, or makes one.
 */
export interface ExternalPlayer {
  readonly kind: 'external';
  readonly tenant: string;
  readonly workspace: string;
  /** What the tenant calls them. */
  readonly externalId: string;
  readonly tokenId?: string;
}

const SLUG = /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/;
const SUBJECT = /^(?!\.{1,2}$)[A-Za-z0-9_.:-]{1,128}$/;
const SCOPES = /^(?:[a-z-]{1,40}:[a-z]{1,20}(?: [a-z-]{1,40}:[a-z]{1,20})*)?$/;
const TOKEN_ID = /^[\x21-\x7e]{1,256}$/;

/** Whether a value is the name of a tenant or of a workspace, to the letter: nothing is trimmed or folded. */
export function isSlug(value: unknown): value is string {
  return typeof value === 'string' && SLUG.test(value);
}

/** Whether a value is the id of a client, an operator or a user. */
export function isSubject(value: unknown): value is string {
  return typeof value === 'string' && SUBJECT.test(value);
}

/** Whether a value is the `jti` of a token. */
export function isTokenId(value: unknown): value is string {
  return typeof value === 'string' && TOKEN_ID.test(value);
}

/** Whether a value is a role that every workspace has. */
export function isBuiltIn(value: unknown): value is Role {
  return roles.some((role) => role === value);
}

const CUSTOM = /^rol_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether a value names a role, to the letter; one of a workspace's own need not exist. */
export function isRoleId(value: unknown): value is RoleId {
  return isBuiltIn(value) || (typeof value === 'string' && CUSTOM.test(value));
}

/**
 * The principal as the strings of `requestContext.authorizer`, which is how a gateway hands it to the handlers:
 * API Gateway carries strings only.
 */
export function toContext(principal: Principal): Record<string, string> {
  return {
    kind: principal.kind,
    tenant: principal.tenant,
    workspace: principal.workspace,
    subject: principal.subject,
    scopes: principal.scopes.join(' '),
    platform: String(principal.platform),
    ...(principal.role === undefined ? {} : { role: principal.role }),
    ...(principal.tokenId === undefined ? {} : { tokenId: principal.tokenId }),
  };
}

/** An external player as the strings of `requestContext.authorizer`, which {@link fromContext} takes for nobody. */
function toExternalContext({ kind, tenant, workspace, externalId, tokenId }: ExternalPlayer): Record<string, string> {
  return { kind, tenant, workspace, externalId, ...(tokenId === undefined ? {} : { tokenId }) };
}

/** The external player that {@link toExternalContext} wrote; nothing where the context is of anybody else. */
export function externalPlayerOf(context: unknown): ExternalPlayer | undefined {
  if (typeof context !== 'object' || context === null) return undefined;
  const { kind, tenant, workspace, externalId, tokenId }: Record<string, unknown> = { ...context };
  if (kind !== 'external' || !isSlug(tenant) || !isSlug(workspace) || !isSubject(externalId)) return undefined;
  if (tokenId !== undefined && !isTokenId(tokenId)) return undefined;
  return { kind, tenant, workspace, externalId, ...(tokenId === undefined ? {} : { tokenId }) };
}

/** Why the API lets somebody in no further for whom the tenant's own issuer vouches. */
export interface RefusedPlayer {
  readonly tenant: string;
  /** Nobody whom the workspace knows or makes a user; or one who may not call now. */
  readonly code: 'invalid_token' | 'forbidden';
}

/** Somebody who was refused as the strings of `requestContext.authorizer`, which {@link fromContext} takes for nobody. */
export function toRefusedContext({ tenant, code }: RefusedPlayer): Record<string, string> {
  return { kind: 'refused', tenant, code };
}

/** Who {@link toRefusedContext} wrote; nothing where the context is of anybody else. */
export function refusedPlayerOf(context: unknown): RefusedPlayer | undefined {
  if (typeof context !== 'object' || context === null) return undefined;
  const { kind, tenant, code }: Record<string, unknown> = { ...context };
  if (kind !== 'refused' || !isSlug(tenant) || (code !== 'invalid_token' && code !== 'forbidden')) return undefined;
  return { tenant, code };
}

/** Whoever an authorizer lets in, as strings. */
export function toCallerContext(caller: Principal | ExternalPlayer): Record<string, string> {
  return caller.kind === 'external' ? toExternalContext(caller) : toContext(caller);
}

/**
 * The principal that {@link toContext} wrote; nothing where any part is missing, is not a string, or is not to the
 * letter what the authorizer writes. Other keys are passed over, since API Gateway adds some of its own.
 */
export function fromContext(context: unknown): Principal | undefined {
  if (typeof context !== 'object' || context === null) return undefined;
  const { kind, tenant, workspace, subject, scopes, platform, role, tokenId }: Record<string, unknown> = { ...context };
  if (kind !== 'machine' && kind !== 'operator' && kind !== 'player') return undefined;
  if (!isSlug(tenant) || !isSlug(workspace) || !isSubject(subject)) return undefined;
  if (typeof scopes !== 'string' || !SCOPES.test(scopes) || (kind !== 'machine' && scopes !== '')) return undefined;
  if (platform !== 'true' && platform !== 'false') return undefined;
  if (kind === 'operator' ? !isRoleId(role) : role !== undefined) return undefined;
  if (tokenId !== undefined && !isTokenId(tokenId)) return undefined;
  return {
    kind,
    tenant,
    workspace,
    subject,
    scopes: scopes === '' ? [] : scopes.split(' '),
    platform: platform === 'true',
    ...(isRoleId(role) ? { role } : {}),
    ...(tokenId === undefined ? {} : { tokenId }),
  };
}
