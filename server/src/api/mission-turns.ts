import type { Contract } from '@laurel/contract';
import { type ScheduledMission, scheduleMission } from '../schedule/missions.ts';
import type { Answer, CallContext, Handlers } from './call.ts';

type MissionHandlers = Omit<Handlers<Contract['dashboard']['missions']>, 'backtest'>;

/** A handler that, with whatever it changes of a mission, schedules when that opens and closes next. */
function scheduled<C extends CallContext, M extends ScheduledMission>(
  handler: (call: C) => Promise<Answer<M>>,
): (call: C) => Promise<Answer<M>> {
  return async (call) => {
    const answer = await handler(call);
    if (answer.writes === undefined) return answer;
    const turns = scheduleMission(call.platform.table, call.scope, answer.body, call.now);
    return { ...answer, writes: [...answer.writes, ...turns] };
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
