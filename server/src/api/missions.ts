import type { Contract } from '@laurel/contract';
import type { PlayerMission } from '@laurel/contract/missions/schema';
import type { ShownReward } from '@laurel/contract/shared/rewards';
import type { Mission, Reward } from '@laurel/contract/types';
import { lacksPrerequisite, lookup, progressSlot, type Starter, whyLocked } from '../domain/index.ts';
import { getSheet } from '../store/players.ts';
import { type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { joinMission, leaveMission, runningNow, starterNow } from './mission-acts.ts';
import { presentProgress } from './present-progress.ts';
import { notFound } from './problem.ts';
import { type Reader, readerOf } from './reader.ts';
import { teamStandings } from './team-standings.ts';
import { bestText } from './text.ts';

/** A step as a player sees it: what an operator's expressions say is theirs to know. */
function presentStep({
  condition: _,
  adds,
  target,
  ...step
}: Mission['steps'][number]): PlayerMission['steps'][number] {
  const shown = typeof adds === 'string' ? adds : 'expression';
  return { ...step, adds: shown, target: typeof target === 'number' ? target : null };
}

/** A reward as a player sees it: what an operator's formula says is theirs to know. */
function presentReward(reward: Reward): ShownReward {
  if (reward.kind !== 'currency' && reward.kind !== 'experience') return reward;
  return { ...reward, amount: typeof reward.amount === 'number' ? reward.amount : null };
}

/** Missions as the player sees them, each with what is running, or the latest progress of its current period. */
async function missionsOf(call: CallContext, reader: Reader) {
  const sheet = await getSheet(call.platform.table, call.scope, reader.user.id);
  const [starter, teams] = await Promise.all([
    starterNow(call, reader.user, sheet.state),
    teamStandings(call, reader, sheet.state),
  ]);
  const { ruleset, missionVersion } = reader.rulebook;
  const recordOf = (mission: Mission) => {
    const period = mission.status === 'published' ? reader.periodNow(mission.schedule) : null;
    const own = period === null ? undefined : lookup(sheet.state.progress, progressSlot(mission.id, period));
    // Who has gone to another team has what the one before completed.
    return teams.progressOf(mission) ?? runningNow(reader, sheet.state, mission.id) ?? own;
  };
  /** Whether it is for the player: missions for others, and archived ones, are shown to those alone who have begun. */
  const isShown = (mission: Mission): boolean => {
    const current = ruleset.missionBook.get(mission.id)?.current;
    const isOpen = current != null && whyLocked(current, starter) !== 'not_in_audience';
    return isOpen || recordOf(mission) !== undefined;
  };
  const present = (mission: Mission) => {
    const share = teams.shareOf(mission);
    const record = recordOf(mission);
    if (record === undefined) return presentMission(mission, reader, starter, { progress: null, share });
    const kept = missionVersion(mission.id, record.missionVersion) ?? mission;
    const progress = presentProgress(record, reader.rulebook, reader);
    return presentMission(kept, reader, starter, { progress, share });
  };
  return { isShown, present };
}

function presentMission(
  mission: Mission,
  { languages }: Reader,
  starter: Starter,
  standing: Pick<PlayerMission, 'progress' | 'share'>,
): PlayerMission {
  const prerequisites = mission.prerequisites ?? [];
  return {
    id: mission.id,
    for: mission.for ?? 'player',
    name: bestText(mission.name, languages),
    ...(mission.description === undefined ? {} : { description: bestText(mission.description, languages) }),
    schedule: mission.schedule,
    steps: mission.steps.map(presentStep),
    combine: mission.combine ?? { kind: 'all' },
    assignment: mission.assignment?.kind ?? 'automatic',
    prerequisites,
    locked: lacksPrerequisite({ prerequisites }, starter),
    repeat: mission.repeat ?? null,
    rewards: mission.rewards.map(presentReward),
    ...standing,
  };
}

export const appMissions: Handlers<Contract['app']['missions']> = {
  async list(call) {
    const reader = await readerOf(call);
    const { isShown, present } = await missionsOf(call, reader);
    const shown = reader.definitions.missions.filter(isShown);
    const filters = { user: reader.user.id };
    return {
      body: pageOf(
        call,
        filters,
        listingOf(shown, reachOf(call, filters), (one) => one.id),
        present,
      ),
    };
  },

  async get(call) {
    const reader = await readerOf(call);
    const { isShown, present } = await missionsOf(call, reader);
    const mission = reader.definitions.missions.find((one) => one.id === call.params.id);
    if (mission === undefined || !isShown(mission)) throw notFound();
    return { body: present(mission) };
  },

  async join(call) {
    return joinMission(call, await readerOf(call), call.params.id);
  },

  async leave(call) {
    return leaveMission(call, await readerOf(call), call.params.id);
  },
};
