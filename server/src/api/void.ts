import type { VoidReceipt } from '@laurel/contract/events/schema';
import { type Folded, positionOf } from '../domain/index.ts';
import type { EventRecord } from '../store/events.ts';
import { readLine, saveVoided, type Voided } from '../store/history.ts';
import { getSheet } from '../store/players.ts';
import { getUser } from '../store/users.ts';
import { type Answer, authorOf, type CallContext } from './call.ts';
import { walletEntries } from './entries.ts';
import { assertProcessed } from './may-play.ts';
import { planChange } from './plan.ts';
import { storedView } from './player-view.ts';
import { notFound, ProblemError } from './problem.ts';
import { playerQueue } from './serial.ts';

/** What an event came to that counts no more. */
const NOTHING: Folded = { granted: [], marks: [], touched: [] };

function receiptOf({ event }: EventRecord, { at, by, note, ledger }: Voided): VoidReceipt {
  return { event: { ...event, voidedAt: at }, note, by, ledger: [...ledger] };
}

/** Takes an event back: the history is folded without it, and the difference is posted. Twice is once. */
export async function voidEvent(call: CallContext, record: EventRecord, note: string): Promise<Answer<VoidReceipt>> {
  const { table } = call.platform;
  const { userId, occurredAt: at, id } = record.event;
  const sheet = await getSheet(table, call.scope, userId);
  const line = await readLine(table, call.scope, userId, { at, id });
  if (line === undefined) throw notFound();
  if (line.voided !== null) return { body: receiptOf(record, line.voided) };
  const user = await getUser(table, call.scope, userId);
  if (user !== undefined) assertProcessed(user);
  const plan = await planChange(call, storedView(call, userId, sheet), { added: [], voided: line.entry });
  if (plan.kind === 'refused') throw new ProblemError('unprocessable', plan.detail);
  const ledger = walletEntries(call.scope, userId, plan.postingsOf(positionOf(line.entry).id), call.now);
  const { moves } = line.folded;
  const voided: Voided = { at: call.now, by: authorOf(call), note, ledger, ...(moves === undefined ? {} : { moves }) };
  return {
    body: receiptOf(record, voided),
    writes: [...plan.writes, saveVoided(table, call.scope, line.entry, NOTHING, voided)],
    queue: playerQueue(call.scope, userId),
  };
}
