import type { Directory } from '../identity/directory.ts';
import { getClient } from './clients.ts';
import { getMember } from './members.ts';
import { workspaceScope } from './scope.ts';
import type { Table } from './table.ts';
import { getTenant } from './tenants.ts';
import { getUserStatus } from './users.ts';

/** What a tenant's authorizer asks of the table; clients are looked for in that tenant alone. */
export function tableDirectory(table: Table, tenant: string): Directory {
  return {
    tenant: (slug) => getTenant(table, slug),
    client: (id) => getClient(table, tenant, id),
    member: (slug, workspace, subject) => getMember(table, workspaceScope(slug, workspace), subject),
    user: async (slug, workspace, id) => {
      const status = await getUserStatus(table, workspaceScope(slug, workspace), id);
      return status && { status };
    },
  };
}
