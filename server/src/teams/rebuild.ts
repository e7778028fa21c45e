import type { Scope } from '../store/scope.ts';
import { sharePlaces } from '../store/shares.ts';
import { countedProgress } from '../store/team-progress.ts';
import { countedScores } from '../store/team-scores.ts';
import { scanTeams } from '../store/teams.ts';
import type { TeamKeeper } from './keeper.ts';
import { recount } from './recount.ts';
import { resumeCompletion } from './recount-mission.ts';

/**
 * Counts all that teams have in a workspace anew from what their members gave, while it is in use: what is right stays
 * as it is. For whoever was away for longer than the stream is kept.
 */
export async function rebuildTeams(keeper: TeamKeeper, scope: Scope): Promise<void> {
  const { table } = keeper;
  for await (const { value } of scanTeams(table, scope, undefined)) {
    const team = value.record.id;
    // What was counted and has no share any more is counted as well: it comes to nothing.
    const [given, scores, progress] = await Promise.all([
      sharePlaces(table, scope, team),
      countedScores(table, scope, team),
      countedProgress(table, scope, team),
    ]);
    const places = new Map(
      [...given, ...scores, ...progress].map((place) => [`${place.of} ${place.definition} ${place.period}`, place]),
    );
    for (const place of places.values()) {
      await recount(keeper, scope, place);
      if (place.of === 'mission') await resumeCompletion(keeper, scope, place);
    }
  }
}
