import type { Contract } from '@laurel/contract';
import type { Fact, PlayerRedemption, Redemption, RedemptionState } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import { heldAccount, leftIn, type Move, openHold, SINK, walletAccount } from '../domain/index.ts';
import { boughtOf, putBack, putBackCode, saveBought } from '../store/catalog.ts';
import type { Write } from '../store/commit.ts';
import { getSheet } from '../store/players.ts';
import {
  getRedemption,
  getRedemptionOf,
  listRedemptions,
  listRedemptionsOf,
  type RedemptionRecord,
  saveRedemption,
} from '../store/redemptions.ts';
import { saveTransaction } from '../store/transactions.ts';
import { getUser } from '../store/users.ts';
import { type PlannedAct, planAct } from './acts.ts';
import { type Answer, authorOf, type CallContext, type Handlers, type PlayContext, pageOf, reachOf } from './call.ts';
import { notFound, ProblemError } from './problem.ts';
import { playerOf } from './reader.ts';
import { playerQueue } from './serial.ts';

/** Where a redemption stands at a moment: one whose time is over is expired, also before anybody settled it. */
function stateAt({ state, expiresAt }: RedemptionRecord, now: string): RedemptionState {
  return state === 'held' && expiresAt !== null && expiresAt <= now ? 'expired' : state;
}

/** A redemption as operators see it. */
export function presentRedemption(record: RedemptionRecord, now: string): Redemption {
  const { code: _code, counted: _counted, holds: _holds, ...shown } = record;
  return { ...shown, state: stateAt(record, now) };
}

/** A redemption as its player sees it. */
export function presentOwn(record: RedemptionRecord, now: string): PlayerRedemption {
  return { ...presentRedemption(record, now), code: record.state === 'fulfilled' ? record.code : null };
}

/** What is told of a redemption that was made, or came to an end. */
export function redemptionFact(
  what: 'created' | Exclude<RedemptionState, 'held'>,
  { id, item }: Pick<RedemptionRecord, 'id' | 'item'>,
  occurredAt: string,
): Fact {
  return { type: `redemption.${what}`, occurredAt, data: { redemptionId: id, item } };
}

type Ending = Exclude<RedemptionState, 'held'>;

/** How a redemption ends, with all that it takes. */
export interface PlannedEnding {
  readonly record: RedemptionRecord;
  readonly planned: PlannedAct;
  readonly writes: readonly Write[];
}

/**
 * Plans the end of a redemption that is held: what is held is captured where it is fulfilled; else it goes back, and so
 * does what was taken from stock, pool and limit.
 */
export async function planEnding(
  call: PlayContext,
  user: User,
  id: string,
  end: { readonly state: Ending; readonly by: string; readonly note: string | null },
): Promise<PlannedEnding> {
  const { table } = call.platform;
  const sheet = await getSheet(table, call.scope, user.id);
  const record = await getRedemptionOf(table, call.scope, user.id, id);
  if (record === undefined) throw notFound();
  const open = record.holds.map((hold) => openHold(sheet.state, hold));
  if (record.state !== 'held' || open.includes(undefined)) throw new ProblemError('hold_closed');
  const isPaid = end.state === 'fulfilled';
  const transaction = call.platform.newId('ledgerTransaction');
  const moves = open.flatMap((hold): Move[] => {
    if (hold === undefined) return [];
    if (isPaid) return [{ do: 'capture', hold: hold.id, amount: leftIn(hold) }];
    return [{ do: 'release', hold: hold.id }];
  });
  const reason = { kind: 'redemption', redemption: id, item: record.item } as const;
  const told = [redemptionFact(end.state, record, call.now)];
  const planned = await planAct(call, user, { kind: 'move', transaction, moves, reason }, sheet, told);
  if (planned.outcome.breaches.length > 0) throw new ProblemError('hold_closed');
  const to = isPaid ? SINK : walletAccount(user.id);
  const legs = record.price.flatMap(({ currency, amount }) => [
    { account: heldAccount(user.id), currency, amount: -amount },
    { account: to, currency, amount },
  ]);
  const kind = isPaid ? 'capture' : 'release';
  const said = {
    kind,
    legs,
    note: end.note ?? '',
    by: end.by,
    holds: [],
    reverses: null,
    reversedBy: null,
    redemption: id,
  };
  const ended = { ...record, state: end.state, note: end.note, settledAt: call.now };
  const back = isPaid ? [] : await givenBack(call, record);
  return {
    record: ended,
    planned,
    writes: [
      ...planned.writes,
      saveRedemption(table, call.scope, ended),
      saveTransaction(table, call.scope, { id: transaction, ...said, createdAt: call.now }),
      ...back,
    ],
  };
}

async function givenBack({ platform, scope }: PlayContext, record: RedemptionRecord): Promise<Write[]> {
  const { table } = platform;
  const { userId, item, code, counted } = record;
  const bought = (await boughtOf(table, scope, userId, [item])).get(item) ?? 0;
  return [
    saveBought(table, scope, userId, item, Math.max(0, bought - 1)),
    ...(counted ? [putBack(table, scope, item)] : []),
    ...(code === null ? [] : [putBackCode(table, scope, item, code)]),
  ];
}

