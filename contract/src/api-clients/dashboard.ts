import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { ApiClient, ApiClientCreate, ApiClientWithSecret } from './schema.ts';

export const apiClients = c.router({
  list: {
    method: 'GET',
    path: '/api-clients',
    summary: 'List API clients',
    description: 'The machine credentials of the workspace, without their secrets.',
    query: PageQuery,
    responses: { 200: page('ApiClientPage', ApiClient) },
    metadata: reads('dashboard', 'api-clients', { level: 'administer' }),
  },
  create: {
    method: 'POST',
    path: '/api-clients',
    summary: 'Create an API client',
    description:
      'A credential for the client credentials grant (RFC 6749, section 4.4). Nobody can give a scope that they lack themselves.',
    body: ApiClientCreate,
    responses: { 201: ApiClientWithSecret },
    metadata: changes('dashboard', 'api-clients', 'administer', { rate: 'credential', idempotency: 'fresh' }),
  },
  revoke: {
    method: 'POST',
    path: '/api-clients/:id/revoke',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Revoke an API client',
    description:
      'No new tokens from now on; those that live are refused within 60 seconds. Revoking twice is revoking once.',
    body: c.noBody(),
    responses: { 200: ApiClient },
    metadata: changes('dashboard', 'api-clients', 'administer', { rate: 'credential' }),
  },
});
