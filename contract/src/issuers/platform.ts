import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id, Slug } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { Issuer, IssuerCreate, IssuerUpdate } from './schema.ts';

const inTenant = z.strictObject({ tenant: Slug });
const params = z.strictObject({ tenant: Slug, id: Id });

// Whoever may let others in must be one who may open workspaces.
const read = reads('platform', 'workspaces', { action: 'platform:issuers.read', level: 'own' });
const change = changes('platform', 'workspaces', 'own', { action: 'platform:issuers.write' });

export const issuers = c.router({
  list: {
    method: 'GET',
    path: '/tenants/:tenant/issuers',
    pathParams: inTenant,
    summary: "List a tenant's issuers",
    description: 'Where the players of a tenant sign in by themselves, by id; owners list their own.',
    query: PageQuery,
    responses: { 200: page('IssuerPage', Issuer) },
    metadata: read,
  },
  create: {
    method: 'POST',
    path: '/tenants/:tenant/issuers',
    pathParams: inTenant,
    summary: 'Add an issuer',
    description:
      "Lets the tokens of an OpenID Connect issuer of the tenant's in, as players, on this tenant's API alone. What names the player is the user's `externalId`; an unknown one becomes a user with the first call, where the workspace creates unknown users. Laurel's own issuers cannot be named.",
    body: IssuerCreate,
    responses: { 201: Issuer },
    metadata: change,
  },
  get: {
    method: 'GET',
    path: '/tenants/:tenant/issuers/:id',
    pathParams: params,
    summary: 'Get an issuer',
    description: "One of a tenant's own issuers.",
    responses: { 200: Issuer },
    metadata: { ...read, etag: true },
  },
  update: {
    method: 'PUT',
    path: '/tenants/:tenant/issuers/:id',
    pathParams: params,
    summary: 'Change an issuer',
    description: 'Its tokens are taken as it says now within 60 seconds.',
    body: IssuerUpdate,
    responses: { 200: Issuer },
    metadata: { ...change, etag: true, idempotency: 'safe' },
  },
  remove: {
    method: 'DELETE',
    path: '/tenants/:tenant/issuers/:id',
    pathParams: params,
    summary: 'Remove an issuer',
    description: 'Its tokens are refused within 60 seconds; the users who came by them stay.',
    body: c.noBody(),
    responses: { 200: Issuer },
    metadata: change,
  },
});
