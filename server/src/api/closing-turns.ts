import type { Contract } from '@laurel/contract';
import {
  type Closable,
  type ClosableBoard,
  type ClosableLeague,
  closableBoard,
  closableLeague,
  scheduleClosing,
} from '../schedule/closings.ts';
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