/** That a redemption is cancelled whose price comes back after it was paid. */
export interface CancelledPaid {
  readonly told: Fact;
  readonly writes: readonly Write[];
}

/**
 * Plans the cancelling of a redemption that was fulfilled, for the transaction that gives its price back. The player's
 * sheet must have been read before, and guards it. A code that they have seen is nobody else's any more, and so its
 * piece of the stock stays taken.
 */
export async function cancelPaid(call: PlayContext, userId: string, id: string, note: string): Promise<CancelledPaid> {
  const { table } = call.platform;
  const record = await getRedemptionOf(table, call.scope, userId, id);
  if (record === undefined) throw notFound();
  // Nothing else ends what was fulfilled: another call was quicker.
  if (record.state !== 'fulfilled') throw new ProblemError('already_reversed');
  const cancelled: RedemptionRecord = { ...record, state: 'cancelled', note, settledAt: call.now };
  const back = record.code === null ? record : { ...record, code: null, counted: false };
  return {
    told: redemptionFact('cancelled', record, call.now),
    writes: [saveRedemption(table, call.scope, cancelled), ...(await givenBack(call, back))],
  };
}

async function redemptionIn(call: CallContext, id: string): Promise<RedemptionRecord> {
  const record = await getRedemption(call.platform.table, call.scope, id);
  if (record === undefined) throw notFound();
  return record;
}

async function settle(
  call: CallContext,
  id: string,
  state: Ending,
  note: string | undefined,
): Promise<Answer<Redemption>> {
  const found = await redemptionIn(call, id);
  // One whose time is over can still be cancelled, which ends it as what it is; it is fulfilled no more.
  const isOver = found.state === 'held' && stateAt(found, call.now) === 'expired';
  if (found.state !== 'held' || (isOver && state === 'fulfilled')) throw new ProblemError('hold_closed');
  const user = await getUser(call.platform.table, call.scope, found.userId);
  if (user === undefined) throw notFound();
  const { record, writes } = await planEnding(call, user, id, {
    state: isOver ? 'expired' : state,
    by: authorOf(call),
    note: note ?? null,
  });
  return { body: presentRedemption(record, call.now), writes, queue: playerQueue(call.scope, user.id) };
}

/** Which redemptions a list is asked for. */
interface Asked {
  readonly state?: RedemptionState | undefined;
  readonly item?: string | undefined;
}

function filterOf({ state, item }: Asked, now: string): (record: RedemptionRecord) => boolean {
  return (record) =>
    (state === undefined || stateAt(record, now) === state) && (item === undefined || record.item === item);
}

/** Lists the redemptions of a user, as operators see them. */
export async function redemptionsOf(
  call: CallContext & { readonly query: Asked & { readonly limit: number; readonly cursor?: string | undefined } },
  userId: string,
) {
  const { state, item } = call.query;
  const filters = { userId, state, item };
  const keep = filterOf(call.query, call.now);
  const found = await listRedemptionsOf(call.platform.table, call.scope, userId, reachOf(call, filters), keep);
  return { body: pageOf(call, filters, found, (one) => presentRedemption(one, call.now)) };
}

export const appRedemptions: Handlers<Contract['app']['redemptions']> = {
  async list(call) {
    const user = await playerOf(call);
    const { state, item } = call.query;
    const filters = { user: user.id, state, item };
    const keep = filterOf(call.query, call.now);
    const found = await listRedemptionsOf(call.platform.table, call.scope, user.id, reachOf(call, filters), keep);
    return { body: pageOf(call, filters, found, (one) => presentOwn(one, call.now)) };
  },

  async get(call) {
    const user = await playerOf(call);
    const record = await getRedemptionOf(call.platform.table, call.scope, user.id, call.params.id);
    if (record === undefined) throw notFound();
    return { body: presentOwn(record, call.now) };
  },
};

export const redemptions: Handlers<Contract['dashboard']['redemptions']> = {
  async list(call) {
    const { userId, item, state } = call.query;
    const filters = { userId, item, state };
    const keep = filterOf(call.query, call.now);
    const reach = reachOf(call, filters);
    const { table } = call.platform;
    const found =
      userId === undefined
        ? await listRedemptions(table, call.scope, reach, keep)
        : await listRedemptionsOf(table, call.scope, userId, reach, keep);
    return { body: pageOf(call, filters, found, (one) => presentRedemption(one, call.now)) };
  },

  async get(call) {
    return { body: presentRedemption(await redemptionIn(call, call.params.id), call.now) };
  },

  async fulfil(call) {
    return settle(call, call.params.id, 'fulfilled', call.body.note);
  },

  async cancel(call) {
    return settle(call, call.params.id, 'cancelled', call.body.note);
  },
};
