import { tableDirectory } from '../store/directory.ts';
import type { CallContext } from './call.ts';
import { ProblemError } from './problem.ts';

/**
 * Asks once more whether whoever was let in may still call, for calls that go on after they were: an authorizer's answer may
 * be nearly a minute old when they begin. A player must be active; who acts for a player must be a client that is not revoked.
 * @throws ProblemError `forbidden`
 */
export async function assertStanding({ platform, principal }: CallContext): Promise<void> {
  const { kind, tenant, workspace, subject } = principal;
  const directory = tableDirectory(platform.table, tenant, platform.known);
  const [owner, place, caller] = await Promise.all([
    directory.tenant(tenant),
    directory.workspace(tenant, workspace),
    kind === 'player' ? directory.user(tenant, workspace, subject) : directory.client(subject),
  ]);
  const stands = [owner, place, caller].every((one) => one?.status === 'active');
  if (!stands) throw new ProblemError('forbidden', 'This caller may not call any more.');
}
