import type { PlayerMission } from '@laurel/contract/missions/schema';
import type { Mission } from '@laurel/contract/types';
import {
  countIn,
  isForTeams,
  lookup,
  type MissionShare,
  type PlayerState,
  shareId,
  sharesOf,
  type TeamProgressRecord,
} from '../domain/index.ts';
import { getPlacement } from '../store/memberships.ts';
import { getTeamProgresses, type TeamProgressPlace } from '../store/team-progress.ts';
import type { CallContext } from './call.ts';
import type { Reader } from './reader.ts';

/** What a player's team does for missions, in their present periods. */
export interface TeamStandings {
  readonly progressOf: (mission: Mission) => TeamProgressRecord | undefined;
  readonly shareOf: (mission: Mission) => PlayerMission['share'];
}

const NONE: TeamStandings = { progressOf: () => undefined, shareOf: () => null };

/** Reads what the player's team does for the missions that are for teams; nothing is read where there are none. */
export async function teamStandings(call: CallContext, reader: Reader, state: PlayerState): Promise<TeamStandings> {
  const { definitions, periodNow, rulebook } = reader;
  const missions = definitions.missions.filter((one) => one.status === 'published' && isForTeams(one));
  if (missions.length === 0) return NONE;
  const { table } = call.platform;
  const { current } = await getPlacement(table, call.scope, reader.user.id);
  if (current === null) return NONE;
  const { team, member } = current;
  const places = missions.flatMap(({ id, schedule }): TeamProgressPlace[] => {
    const period = periodNow(schedule);
    return period === null ? [] : [{ team, mission: id, period }];
  });
  const kept = await getTeamProgresses(table, call.scope, places);
  const periods = new Map(places.map(({ mission, period }) => [mission, period]));
  const progress = new Map(kept.flatMap((one) => (one.progress === null ? [] : [[one.mission, one.progress]])));

  /** What the player gave since they are in the team, as the version counts it that the team is on. */
  const countOf = ({ id, version }: Mission) => {
    const period = periods.get(id);
    const share =
      period && lookup(sharesOf(state), shareId({ of: 'mission', definition: id, period }, { id: team, member }));
    const versions = rulebook.ruleset.missionBook.get(id)?.forTeams?.countedAs;
    const countedAs = progress.get(id)?.countedAs ?? versions?.get(version);
    return isOfMission(share) && countedAs !== undefined ? countIn(share, countedAs) : undefined;
  };
  return {
    progressOf: ({ id }) => progress.get(id),
    shareOf: (mission) =>
      periods.has(mission.id) ? { team, steps: [...(countOf(mission)?.steps ?? mission.steps.map(() => 0))] } : null,
  };
}

function isOfMission(share: ReturnType<typeof sharesOf>[string] | '' | undefined): share is MissionShare {
  return share !== undefined && share !== '' && share.of === 'mission';
}
