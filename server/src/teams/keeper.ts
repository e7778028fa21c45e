import type { Clock } from '../ports/clock.ts';
import { getClock } from '../store/clocks.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';

/** What keeping what teams have takes. */
export interface TeamKeeper {
  readonly table: Table;
  /** What time it is in a workspace. */
  readonly now: (scope: Scope) => Promise<string>;
}

/** What keeps what teams have, over a table. */
export function keeperOf(table: Table, clock: Clock): TeamKeeper {
  return {
    table,
    async now(scope) {
      const own = await getClock(table, scope);
      return own?.kind === 'test' ? own.now : clock.now();
    },
  };
}
