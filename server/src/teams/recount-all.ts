import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { scanTeams } from '../store/teams.ts';
import { recountScore } from './recount-score.ts';

/** How many teams are counted at a time. */
const AT_ONCE = 100;

/**
 * Counts what the next teams of a workspace have on a board in a period, so that what members gave a moment ago is in
 * their lines, whatever the stream has told by then.
 * @param after where to go on
 * @returns where to go on after them; null where those were the last
 */
export async function recountSome(
  table: Table,
  scope: Scope,
  place: { readonly definition: string; readonly period: string },
  after: string | undefined,
): Promise<string | null> {
  let counted = 0;
  let last: string | null = null;
  for await (const { value, position } of scanTeams(table, scope, after)) {
    if (counted === AT_ONCE) return last;
    await recountScore(table, scope, { ...place, team: value.record.id }, { always: false });
    counted += 1;
    last = position;
  }
  return null;
}

/** Counts what all teams of a workspace have on a board in a period. */
export async function recountAll(
  table: Table,
  scope: Scope,
  place: { readonly definition: string; readonly period: string },
): Promise<void> {
  for (let after: string | undefined; ; ) {
    const next = await recountSome(table, scope, place, after);
    if (next === null) return;
    after = next;
  }
}
