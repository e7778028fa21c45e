import type { Contract } from '@laurel/contract';
import type { Mission } from '@laurel/contract/types';
import { scheduleReach } from '../schedule/mission-reach.ts';
import { type ScheduledMission, scheduleMission } from '../schedule/missions.ts';
import type { Answer, CallContext, Handlers } from './call.ts';

type MissionHandlers = Omit<Handlers<Contract['dashboard']['missions']>, 'backtest'>;

/** A handler that, with whatever it changes of a mission, schedules when that opens and closes next, and whom it reaches. */
function scheduled<C extends CallContext, M extends ScheduledMission & Pick<Mission, 'version' | 'running'>>(
  handler: (call: C) => Promise<Answer<M>>,
): (call: C) => Promise<Answer<M>> {
  return async (call) => {
    const answer = await handler(call);
    if (answer.writes === undefined) return answer;
    const { table } = call.platform;
    const turns = scheduleMission(table, call.scope, answer.body, call.now);
    const reach = scheduleReach(table, call.scope, [answer.body], call.now);
    return { ...answer, writes: [...answer.writes, ...turns, ...reach] };
  };
}

/** The handlers of missions, with their openings and closings scheduled in the same transaction as each change. */
export function turning(missions: MissionHandlers): MissionHandlers {
  return {
    ...missions,
    create: scheduled(missions.create),
    update: scheduled(missions.update),
    publish: scheduled(missions.publish),
    archive: scheduled(missions.archive),
    unarchive: scheduled(missions.unarchive),
    restore: scheduled(missions.restore),
  };
}
