import type { SharePlace } from '../domain/index.ts';
import type { Clock } from '../ports/clock.ts';
import type { StreamConsumer } from '../ports/stream.ts';
import { type Scope, scopeOfKey } from '../store/scope.ts';
import { sharePlaceOf } from '../store/shares.ts';
import type { Table } from '../store/table.ts';
import { keeperOf } from './keeper.ts';
import { rebuildTeams } from './rebuild.ts';
import { recount } from './recount.ts';

/**
 * Keeps what teams have. It takes from a change only to what of which team somebody gave; what that comes to is counted
 * from all shares as they stand in the table now. So it comes out the same whether changes come once or again, in order
 * or not, and after late events and voids.
 */
export function teamConsumer(table: Table, clock: Clock): StreamConsumer {
  const keeper = keeperOf(table, clock);
  return {
    name: 'teams',
    wants: (key) => sharePlaceOf(key) !== undefined,
    async consume(changes) {
      const places = new Map<string, { readonly scope: Scope; readonly place: SharePlace }>();
      for (const { key } of changes) {
        const scope = scopeOfKey(key);
        const place = sharePlaceOf(key);
        if (scope === undefined || place === undefined) continue;
        places.set(JSON.stringify([scope.tenant, scope.workspace, place]), { scope, place });
      }
      for (const { scope, place } of places.values()) await recount(keeper, scope, place);
    },
    rebuild: (scope) => rebuildTeams(keeper, scope),
  };
}
