import type { LedgerHold } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import {
  type HoldRecord,
  heldAccount,
  leftIn,
  type Move,
  openHold,
  recordsOf,
  SINK,
  walletAccount,
} from '../domain/index.ts';
import { getRecords } from '../store/player-records.ts';
import { getSheet } from '../store/players.ts';
import { getHoldOwner, saveTransaction } from '../store/transactions.ts';
import { getUser } from '../store/users.ts';
import { planAct } from './acts.ts';
import { type Answer, authorOf, type CallContext } from './call.ts';
import { notFound, ProblemError } from './problem.ts';
import { playerQueue } from './serial.ts';
import { refuseBreaches } from './transactions.ts';

/** A hold as it is shown: what time released and was not posted yet is released. */
function presentHold(userId: string, hold: HoldRecord, now: string): LedgerHold {
  const { id, transaction, currency, amount, captured, heldAt, expiresAt } = hold;
  const isOver = hold.state === 'held' && expiresAt !== null && expiresAt <= now;
  const state = isOver ? 'expired' : hold.state;
  const released = isOver ? amount - captured : hold.released;
  return { id, userId, transaction, currency, amount, captured, released, state, heldAt, expiresAt };
}

async function ownerOf(call: CallContext, id: string): Promise<User> {
  const { table } = call.platform;
  const userId = await getHoldOwner(table, call.scope, id);
  const user = userId === undefined ? undefined : await getUser(table, call.scope, userId);
  if (user === undefined) throw notFound();
  return user;
}

/** Reads a hold as it stands. */
export async function holdOf(call: CallContext, id: string): Promise<LedgerHold> {
  const user = await ownerOf(call, id);
  const records = await getRecords(call.platform.table, call.scope, user.id, 'hold', [id]);
  const hold = records.get(id);
  if (hold === undefined) throw notFound();
  return presentHold(user.id, hold, call.now);
}

/** Captures part of a hold, or all that is left of it, or gives it back. */
export async function settleHold(
  call: CallContext,
  id: string,
  what: { readonly do: 'capture'; readonly amount: number | undefined } | { readonly do: 'release' },
): Promise<Answer<LedgerHold>> {
  const { table } = call.platform;
  const user = await ownerOf(call, id);
  const sheet = await getSheet(table, call.scope, user.id);
  const open = openHold(sheet.state, id);
  if (open === undefined) throw new ProblemError('hold_closed');
  if (open.lapsesAt !== null) {
    throw new ProblemError('unprocessable', 'The hold belongs to a redemption: fulfil or cancel that.');
  }
  const amount = what.do === 'capture' ? (what.amount ?? leftIn(open)) : leftIn(open);
  const move: Move = what.do === 'capture' ? { do: 'capture', hold: id, amount } : { do: 'release', hold: id };
  const transaction = call.platform.newId('ledgerTransaction');
  const by = authorOf(call);
  const reason = { kind: 'transaction', type: what.do, by, note: '' } as const;
  const planned = await planAct(call, user, { kind: 'move', transaction, moves: [move], reason }, sheet);
  refuseBreaches(planned, [{ amount, pointer: '/amount' }], what.do);
  const [after] = recordsOf(planned.outcome.records.values(), 'hold').filter((change) => change.id === id);
  if (after?.record == null) throw new Error('a settled hold has no record');
  const to = what.do === 'capture' ? SINK : walletAccount(user.id);
  const { currency } = open;
  const legs = [
    { account: heldAccount(user.id), currency, amount: -amount },
    { account: to, currency, amount },
  ];
  const record = { id: transaction, kind: what.do, legs, note: '', by, holds: [], createdAt: call.now };
  const saved = saveTransaction(table, call.scope, { ...record, reverses: null, reversedBy: null, redemption: null });
  return {
    body: presentHold(user.id, after.record, call.now),
    writes: [...planned.writes, saved],
    queue: playerQueue(call.scope, user.id),
  };
}
