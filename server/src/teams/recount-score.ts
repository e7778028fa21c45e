import { type BoardShare, type SharePlace, type TeamShare, teamScore } from '../domain/index.ts';
import { commit } from '../store/commit.ts';
import type { Scope } from '../store/scope.ts';
import { readShares } from '../store/shares.ts';
import type { Table } from '../store/table.ts';
import { getTeamLine, saveTeamLine } from '../store/team-scores.ts';

/** How often a count is tried anew where somebody else was quicker. */
const TRIES = 20;

function isOfBoard(share: TeamShare): share is BoardShare {
  return share.of === 'leaderboard';
}

/**
 * Counts a team's score on a board in a period anew, from all shares of its members, and writes it in place of the line
 * that was read before them. Where that moved meanwhile it is counted again: so the last to write has seen all that was
 * written before, and it comes to the same however often, in whatever order and by how many it is done.
 *
 * It is written even where it comes out as it was, so that somebody who has read older shares by then comes too late;
 * not so with `always: false`, for those who were told of no change.
 */
export async function recountScore(
  table: Table,
  scope: Scope,
  { definition, period, team }: Omit<SharePlace, 'of'>,
  { always }: { readonly always: boolean } = { always: true },
): Promise<void> {
  const place = { of: 'leaderboard', definition, period, team } as const;
  for (let tried = 1; tried <= TRIES; tried += 1) {
    const { version, record: before } = await getTeamLine(table, scope, place);
    const record = teamScore((await readShares(table, scope, place)).filter(isOfBoard));
    const isSame = before?.score === record?.score && before?.reachedAt === record?.reachedAt;
    if (isSame && !always) return;
    const result = await commit(table, [saveTeamLine(table, scope, place, { version, record })]);
    if (result.kind === 'committed') return;
  }
  throw Object.assign(new Error("a team's score is contended"), { code: 'ETIMEDOUT' });
}
