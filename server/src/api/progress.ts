import type { Contract } from '@laurel/contract';
import type { Progress } from '@laurel/contract/types';
import type { Position, ProgressRecord } from '../domain/index.ts';
import { getProgress, listProgress } from '../store/players.ts';
import { listMoves } from '../store/progress-log.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { cancelProgress, startMission } from './mission-acts.ts';
import { presentProgress } from './present-progress.ts';
import { notFound, ProblemError, unknownReference } from './problem.ts';
import { findUser, playerOf, type Reader, readerFor, readerOf } from './reader.ts';

/** What a list of progress is asked for. */
interface ProgressQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly mission?: string | undefined;
  readonly period?: string | undefined;
  readonly state?: Progress['state'] | undefined;
}

/** The progress of the player whom a reader reads about. */
export async function progressPage(
  call: CallContext & { readonly query: ProgressQuery },
  reader: Reader,
): Promise<{ items: Progress[]; nextCursor: string | null }> {
  const { user, rulebook } = reader;
  const { mission, period, state } = call.query;
  const filters = { user: user.id, mission, period, state };
  const wanted = (record: ProgressRecord) =>
    (mission === undefined || record.mission === mission) &&
    (period === undefined || record.period === period) &&
    (state === undefined || presentProgress(record, rulebook, reader).state === state);
  const found = await listProgress(call.platform.table, call.scope, user.id, reachOf(call, filters), wanted);
  return pageOf(call, filters, found, (record) => presentProgress(record, rulebook, reader));
}

/** Just before all entries of an instant. */
function before(instant: string): Position {
  return { at: new Date(Date.parse(instant) - 1).toISOString(), id: '~' };
}

/** What moved a progress, by the history that keeps it. */
async function movePage(
  call: CallContext & { readonly query: { readonly limit: number; readonly cursor?: string | undefined } },
  userId: string,
  id: string,
) {
  const { table } = call.platform;
  const record = await getProgress(table, call.scope, userId, id);
  if (record === undefined) throw notFound();
  // What a newer version has let begin anew was moved before that as well.
  const after = record.startedOn === undefined ? before(record.startedAt) : null;
  const filters = { user: userId, id };
  const span = { progress: id, after, until: record.movedAt };
  const found = await listMoves(table, call.scope, userId, span, reachOf(call, filters));
  return pageOf(call, filters, found, ({ entry, step, added, amount, voidedAt }) => ({
    at: entry.occurredAt,
    event: entry.id,
    step,
    added,
    amount,
    voidedAt,
  }));
}

export const progress: Handlers<Contract['app']['progress']> = {
  async list(call) {
    return { body: await progressPage(call, await readerOf(call)) };
  },

  async get(call) {
    const reader = await readerOf(call);
    const record = await getProgress(call.platform.table, call.scope, reader.user.id, call.params.id);
    if (record === undefined) throw notFound();
    return { body: presentProgress(record, reader.rulebook, reader) };
  },

  async log(call) {
    const { id } = await playerOf(call);
    return { body: await movePage(call, id, call.params.id) };
  },
};

/** The reader about a user whom a request names; nobody else knows of them. */
async function namedReader(call: CallContext, userId: string): Promise<Reader> {
  const user = await findUser(call, { userId });
  if (user === undefined) throw unknownReference('/user', 'user');
  return readerFor(call, user);
}

export const dashboardProgress: Handlers<Contract['dashboard']['progress']> = {
  async assign(call) {
    const { user, mission, target = null } = call.body;
    const reader = await namedReader(call, user);
    const current = reader.rulebook.ruleset.missionBook.get(mission)?.current;
    if (current == null) throw unknownReference('/mission', 'mission');
    if (current.forTeams) throw new ProblemError('unprocessable', 'A mission for teams is assigned to nobody.');
    if (target !== null && current.steps.length !== 1) {
      throw new ProblemError('unprocessable', 'A target can be given to a mission of one step alone.');
    }
    return startMission(call, reader, current, target);
  },

  async cancel(call) {
    return cancelProgress(call, await namedReader(call, call.body.user), call.params.id);
  },

  async log(call) {
    const user = await findUser(call, { userId: call.params.user });
    if (user === undefined) throw notFound();
    return { body: await movePage(call, user.id, call.params.id) };
  },
};
