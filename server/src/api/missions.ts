import type { Contract } from '@laurel/contract';
import type { PlayerMission } from '@laurel/contract/missions/schema';
import type { Mission } from '@laurel/contract/types';
import { progressId } from '../domain/index.ts';
import { getRecords } from '../store/player-records.ts';
import { type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { statedCondition } from './conditions.ts';
import type { DefinitionType } from './definition-type.ts';
import { notFound } from './problem.ts';
import { presentProgress } from './progress.ts';
import { rewardReferences, rewardsInUtc, statedAmounts } from './promises.ts';
import { currentPeriod, type Reader, readerOf } from './reader.ts';
import { bestText } from './text.ts';

/** What is particular to missions. */
export const missionType: DefinitionType<'missions'> = {
  kind: 'missions',
  idKind: 'mission',
  build: (body, managed) => ({ ...body, rewards: rewardsInUtc(body.rewards), ...managed }),
  conditions: ({ steps, rewards }, rulebook) => [
    ...steps.flatMap(({ condition, activity }, index) =>
      statedCondition(rulebook, `/steps/${index}/condition`, condition, activity),
    ),
    ...statedAmounts(rulebook, rewards, steps[0]?.activity),
  ],
  references: ({ steps, rewards }) => [
    ...steps.map(({ activity }, index) => ({
      pointer: `/steps/${index}/activity`,
      kind: 'activities' as const,
      id: activity,
    })),
    ...rewardReferences(rewards),
  ],
};

/** Missions as the player sees them, each with the progress of its current period. */
async function presentMissions(call: CallContext, reader: Reader, shown: readonly Mission[]): Promise<PlayerMission[]> {
  const { user, rulebook, languages, today } = reader;
  const currentId = (mission: Mission) => progressId(mission.id, currentPeriod(mission.schedule, today));
  const progress = await getRecords(call.platform.table, call.scope, user.id, 'progress', shown.map(currentId));
  return shown.map((mission) => {
    const record = progress.get(currentId(mission));
    return {
      id: mission.id,
      name: bestText(mission.name, languages),
      ...(mission.description === undefined ? {} : { description: bestText(mission.description, languages) }),
      schedule: mission.schedule,
      // What an operator's condition says is theirs to know.
      steps: mission.steps.map(({ condition: _, ...step }) => step),
      rewards: mission.rewards,
      progress: record === undefined ? null : presentProgress(record, rulebook, today),
    };
  });
}

export const appMissions: Handlers<Contract['app']['missions']> = {
  async list(call) {
    const reader = await readerOf(call);
    const published = reader.definitions.missions.filter((mission) => mission.status === 'published');
    const filters = { user: reader.user.id };
    const list = listingOf(published, reachOf(call, filters), (mission) => mission.id);
    const items = await presentMissions(call, reader, list.items);
    return { body: pageOf(call, filters, { ...list, items }, (mission) => mission) };
  },

  async get(call) {
    const reader = await readerOf(call);
    const mission = reader.definitions.missions.find(
      ({ id, status }) => id === call.params.id && status === 'published',
    );
    const [body] = mission === undefined ? [] : await presentMissions(call, reader, [mission]);
    if (body === undefined) throw notFound();
    return { body };
  },
};
