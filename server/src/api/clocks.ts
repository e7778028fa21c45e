import type { Clock } from '../ports/clock.ts';
import { getClock } from '../store/clocks.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';

/** How long a process takes a workspace to live by the real time without asking again, in milliseconds. */
const TRUSTED_FOR = 10_000;

/** More workspaces than one process serves in ten seconds. */
const MAX_TRUSTED = 10_000;

/** Tells the time of each workspace. */
export interface WorkspaceClocks {
  /** What time it is in a workspace. */
  now(scope: Scope): Promise<string>;
  /** Asks anew for this workspace the next time: its clock is about to change. */
  forget(scope: Scope): void;
}

/**
 * Makes the clocks of workspaces. That a workspace lives by the real time is kept for ten seconds, so that a call pays
 * nothing for clocks; a test clock is read by every call, since it may just have been advanced.
 * @param elapsed milliseconds that only grow, whatever clocks are set to
 */
export function createWorkspaceClocks(
  table: Table,
  clock: Clock,
  elapsed: () => number = () => performance.now(),
): WorkspaceClocks {
  const realUntil = new Map<string, number>();
  const nameOf = ({ tenant, workspace }: Scope) => `${tenant}/${workspace}`;
  return {
    async now(scope) {
      const name = nameOf(scope);
      const asked = elapsed();
      if ((realUntil.get(name) ?? Number.NEGATIVE_INFINITY) > asked) return clock.now();
      const record = await getClock(table, scope);
      if (record?.kind === 'test') return record.now;
      if (realUntil.size >= MAX_TRUSTED) realUntil.clear();
      realUntil.set(name, asked + TRUSTED_FOR);
      return clock.now();
    },
    forget: (scope) => {
      realUntil.delete(nameOf(scope));
    },
  };
}
