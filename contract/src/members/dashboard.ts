import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { DashboardMe, Member, MemberUpdate } from './schema.ts';

const params = z.strictObject({ id: Id });

export const members = c.router({
  list: {
    method: 'GET',
    path: '/members',
    summary: 'List members',
    description: 'Who works in this workspace.',
    query: PageQuery,
    responses: { 200: page('MemberPage', Member) },
    metadata: reads('dashboard', 'members', { level: 'administer' }),
  },
  get: {
    method: 'GET',
    path: '/members/:id',
    pathParams: params,
    summary: 'Get a member',
    description: 'Somebody who works in this workspace.',
    responses: { 200: Member },
    metadata: reads('dashboard', 'members', { level: 'administer', etag: true }),
  },
  update: {
    method: 'PATCH',
    path: '/members/:id',
    pathParams: params,
    summary: 'Change a member',
    description:
      'Another role, or a suspension, felt within 60 seconds. Nobody gives a role above their own, or touches whoever has one. The last owner who is active stays that.',
    body: MemberUpdate,
    responses: { 200: Member },
    metadata: changes('dashboard', 'members', 'administer', { idempotency: 'safe', etag: true }),
  },
  remove: {
    method: 'DELETE',
    path: '/members/:id',
    pathParams: params,
    summary: 'Remove a member',
    description:
      'They are refused within 60 seconds; their seat is free once they work in no other workspace of the tenant. The last owner who is active stays.',
    body: c.noBody(),
    responses: { 200: Member },
    metadata: changes('dashboard', 'members', 'administer', { idempotency: 'safe' }),
  },
});

export const dashboardMe = c.router({
  get: {
    method: 'GET',
    path: '/me',
    summary: 'Get who I am',
    description: 'Who the token is for, and where within this tenant they work. Nothing is told of other tenants.',
    responses: { 200: DashboardMe },
    metadata: reads('dashboard', 'me', { concerns: 'nobody' }),
  },
});
