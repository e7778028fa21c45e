import * as z from 'zod';
import { ApiClientCreate, ApiClientWithSecret } from '../api-clients/schema.ts';
import { InvitationWithToken, WorkspaceInvitationCreate } from '../invitations/schema.ts';
import { c, changes, reads } from '../route.ts';
import { Slug } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { Workspace, WorkspaceClone, WorkspaceCreate } from '../workspaces/schema.ts';
import { Tenant, TenantCreate } from './schema.ts';

const params = z.strictObject({ tenant: Slug });
const inWorkspace = z.strictObject({ tenant: Slug, workspace: Slug });

export const tenants = c.router({
  list: {
    method: 'GET',
    path: '/tenants',
    summary: 'List tenants',
    description: 'Every tenant of this cell; for whoever runs the platform.',
    query: PageQuery,
    responses: { 200: page('TenantPage', Tenant) },
    metadata: reads('platform', 'tenants', { level: 'run' }),
  },
  create: {
    method: 'POST',
    path: '/tenants',
    summary: 'Create a tenant',
    description:
      'Opens the tenant; its own base URL answers from then on. With an owner, it has a first workspace, and they are invited into it.',
    body: TenantCreate,
    responses: { 201: Tenant },
    metadata: changes('platform', 'tenants', 'run'),
  },
  get: {
    method: 'GET',
    path: '/tenants/:tenant',
    pathParams: params,
    summary: 'Get a tenant',
    description: 'A tenant; owners read their own.',
    responses: { 200: Tenant },
    metadata: reads('platform', 'tenants', { action: 'platform:tenant.read', level: 'own' }),
  },
  suspend: {
    method: 'POST',
    path: '/tenants/:tenant/suspend',
    pathParams: params,
    summary: 'Suspend a tenant',
    description: 'Its callers are refused within 60 seconds; nothing is lost.',
    body: c.noBody(),
    responses: { 200: Tenant },
    metadata: changes('platform', 'tenants', 'run'),
  },
  resume: {
    method: 'POST',
    path: '/tenants/:tenant/resume',
    pathParams: params,
    summary: 'Resume a tenant',
    description: 'Its callers are let in again within 60 seconds.',
    body: c.noBody(),
    responses: { 200: Tenant },
    metadata: changes('platform', 'tenants', 'run'),
  },
});

export const workspaces = c.router({
  list: {
    method: 'GET',
    path: '/tenants/:tenant/workspaces',
    pathParams: params,
    summary: "List a tenant's workspaces",
    description: 'The workspaces of a tenant; owners list their own.',
    query: PageQuery,
    responses: { 200: page('WorkspacePage', Workspace) },
    metadata: reads('platform', 'workspaces', { level: 'own' }),
  },
  create: {
    method: 'POST',
    path: '/tenants/:tenant/workspaces',
    pathParams: params,
    summary: 'Create a workspace',
    description: 'Opens an isolated environment in a tenant; owners open them in their own.',
    body: WorkspaceCreate,
    responses: { 201: Workspace },
    metadata: changes('platform', 'workspaces', 'own'),
  },
  clone: {
    method: 'POST',
    path: '/tenants/:tenant/workspaces/:workspace/clone',
    pathParams: inWorkspace,
    summary: 'Clone a workspace',
    description:
      "Opens a workspace with the settings and the published definitions of another: never with its users, events, members, secrets or webhooks. For owners of the tenant; whoever runs the platform does not look into tenants' workspaces.",
    body: WorkspaceClone,
    responses: { 201: Workspace },
    metadata: changes('platform', 'workspaces', 'own'),
  },
  suspend: {
    method: 'POST',
    path: '/tenants/:tenant/workspaces/:workspace/suspend',
    pathParams: inWorkspace,
    summary: 'Suspend a workspace',
    description: 'Its callers are refused within 60 seconds; nothing is lost.',
    body: c.noBody(),
    responses: { 200: Workspace },
    metadata: changes('platform', 'workspaces', 'own'),
  },
  archive: {
    method: 'POST',
    path: '/tenants/:tenant/workspaces/:workspace/archive',
    pathParams: inWorkspace,
    summary: 'Archive a workspace',
    description: 'As suspending it, and it counts for no limit of the plan any more.',
    body: c.noBody(),
    responses: { 200: Workspace },
    metadata: changes('platform', 'workspaces', 'own'),
  },
  resume: {
    method: 'POST',
    path: '/tenants/:tenant/workspaces/:workspace/resume',
    pathParams: inWorkspace,
    summary: 'Resume a workspace',
    description: 'One that was suspended or archived answers again within 60 seconds.',
    body: c.noBody(),
    responses: { 200: Workspace },
    metadata: changes('platform', 'workspaces', 'own'),
  },
  invite: {
    method: 'POST',
    path: '/tenants/:tenant/workspaces/:workspace/invitations',
    pathParams: inWorkspace,
    summary: 'Invite somebody into a workspace',
    description: 'Such as its first owner; later ones are invited in the workspace itself.',
    body: WorkspaceInvitationCreate,
    responses: { 201: InvitationWithToken },
    metadata: changes('platform', 'workspaces', 'own', {
      action: 'platform:workspaces.invite',
      rate: 'credential',
      idempotency: 'fresh',
    }),
  },
  createClient: {
    method: 'POST',
    path: '/tenants/:tenant/workspaces/:workspace/api-clients',
    pathParams: inWorkspace,
    summary: "Create a workspace's first API client",
    description: 'A credential to begin with; later ones are made in the workspace itself.',
    body: ApiClientCreate,
    responses: { 201: ApiClientWithSecret },
    metadata: changes('platform', 'workspaces', 'own', {
      action: 'platform:workspaces.credential',
      rate: 'credential',
      idempotency: 'fresh',
    }),
  },
});
