import { progressId } from '../domain/index.ts';
import { commit } from '../store/commit.ts';
import { listLeftAfter } from '../store/former-members.ts';
import type { Listing, Reach } from '../store/listing.ts';
import { getCompletion, type KeptCompletion, saveCompletion, type TeamCompletion } from '../store/team-completions.ts';
import type { TeamProgressPlace } from '../store/team-progress.ts';
import { listTeamMembers, type MemberOfTeam } from '../store/teams.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import type { PlayContext } from './call.ts';
import { grantAct } from './prizes.ts';

/** How many members one step goes through. */
const AT_A_TIME = 25;
/** How many steps one call takes at most, so that it ends in good time; the next call goes on. */
const STEPS = 10;

/**
 * The next of those who were, or may have been, in the team. Whoever leaves while this goes on is found among those
 * who left, which are gone through last.
 */
function candidates(
  { platform, scope }: PlayContext,
  { team, stage, cursor, completedAt }: TeamCompletion,
): Promise<Listing<MemberOfTeam>> {
  const { table } = platform;
  const reach: Reach = { limit: AT_A_TIME, after: cursor ?? undefined };
  return stage === 'members'
    ? listTeamMembers(table, scope, team, reach)
    : listLeftAfter(table, scope, team, completedAt, reach);
}

/** Completes the mission for the next members; whoever has it already gets no second one. */
async function step(play: PlayContext, completion: TeamCompletion): Promise<TeamCompletion> {
  const { team, stage, completedAt, reached } = completion;
  const page = await candidates(play, completion);
  const id = progressId(reached.mission, reached.period);
  const act = { kind: 'teamMission', team, reached } as const;
  // Side by side: each is a player of their own. Not by team: whoever plays for two of them in a period has it once.
  const outcomes = await Promise.all(
    page.items
      .filter(({ joinedAt }) => joinedAt <= completedAt)
      .map(({ userId }) => grantAct(play, { userId, grantId: `mission:${id}`, entryId: `mission.${id}`, act })),
  );
  const granted = outcomes.filter((outcome) => outcome === 'granted').length;
  const members = completion.members + granted;
  const counted = { ...completion, members, withheld: completion.withheld + outcomes.length - granted };
  if (page.next !== null) return { ...counted, cursor: page.next };
  return { ...counted, stage: stage === 'members' ? 'left' : 'done', cursor: null };
}

/**
 * Lets everybody who was in a team when it completed a mission complete it, each exactly once. Each step is written in
 * place of the one before it, so that several may be at it, and one that dies leaves all to the next. Answers how far
 * it has come; nothing where the team has not completed it.
 */
export async function completeForMembers(
  play: PlayContext,
  place: TeamProgressPlace,
): Promise<TeamCompletion | undefined> {
  const { platform, scope } = play;
  const { table } = platform;
  const found = await getCompletion(table, scope, place);
  if (found === undefined) return undefined;
  let kept: KeptCompletion = found;
  let lost = 0;
  for (let taken = 0; taken < STEPS && kept.completion.stage !== 'done' && lost < ATTEMPTS; taken += 1) {
    const next = await step(play, kept.completion);
    if ((await commit(table, [saveCompletion(table, scope, kept.version, next)])).kind === 'committed') {
      kept = { version: kept.version + 1, completion: next };
      lost = 0;
      continue;
    }
    // Another one was quicker: go on from where things stand.
    lost += 1;
    await backOff(lost);
    kept = (await getCompletion(table, scope, place)) ?? kept;
  }
  return kept.completion;
}
