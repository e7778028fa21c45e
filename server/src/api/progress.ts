import type { Contract } from '@laurel/contract';
import type { Mission, Progress } from '@laurel/contract/types';
import { type ProgressRecord, periodKey, progressId } from '../domain/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import { getProgress, listProgress } from '../store/players.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { notFound } from './problem.ts';
import { type Reader, readerOf } from './reader.ts';

/** Whether a progress that is not complete has no time left: its period is not the current one of its own version. */
function isOver(record: ProgressRecord, version: Mission | undefined, today: Reader['today']): boolean {
  if (version?.schedule.kind !== 'recurring') return false;
  const { every, zone } = version.schedule;
  // Keys of one kind of period sort by time.
  return record.period < periodKey(every, today(zone));
}

/** A progress as it is shown: with its state at this moment. */
export function presentProgress(record: ProgressRecord, rulebook: Rulebook, today: Reader['today']): Progress {
  const version = rulebook.missionVersion(record.mission, record.missionVersion);
  const open = isOver(record, version, today) ? 'expired' : 'active';
  return {
    id: progressId(record.mission, record.period),
    mission: record.mission,
    missionVersion: record.missionVersion,
    period: record.period,
    state: record.completedAt === null ? open : 'completed',
    amount: record.amount,
    target: record.target,
    startedAt: record.startedAt,
    completedAt: record.completedAt,
  };
}

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
  { user, rulebook, today }: Reader,
): Promise<{ items: Progress[]; nextCursor: string | null }> {
  const { mission, period, state } = call.query;
  const filters = { user: user.id, mission, period, state };
  const wanted = (record: ProgressRecord) =>
    (mission === undefined || record.mission === mission) &&
    (period === undefined || record.period === period) &&
    (state === undefined || presentProgress(record, rulebook, today).state === state);
  const found = await listProgress(call.platform.table, call.scope, user.id, reachOf(call, filters), wanted);
  return pageOf(call, filters, found, (record) => presentProgress(record, rulebook, today));
}

export const progress: Handlers<Contract['app']['progress']> = {
  async list(call) {
    return { body: await progressPage(call, await readerOf(call)) };
  },

  async get(call) {
    const { user, rulebook, today } = await readerOf(call);
    const record = await getProgress(call.platform.table, call.scope, user.id, call.params.id);
    if (record === undefined) throw notFound();
    return { body: presentProgress(record, rulebook, today) };
  },
};
