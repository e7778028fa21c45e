import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { PlayerSheet, PlayerToken, User, UserCreate, UserStatus, UserUpdate } from './schema.ts';

const params = z.strictObject({ id: Id });

export const users = c.router({
  list: {
    method: 'GET',
    path: '/users',
    summary: 'List users',
    description: 'The users of the workspace, the newest last.',
    query: PageQuery.extend({ status: UserStatus.optional() }),
    responses: { 200: page('UserPage', User) },
    metadata: reads('dashboard', 'users'),
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
  getByExternalId: {
    method: 'GET',
    path: '/users/by-external-id/:externalId',
    pathParams: z.strictObject({ externalId: Id }),
    summary: 'Get a user by your own id',
    description: 'The user with this external id.',
    responses: { 200: User },
    metadata: reads('dashboard', 'users', { etag: true }),
  },
  get: {
    method: 'GET',
    path: '/users/:id',
    pathParams: params,
    summary: 'Get a user',
    description: 'One user; its ETag is what a change must name.',
    responses: { 200: User },
    metadata: reads('dashboard', 'users', { etag: true }),
  },
  update: {
    method: 'PATCH',
    path: '/users/:id',
    pathParams: params,
    summary: 'Change a user',
    description: 'Changes what the body names, with the ETag that was read as If-Match.',
    body: UserUpdate,
    responses: { 200: User },
    metadata: changes('dashboard', 'users', 'operate', { idempotency: 'safe', etag: true }),
  },
  sheet: {
    method: 'GET',
    path: '/users/:id/sheet',
    pathParams: params,
    summary: "Get all of a player's state",
    description: 'Wallets, progress, streaks and scores in one answer.',
    responses: { 200: PlayerSheet },
    metadata: reads('dashboard', 'users'),
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
    }),
  },
});
