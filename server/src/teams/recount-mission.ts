import {
  afterAll,
  completedByMember,
  type MissionShare,
  type SharePlace,
  type TeamProgressRecord,
  type TeamShare,
  teamGoal,
  teamProgressOf,
  teamStartedOn,
} from '../domain/index.ts';
import { commit, type Write } from '../store/commit.ts';
import { getVersion } from '../store/definition-items.ts';
import type { Scope } from '../store/scope.ts';
import { readShares } from '../store/shares.ts';
import { beginCompletion, getCompletion } from '../store/team-completions.ts';
import { getTeamProgress, type KeptTeamProgress, saveTeamProgress } from '../store/team-progress.ts';
import { scheduleCompletion } from './completion-due.ts';
import type { TeamKeeper } from './keeper.ts';

/** How often a count is tried anew where somebody else was quicker. */
const TRIES = 20;

function isOfMission(share: TeamShare): share is MissionShare {
  return share.of === 'mission';
}

/** The progress of a team as its shares make it, by the version that it is on: which never changes. */
async function progressOf(
  { table }: TeamKeeper,
  scope: Scope,
  { team, mission, progress }: KeptTeamProgress,
  shares: readonly MissionShare[],
): Promise<TeamProgressRecord | null> {
  const startedOn = teamStartedOn(shares, progress);
  if (startedOn === null) return afterAll(progress);
  const version = await getVersion(table, scope, 'missions', mission, startedOn.version);
  if (version === undefined) throw new Error(`there is no version ${startedOn.version} of the mission ${mission}`);
  return teamProgressOf(team, shares, teamGoal(version, startedOn), progress);
}

/** What is written once, with the count that reaches the targets: that the team has completed it, and what is due then. */
async function completionOf(
  { table, now }: TeamKeeper,
  scope: Scope,
  progress: TeamProgressRecord,
  completedAt: string,
): Promise<Write[]> {
  const { team, mission, period } = progress;
  const reached = completedByMember(progress);
  const begun = { stage: 'members', cursor: null, members: 0, withheld: 0 } as const;
  return [
    beginCompletion(table, scope, { team, mission, period, completedAt, reached, ...begun }),
    ...scheduleCompletion(table, scope, { team, mission, period }, await now(scope)),
  ];
}

/**
 * Counts a team's progress in a mission and period anew, from all shares of its members, and writes it in place of what
 * was read before them; where that moved meanwhile it is counted again. It is written even where it comes out as it
 * was, so that somebody who has read older shares by then comes too late.
 *
 * The count that reaches the targets first completes it, in the same transaction, and no other one can.
 */
export async function recountMission(keeper: TeamKeeper, scope: Scope, share: SharePlace): Promise<void> {
  const { table } = keeper;
  const { definition: mission, period, team } = share;
  for (let tried = 1; tried <= TRIES; tried += 1) {
    const kept = await getTeamProgress(table, scope, { team, mission, period });
    const shares = (await readShares(table, scope, share)).filter(isOfMission);
    const progress = await progressOf(keeper, scope, kept, shares);
    const isNew = progress !== null && progress.completedAt !== null && kept.progress?.completedAt == null;
    const completion = isNew ? await completionOf(keeper, scope, progress, progress.completedAt) : [];
    const result = await commit(table, [saveTeamProgress(table, scope, { ...kept, progress }), ...completion]);
    if (result.kind === 'committed') return;
  }
  throw Object.assign(new Error("a team's progress is contended"), { code: 'ETIMEDOUT' });
}

/** Schedules anew what a completion still owes the members, where it was set aside. */
export async function resumeCompletion({ table, now }: TeamKeeper, scope: Scope, share: SharePlace): Promise<void> {
  const { definition: mission, period, team } = share;
  const found = await getCompletion(table, scope, { team, mission, period });
  if (found === undefined || found.completion.stage === 'done') return;
  await commit(table, scheduleCompletion(table, scope, { team, mission, period }, await now(scope)));
}
