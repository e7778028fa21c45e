import type { Contract } from '@laurel/contract';
import {
  type Closable,
  type ClosableBoard,
  type ClosableLeague,
  closableBoard,
  closableLeague,
  scheduleClosing,
} from '../schedule/closings.ts';
import { scheduleReach } from '../schedule/mission-reach.ts';
import { scheduleMission } from '../schedule/missions.ts';
import type { Write } from '../store/commit.ts';
import type { Placed } from '../store/definition-items.ts';
import type { Answer, CallContext, Handlers } from './call.ts';

/** A handler that, with whatever it changes of a definition, schedules when its next period is closed. */
function scheduled<C extends CallContext, D>(
  handler: (call: C) => Promise<Answer<D>>,
  closableOf: (definition: D) => Closable,
): (call: C) => Promise<Answer<D>> {
  return async (call) => {
    const answer = await handler(call);
    if (answer.writes === undefined) return answer;
    const turns = await scheduleClosing(call.platform.table, call.scope, closableOf(answer.body), call.now);
    return { ...answer, writes: [...answer.writes, ...turns] };
  };
}

/** The writes that schedule what definitions of any kinds bring about in time, once they are as they will be. */
export async function turnsOf({ platform, scope, now }: CallContext, changes: readonly Placed[]): Promise<Write[]> {
  const { table } = platform;
  const writes: Write[] = [];
  for (const { definition } of changes) {
    if ('schedule' in definition) writes.push(...scheduleMission(table, scope, definition, now));
    else if ('window' in definition)
      writes.push(...(await scheduleClosing(table, scope, closableBoard(definition), now)));
    else if ('tiers' in definition && 'cohortSize' in definition)
      writes.push(...(await scheduleClosing(table, scope, closableLeague(definition), now)));
  }
  const missions = changes.flatMap(({ definition }) => ('schedule' in definition ? [definition] : []));
  return [...writes, ...scheduleReach(table, scope, missions, now)];
}

type Boards = Pick<
  Handlers<Contract['dashboard']['leaderboards']>,
  'create' | 'update' | 'publish' | 'archive' | 'unarchive' | 'restore'
>;
type Leagues = Pick<
  Handlers<Contract['dashboard']['leagues']>,
  'create' | 'update' | 'publish' | 'archive' | 'unarchive' | 'restore'
>;

/** The handlers of boards, with their closings scheduled in the same transaction as each change. */
export function boardTurns<H extends Boards>(boards: H): H {
  const by = <C extends CallContext, D extends ClosableBoard>(handler: (call: C) => Promise<Answer<D>>) =>
    scheduled(handler, closableBoard);
  return {
    ...boards,
    create: by(boards.create),
    update: by(boards.update),
    publish: by(boards.publish),
    archive: by(boards.archive),
    unarchive: by(boards.unarchive),
    restore: by(boards.restore),
  };
}

/** The handlers of leagues, with the settlements of their weeks scheduled likewise. */
export function leagueTurns<H extends Leagues>(leagues: H): H {
  const by = <C extends CallContext, D extends ClosableLeague>(handler: (call: C) => Promise<Answer<D>>) =>
    scheduled(handler, closableLeague);
  return {
    ...leagues,
    create: by(leagues.create),
    update: by(leagues.update),
    publish: by(leagues.publish),
    archive: by(leagues.archive),
    unarchive: by(leagues.unarchive),
    restore: by(leagues.restore),
  };
}
