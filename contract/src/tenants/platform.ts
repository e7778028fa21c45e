import * as z from 'zod';
import { ApiClientCreate, ApiClientWithSecret } from '../api-clients/schema.ts';
import { c, changes, reads } from '../route.ts';
import { Slug } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { Workspace, WorkspaceCreate } from '../workspaces/schema.ts';
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
    description: 'Opens the tenant; its own base URL answers from then on.',
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
