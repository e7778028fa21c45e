import type { Scope } from '../store/scope.ts';
import { sharePlaces } from '../store/shares.ts';
import type { Table } from '../store/table.ts';
import { countedScores } from '../store/team-scores.ts';
import { scanTeams } from '../store/teams.ts';
import { recount } from './recount.ts';

/**
 * Counts all that teams have in a workspace anew from what their members gave, while it is in use: what is right stays
 * as it is. For whoever was away for longer than the stream is kept.
 */
export async function rebuildTeams(table: Table, scope: Scope): Promise<void> {
  for await (const { value } of scanTeams(table, scope, undefined)) {
    const team = value.record.id;
    // What was counted and has no share any more is counted as well: it comes to nothing.
    const [given, counted] = await Promise.all([sharePlaces(table, scope, team), countedScores(table, scope, team)]);
    const places = new Map(
      [...given, ...counted].map((place) => [`${place.of} ${place.definition} ${place.period}`, place]),
    );
    for (const place of places.values()) await recount(table, scope, place);
  }
}
