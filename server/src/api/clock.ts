import type { Contract } from '@laurel/contract';
import { type Clock, MAX_BOUNDARIES } from '@laurel/contract/clock/schema';
import { epochOf, utcInstant } from '../calendar/civil.ts';
import { turnHandlers } from '../schedule/handlers.ts';
import { runDue } from '../schedule/run.ts';
import { type ClockRecord, getClock, moveClock, saveClock } from '../store/clocks.ts';
import { commit, type Write } from '../store/commit.ts';
import { settledRuleset } from '../store/definitions.ts';
import { hasDue } from '../store/schedule.ts';
import { listUsers } from '../store/users.ts';
import { enqueueAt } from '../webhooks/enqueue.ts';
import type { CallContext, Handlers } from './call.ts';
import { ProblemError } from './problem.ts';
import { workspaceOf } from './reader.ts';

/** The last time that a test clock may be set to: the years of dates stay four digits long. */
const LAST = '2999-12-31T23:59:59.999Z';

function present(record: ClockRecord | undefined, now: string): Clock {
  return { kind: record?.kind ?? 'real', now, version: record?.version ?? 1 };
}

/** Refuses to change the clock of a workspace in which something has happened by the old one. */
async function assertUntouched({ platform, scope }: CallContext): Promise<void> {
  const users = await listUsers(platform.table, scope, { limit: 1, after: undefined }, () => true);
  if (users.items.length > 0)
    throw new ProblemError('unprocessable', 'The workspace has users: their history has the time of the clock it has.');
  if (await hasDue(platform.table, scope))
    throw new ProblemError('unprocessable', 'Something is due in the workspace by the clock that it has.');
}

async function testClockOf({ platform, scope }: CallContext): Promise<ClockRecord> {
  const record = await getClock(platform.table, scope);
  if (record?.kind === 'test') return record;
  throw new ProblemError('unprocessable', 'The workspace lives by the real time; only a test clock can be advanced.');
}

/** Sets the clock forward where it is not further already; answers with what it shows then. */
async function arrive(call: CallContext, to: string): Promise<string> {
  const { platform, scope } = call;
  for (;;) {
    const result = await commit(platform.table, [moveClock(platform.table, scope, to)]);
    if (result.kind === 'committed') return to;
    const { now } = await testClockOf(call);
    if (now >= to) return now;
  }
}

export const clock: Handlers<Contract['dashboard']['clock']> = {
  async get(call) {
    return { body: present(await getClock(call.platform.table, call.scope), call.now) };
  },

  async update(call) {
    const { platform, scope, body, realNow } = call;
    const found = await getClock(platform.table, scope);
    const version = found?.version ?? 1;
    if (call.ifMatch !== version) throw new ProblemError('version_mismatch');
    if (body.kind === (found?.kind ?? 'real')) return { body: present(found, call.now) };
    const workspace = await workspaceOf(call);
    if (workspace.production && body.kind === 'test')
      throw new ProblemError('unprocessable', 'A workspace that is marked production lives by the real time.');
    await assertUntouched(call);
    const record: ClockRecord = { kind: body.kind, now: realNow, version: version + 1 };
    platform.clocks.forget(scope);
    return { body: present(record, realNow), writes: [saveClock(platform.table, scope, record, found !== undefined)] };
  },

  async advance(call) {
    const { platform, scope } = call;
    const to = utcInstant(call.body.to);
    const { now } = await testClockOf(call);
    if (epochOf(to) < epochOf(now) || to > LAST) {
      const message = `use a time from ${now} to ${LAST}`;
      const error = { pointer: '/to', code: 'time_out_of_range', message };
      throw new ProblemError('time_out_of_range', `A clock never goes back: ${message}.`, { errors: [error] });
    }
    // The hand moves with each boundary, in its transaction: were this call ended here, what has run lies behind it.
    let shown = now;
    const alongside = async (at: string, attempt: number): Promise<Write[]> => {
      if (attempt > 1) shown = (await testClockOf(call)).now;
      return at > shown ? [moveClock(platform.table, scope, at)] : [];
    };
    // Webhooks are told by the versions that are at work: a configuration that was cut short is finished first.
    await settledRuleset(platform.table, scope);
    // What is to be told stands in line before anything else is run, so that the report is the same each time.
    const afterwards = (at: string) => enqueueAt(platform.table, scope, at);
    await afterwards(now);
    const run = { platform, handlers: turnHandlers, scope, until: to, limit: MAX_BOUNDARIES, alongside, afterwards };
    const { boundaries, done } = await runDue(run);
    const arrived = done ? await arrive(call, to) : (await testClockOf(call)).now;
    return { body: { now: arrived, boundaries: [...boundaries], done, nextTo: done ? null : to } };
  },
};
