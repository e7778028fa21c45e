import type { Directory } from '../identity/directory.ts';
import { getIssuers } from './issuers.ts';
import { type KnownCallers, knownCallers } from './known-callers.ts';
import { workspaceScope } from './scope.ts';
import type { Table } from './table.ts';
import { getUserStatus } from './users.ts';

/** What a tenant's authorizer asks of the table; clients are looked for in that tenant alone. */
export function tableDirectory(table: Table, tenant: string, known: KnownCallers = knownCallers(table)): Directory {
  return {
    tenant: (slug) => known.tenant(slug),
    workspace: (slug, workspace) => known.workspace(slug, workspace),
    client: (id) => known.client(tenant, id),
    member: (slug, workspace, subject) => known.member(slug, workspace, subject),
    user: async (slug, workspace, id) => {
      const status = await getUserStatus(table, workspaceScope(slug, workspace), id);
      return status && { status };
    },
    issuer: async (slug, iss) => (await getIssuers(table, slug)).items.find(({ issuer }) => issuer === iss),
  };
}
