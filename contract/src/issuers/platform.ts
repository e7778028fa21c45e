import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id, Slug } from '../shared/ids.ts';
import { Issuer, IssuerList, IssuerPut } from './schema.ts';

const inTenant = z.strictObject({ tenant: Slug });
const params = z.strictObject({ tenant: Slug, id: Id });

// Whoever may let others in must be one who may open workspaces.
const change = changes('platform', 'workspaces', 'own', { action: 'platform:issuers.write', rate: 'credential' });

export const issuers = c.router({
  list: {
    method: 'GET',
    path: '/tenants/:tenant/issuers',
    pathParams: inTenant,
    summary: "List a tenant's issuers",
    description: 'Where the players of a tenant sign in by themselves; owners list their own.',
    responses: { 200: IssuerList },
    metadata: reads('platform', 'workspaces', { action: 'platform:issuers.read', level: 'own' }),
  },
  set: {
    method: 'PUT',
    path: '/tenants/:tenant/issuers/:id',
    pathParams: params,
    summary: 'Add or change an issuer',
    description:
      "Lets the tokens of an OpenID Connect issuer of the tenant's in, as players, on this tenant's API alone. Within 60 seconds. What names the player is the user's `externalId`; an unknown one becomes a user with the first call, where the workspace creates unknown users. Laurel's own issuers cannot be named.",
    body: IssuerPut,
    responses: { 200: Issuer },
    metadata: change,
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
