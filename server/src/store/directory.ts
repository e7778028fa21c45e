import type { Directory } from '../identity/directory.ts';
import { getClient } from './clients.ts';
import { getIssuers } from './issuers.ts';
import { getMember } from './members.ts';
import { workspaceScope } from './scope.ts';
import type { Table } from './table.ts';
import { getTenant, getWorkspace } from './tenants.ts';
import { getUser, userIdOf } from './users.ts';

/** What a tenant's authorizer asks of the table; clients are looked for in that tenant alone. */
export function tableDirectory(table: Table, tenant: string): Directory {
  return {
    tenant: (slug) => getTenant(table, slug),
    client: (id) => getClient(table, tenant, id),
    member: (slug, workspace, subject) => getMember(table, workspaceScope(slug, workspace), subject),
    user: (slug, workspace, id) => getUser(table, workspaceScope(slug, workspace), id),
    issuer: async (slug, iss) => (await getIssuers(table, slug)).items.find(({ issuer }) => issuer === iss),
    async externalUser(slug, workspace, externalId) {
      const scope = workspaceScope(slug, workspace);
      const id = await userIdOf(table, scope, externalId);
      return id === undefined ? undefined : getUser(table, scope, id);
    },
    createsUsers: async (slug, workspace) => (await getWorkspace(table, slug, workspace))?.createsUnknownUsers === true,
  };
}
