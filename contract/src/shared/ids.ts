import * as z from 'zod';

/**
 * The one table of id prefixes. Laurel makes ids as `{prefix}_{ULID}`; callers may bring their own on create.
 * A row here is all that a new kind of thing needs.
 */
export const idPrefixes = {
  tenant: 'ten',
  workspace: 'wsp',
  user: 'usr',
  person: 'per',
  apiClient: 'cli',
  activity: 'act',
  event: 'evt',
  mission: 'mis',
  rewardRule: 'rul',
  currency: 'cur',
  streak: 'str',
  leaderboard: 'ldb',
  league: 'lgu',
  badge: 'bdg',
  levelTrack: 'lvl',
  release: 'rel',
  segment: 'seg',
  team: 'tea',
  teamMember: 'tmb',
  ledgerTransaction: 'txn',
  ledgerHold: 'hld',
  catalogItem: 'itm',
  redemption: 'rdm',
  historyEntry: 'ent',
  request: 'req',
  happening: 'hap',
  webhook: 'whk',
  invitation: 'inv',
  joinCode: 'jcd',
  domainRule: 'dom',
  clientSecret: 'sec',
  privacyRequest: 'prq',
  issuer: 'iss',
  role: 'rol',
  auditRecord: 'aud',
} as const;

/** A kind of thing that has ids of its own. */
export type IdKind = keyof typeof idPrefixes;

/** Any id: 1 to 128 of letters, digits and `_ . : -`, but never `.` or `..`, which are path segments. */
export const Id = z
  .string()
  .regex(/^(?!\.{1,2}$)[A-Za-z0-9_.:-]{1,128}$/, 'use 1 to 128 of A-Z a-z 0-9 _ . : - and neither "." nor ".."')
  .meta({
    id: 'Id',
    description: 'An id: 1 to 128 of letters, digits and `_ . : -`.',
    example: 'mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9',
  });

/**
 * The id of a definition: shorter than other ids, since the ids of progress are made of it and a period; and never the
 * name of something that every object has, since definitions are looked up by id in many places.
 */
export const DefinitionId = Id.max(100)
  .refine((id) => !(id in {}), 'this name is reserved: choose another')
  .meta({
    id: 'DefinitionId',
    description: 'An id of a definition: 1 to 100 of letters, digits and `_ . : -`.',
    example: 'weekly-five',
  });

/** A tenant's or workspace's name in URLs: lower-case letters, digits and inner hyphens, 3 to 40. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$/, 'use 3 to 40 of a-z 0-9 and inner hyphens')
  .meta({ id: 'Slug', description: 'A name for URLs: 3 to 40 of `a-z 0-9` and inner hyphens.', example: 'acme' });
