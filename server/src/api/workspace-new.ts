import type { Workspace } from '@laurel/contract/workspaces/schema';
import { retainsForATime, retentionDue } from '../privacy/retention.ts';
import { type ClockRecord, saveClock } from '../store/clocks.ts';
import type { Write } from '../store/commit.ts';
import { putDue } from '../store/schedule.ts';
import { workspaceScope } from '../store/scope.ts';
import { createWorkspace } from '../store/tenants.ts';
import type { CallContext } from './call.ts';
import { invalidField } from './problem.ts';

/** What opens a workspace, with the clock that it lives by. */
export function newWorkspace(
  { platform, realNow }: Pick<CallContext, 'platform' | 'realNow'>,
  workspace: Workspace,
  clock: 'real' | 'test',
): Write[] {
  if (clock === 'test' && workspace.production)
    throw invalidField('/clock', 'A workspace that is marked production lives by the real time.');
  const place = { tenant: workspace.tenant, workspace: workspace.slug };
  const scope = workspaceScope(place.tenant, place.workspace);
  const testClock: ClockRecord = { kind: 'test', now: realNow, version: 1 };
  return [
    ...createWorkspace(platform.table, workspace),
    ...(clock === 'test' ? [saveClock(platform.table, place, testClock, false)] : []),
    ...(retainsForATime(workspace.privacy) ? putDue(platform.table, scope, retentionDue(workspace, realNow)) : []),
  ];
}
