import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import {
  ApiClient,
  ApiClientCreate,
  ApiClientNewSecret,
  ApiClientSecretCreate,
  ApiClientWithSecret,
} from './schema.ts';

const params = z.strictObject({ id: Id });

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
  get: {
    method: 'GET',
    path: '/api-clients/:id',
    pathParams: params,
    summary: 'Get an API client',
    description: 'A machine credential of the workspace, without its secrets.',
    responses: { 200: ApiClient },
    metadata: reads('dashboard', 'api-clients', { level: 'administer' }),
  },
  createSecret: {
    method: 'POST',
    path: '/api-clients/:id/secrets',
    pathParams: params,
    summary: 'Create a second secret',
    description:
      'For rotating: both secrets work until the old one is removed or expires. At most two are live, and nobody makes a secret of a client that may do what they may not.',
    body: ApiClientSecretCreate,
    responses: { 201: ApiClientNewSecret },
    metadata: changes('dashboard', 'api-clients', 'administer', { rate: 'credential', idempotency: 'fresh' }),
  },
  removeSecret: {
    method: 'DELETE',
    path: '/api-clients/:id/secrets/:secret',
    pathParams: z.strictObject({ id: Id, secret: Id }),
    summary: 'Remove a secret',
    description:
      'No new tokens by it from now on; those that it was given end within 15 minutes, and a client that is revoked is refused sooner. The last secret stays: revoke the client instead.',
    body: c.noBody(),
    responses: { 200: ApiClient },
    metadata: changes('dashboard', 'api-clients', 'administer', { rate: 'credential', idempotency: 'safe' }),
  },
  revoke: {
    method: 'POST',
    path: '/api-clients/:id/revoke',
    pathParams: params,
    summary: 'Revoke an API client',
    description:
      'No new tokens from now on; those that live are refused within 60 seconds. Revoking twice is revoking once.',
    body: c.noBody(),
    responses: { 200: ApiClient },
    metadata: changes('dashboard', 'api-clients', 'administer', { rate: 'credential' }),
  },
});
