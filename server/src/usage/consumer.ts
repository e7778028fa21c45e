import type { StreamConsumer, TableChange } from '../ports/stream.ts';
import { playerPartOf } from '../store/analytics.ts';
import { acceptedText } from '../store/players.ts';
import { type Key, type Scope, scopeOfKey } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { countUse } from '../store/usage.ts';
import { scanUsers } from '../store/users.ts';

/** Whose use an item tells of: a player's, by their profile or by their sheet. */
function playerOf(key: Key): { readonly scope: Scope; readonly userId: string } | undefined {
  const scope = scopeOfKey(key);
  const part = playerPartOf(key);
  if (scope === undefined || part === undefined) return undefined;
  return part.kind === 'user' || part.kind === 'sheet' ? { scope, userId: part.userId } : undefined;
}

/** Whether somebody came or went, or an event was accepted: all else of a player's game uses nothing. */
function isUse({ key, before, after }: TableChange): boolean {
  if (before === undefined || after === undefined) return true;
  if (playerPartOf(key)?.kind === 'sheet') return acceptedText(before) !== acceptedText(after);
  return before.erasedAt !== after.erasedAt;
}

/**
 * Counts what tenants use of their plans: players, and accepted events. It takes from a change only whose use is another
 * now, and counts what the table says of that player in place of what it counted of them before.
 */
export function usageConsumer(table: Table): StreamConsumer {
  return {
    name: 'usage',
    wants: (key) => playerOf(key) !== undefined,
    async consume(changes) {
      const moved = changes.filter(isUse).flatMap(({ key }) => playerOf(key) ?? []);
      const players = new Map(
        moved.map((player) => [JSON.stringify([player.scope.tenant, player.scope.workspace, player.userId]), player]),
      );
      for (const { scope, userId } of players.values()) await countUse(table, scope, userId);
    },
    async rebuild(scope) {
      for await (const { value } of scanUsers(table, scope, undefined)) await countUse(table, scope, value.id);
    },
  };
}
