import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { Role, RoleCreate, RoleUpdate } from './schema.ts';

const pathParams = z.strictObject({ id: Id.meta({ example: 'viewer' }) });
const about = { concerns: 'nobody' } as const;

export const roles = c.router({
  list: {
    method: 'GET',
    path: '/roles',
    summary: 'List roles',
    description: 'The roles that every workspace has, the strongest first, and then those of this one.',
    query: PageQuery,
    responses: { 200: page('RolePage', Role) },
    metadata: reads('dashboard', 'roles', { level: 'administer', ...about }),
  },
  create: {
    method: 'POST',
    path: '/roles',
    summary: 'Create a role',
    description: 'A named set of permissions, with conditions. Nobody can make a role that holds what they lack.',
    body: RoleCreate,
    responses: { 201: Role },
    metadata: changes('dashboard', 'roles', 'administer', { etag: true, ...about }),
  },
  get: {
    method: 'GET',
    path: '/roles/:id',
    pathParams,
    summary: 'Get a role',
    description: 'One role; its ETag is what a change must name.',
    responses: { 200: Role },
    metadata: reads('dashboard', 'roles', { level: 'administer', etag: true, ...about }),
  },
  update: {
    method: 'PUT',
    path: '/roles/:id',
    pathParams,
    summary: 'Change a role',
    description:
      'Replaces all of it, with the ETag that was read as If-Match; whoever has it is held to it from then on. Nobody can change a role to what they lack, nor one that holds what they lack.',
    body: RoleUpdate,
    responses: { 200: Role },
    metadata: changes('dashboard', 'roles', 'administer', { idempotency: 'safe', etag: true, ...about }),
  },
  remove: {
    method: 'DELETE',
    path: '/roles/:id',
    pathParams,
    summary: 'Delete a role',
    description: 'Deletes a role that nobody has.',
    body: c.noBody(),
    responses: { 200: Role },
    metadata: changes('dashboard', 'roles', 'administer', { ...about }),
  },
});
