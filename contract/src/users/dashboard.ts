import * as z from 'zod';
import { EventPage } from '../events/schema.ts';
import { ProgressPage, ProgressQuery } from '../progress/schema.ts';
import { RedemptionPage, RedemptionState } from '../redemptions/schema.ts';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { Tag } from '../shared/tags.ts';
import { Instant } from '../shared/time.ts';
import { TeamMembership } from '../teams/schema.ts';
import { WalletPage } from '../wallets/schema.ts';
import {
  Grant,
  GrantCreate,
  MAX_USERS,
  PlayerSheet,
  PlayerToken,
  User,
  UserBatchReceipt,
  UserCreate,
  UserCreateBatch,
  UserStatus,
  UserTagList,
  UserTags,
  UserUpdate,
} from './schema.ts';

const params = z.strictObject({ id: Id });

export const users = c.router({
  list: {
    method: 'GET',
    path: '/users',
    summary: 'List users',
    description:
      'The users of the workspace, the newest last. Filters are held against up to 1,000 users a page, so that a page may be short, or empty, before the end: read on while there is a `nextCursor`.',
    query: PageQuery.extend({
      status: UserStatus.optional(),
      tag: Tag.optional().meta({ description: 'Those with this tag.' }),
      attribute: z
        .string()
        .max(1100)
        .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}:/, 'use a name, a colon and a value, such as plan:pro')
        .optional()
        .meta({ description: 'Those with this value of an attribute: `plan:pro`.', example: 'plan:pro' }),
    }),
    responses: { 200: page('UserPage', User) },
    metadata: reads('dashboard', 'users', { concerns: 'seen' }),
  },
  create: {
    method: 'POST',
    path: '/users',
    summary: 'Create a user',
    description: 'Creates a user; an external id belongs to one user only.',
    body: UserCreate,
    responses: { 201: User },
    metadata: changes('dashboard', 'users', 'operate', { etag: true }),
  },
  createBatch: {
    method: 'POST',
    path: '/users/batch',
    summary: 'Create up to 100 users',
    description: 'Creates each user by itself, and answers for each. An external id that is taken is a rejected item.',
    body: UserCreateBatch,
    responses: { 200: UserBatchReceipt },
    metadata: changes('dashboard', 'users', 'operate', {
      batch: { items: 'users', most: MAX_USERS },
    }),
  },
  getByExternalId: {
    method: 'GET',
    path: '/users/by-external-id/:externalId',
    pathParams: z.strictObject({ externalId: Id }),
    summary: 'Get a user by your own id',
    description: 'The user with this external id.',
    responses: { 200: User },
    metadata: reads('dashboard', 'users', { etag: true, concerns: { externalUser: '/params/externalId' } }),
  },
  get: {
    method: 'GET',
    path: '/users/:id',
    pathParams: params,
    summary: 'Get a user',
    description: 'One user; its ETag is what a change must name.',
    responses: { 200: User },
    metadata: reads('dashboard', 'users', { etag: true, concerns: { user: '/params/id' } }),
  },
  update: {
    method: 'PATCH',
    path: '/users/:id',
    pathParams: params,
    summary: 'Change a user',
    description: 'Changes what the body names, with the ETag that was read as If-Match.',
    body: UserUpdate,
    responses: { 200: User },
    metadata: changes('dashboard', 'users', 'operate', {
      idempotency: 'safe',
      etag: true,
      concerns: { user: '/params/id' },
    }),
  },
  getTags: {
    method: 'GET',
    path: '/users/:id/tags',
    pathParams: params,
    summary: "Get a user's tags",
    description: 'All tags of a user; the ETag is what setting them must name.',
    responses: { 200: UserTagList },
    metadata: reads('dashboard', 'users', { etag: true, concerns: { user: '/params/id' } }),
  },
  setTags: {
    method: 'PUT',
    path: '/users/:id/tags',
    pathParams: params,
    summary: "Set a user's tags",
    description: 'Replaces all tags of a user, with the ETag that was read as If-Match.',
    body: UserTags,
    responses: { 200: UserTagList },
    metadata: changes('dashboard', 'users', 'operate', {
      idempotency: 'safe',
      etag: true,
      concerns: { user: '/params/id' },
    }),
  },
  teams: {
    method: 'GET',
    path: '/users/:id/teams',
    pathParams: params,
    summary: "List a player's teams",
    description: 'The team that a player is in and those that they were in, the latest first.',
    query: PageQuery.extend({ at: Instant.optional().meta({ description: 'The one team at this moment alone.' }) }),
    responses: { 200: page('TeamMembershipPage', TeamMembership) },
    metadata: reads('dashboard', 'users', { concerns: { user: '/params/id' } }),
  },
  sheet: {
    method: 'GET',
    path: '/users/:id/sheet',
    pathParams: params,
    summary: "Get all of a player's state",
    description: 'Wallets, progress, streaks, scores, badges and levels in one answer.',
    responses: { 200: PlayerSheet },
    metadata: reads('dashboard', 'users', { concerns: { user: '/params/id' } }),
  },
  events: {
    method: 'GET',
    path: '/users/:id/events',
    pathParams: params,
    summary: "List a player's events",
    description: 'The events of one player, the latest first.',
    query: PageQuery.extend({ activity: Id.optional() }),
    responses: { 200: EventPage },
    metadata: reads('dashboard', 'users', { concerns: { user: '/params/id' } }),
  },
  progress: {
    method: 'GET',
    path: '/users/:id/progress',
    pathParams: params,
    summary: "List a player's progress",
    description: 'The progress of one player in all missions and periods, by mission and then by period.',
    query: ProgressQuery,
    responses: { 200: ProgressPage },
    metadata: reads('dashboard', 'users', { concerns: { user: '/params/id' } }),
  },
  wallets: {
    method: 'GET',
    path: '/users/:id/wallets',
    pathParams: params,
    summary: "List a player's wallets",
    description: 'What one player has of each currency, by currency.',
    query: PageQuery,
    responses: { 200: WalletPage },
    metadata: reads('dashboard', 'users', { concerns: { user: '/params/id' } }),
  },
  redemptions: {
    method: 'GET',
    path: '/users/:id/redemptions',
    pathParams: params,
    summary: "List a user's redemptions",
    description: 'What the user asked for or was given of the catalogue, the latest first. Codes are not shown.',
    query: PageQuery.extend({ item: Id.optional(), state: RedemptionState.optional() }),
    responses: { 200: RedemptionPage },
    metadata: reads('dashboard', 'users', { concerns: { user: '/params/id' } }),
  },
  grant: {
    method: 'POST',
    path: '/users/:id/grants',
    pathParams: params,
    summary: 'Give something by hand',
    description:
      'Gives at once, with the note in the ledger. Its amounts are one transaction, which `ledger.reverse` takes back; badges and items are taken back by themselves. Send an Idempotency-Key, so that a repeat gives once.',
    body: GrantCreate,
    responses: { 201: Grant },
    metadata: changes('dashboard', 'users', 'author', {
      action: 'dashboard:grants.write',
      scope: 'grants:write',
      concerns: { user: '/params/id' },
    }),
  },
  mintToken: {
    method: 'POST',
    path: '/users/:id/tokens',
    pathParams: params,
    summary: "Make a token for a player's client",
    description: 'A token of 15 minutes that acts as this player and as nobody else.',
    body: c.noBody(),
    responses: { 201: PlayerToken },
    metadata: changes('dashboard', 'users', 'administer', {
      action: 'dashboard:users.impersonate',
      scope: 'users:tokens',
      rate: 'credential',
      idempotency: 'fresh',
      concerns: { user: '/params/id' },
    }),
  },
});
