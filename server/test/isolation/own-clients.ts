import { openLocalDatabase } from '../../src/local/database.ts';
import {
  type ClientRecord,
  createClient,
  getWorkspaceClient,
  revokeClient,
  saveSecrets,
} from '../../src/store/clients.ts';
import { commit } from '../../src/store/commit.ts';
import { workspaceScope } from '../../src/store/scope.ts';

const AT = '2026-05-04T10:00:00.000Z';

/**
 * What is wrong with whose clients are whose. A tenant's clients stand under keys of the tenant: that they are of one
 * workspace is held against a value, which no watch over keys can see.
 */
export async function wrongClients(): Promise<string[]> {
  const { table, close } = await openLocalDatabase(':memory:');
  try {
    const [own, other] = [workspaceScope('acme', 'main'), workspaceScope('acme', 'side')];
    const record: ClientRecord = {
      id: 'cli_own',
      tenant: own.tenant,
      workspace: own.workspace,
      name: 'backend',
      scopes: [],
      status: 'active',
      createdAt: AT,
      revokedAt: null,
      secrets: [],
    };
    await commit(table, createClient(table, own, record));
    const found = async (scope: typeof own) => (await getWorkspaceClient(table, scope, record.id)) !== undefined;
    const rotated = async (scope: typeof own) =>
      (await commit(table, [saveSecrets(table, scope, record, [])])).kind === 'committed';
    const revoked = async (scope: typeof own) =>
      (await commit(table, revokeClient(table, scope, record.id, AT))).kind === 'committed';
    const said: readonly (readonly [string, boolean, boolean])[] = [
      ['another workspace finds a client', await found(other), false],
      ['its workspace finds a client', await found(own), true],
      ['another workspace changes its secrets', await rotated(other), false],
      ['its workspace changes its secrets', await rotated(own), true],
      ['another workspace revokes a client', await revoked(other), false],
      ['its workspace revokes a client', await revoked(own), true],
    ];
    return said.filter(([, is, should]) => is !== should).map(([what, is]) => `${what}: ${is}`);
  } finally {
    await close();
  }
}
