import type { Contract } from '@laurel/contract';
import type { PlayerCatalogItem } from '@laurel/contract/catalog/schema';
import type { CatalogItem, Fact } from '@laurel/contract/types';
import { utcInstant } from '../calendar/civil.ts';
import { heldAccount, type Move, SINK, walletAccount } from '../domain/index.ts';
import { playerShapeOf } from '../expressions/index.ts';
import {
  addCodes,
  boughtOf,
  countFreeCodes,
  freeCode,
  saveBought,
  takeCode,
  takenOf,
  takeOne,
} from '../store/catalog.ts';
import type { Write } from '../store/commit.ts';
import { getDefinition } from '../store/definition-items.ts';
import { getSheet } from '../store/players.ts';
import { type RedemptionRecord, saveRedemption, saveRedemptionOwner } from '../store/redemptions.ts';
import { saveTransaction } from '../store/transactions.ts';
import { planAct } from './acts.ts';
import { isForPlayer } from './audience.ts';
import { authorOf, type Call, type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import type { DefinitionType } from './definition-type.ts';
import { isOffered } from './gifts.ts';
import { audienceReferences } from './leaderboards.ts';
import { assertPlays } from './may-play.ts';
import { notFound, ProblemError } from './problem.ts';
import { type Reader, readerOf } from './reader.ts';
import { presentOwn, redemptionFact } from './redemptions.ts';
import { catalogQueue } from './serial.ts';
import { bestText } from './text.ts';
import { refuseBreaches } from './transactions.ts';

/** What is particular to catalogue items. */
export const catalogItemType: DefinitionType<'catalogItems'> = {
  kind: 'catalogItems',
  idKind: 'catalogItem',
  build: ({ validFrom, validUntil, ...body }, managed) => ({
    ...body,
    ...(validFrom === undefined ? {} : { validFrom: utcInstant(validFrom) }),
    ...(validUntil === undefined ? {} : { validUntil: utcInstant(validUntil) }),
    ...managed,
  }),
  references: ({ price, audience }) => [
    ...price.map(({ currency }, index) => ({
      pointer: `/price/${index}/currency`,
      kind: 'currencies' as const,
      id: currency,
    })),
    ...audienceReferences({ audience }),
  ],
  conditions: ({ audience }, { userAttributes }) =>
    audience === undefined || 'segment' in audience
      ? []
      : [{ pointer: '/audience/expression', text: audience.expression, shape: playerShapeOf(userAttributes) }],
};

/** The items that are for a player, now, in the order of ids. */
async function offeredTo(call: CallContext, reader: Reader): Promise<CatalogItem[]> {
  const { state } = await getSheet(call.platform.table, call.scope, reader.user.id);
  const { catalogItems } = reader.rulebook.definitions;
  return catalogItems.filter((item) => isOffered(item, call.now) && isForPlayer(call, item, reader, state));
}

async function presentItems(
  call: CallContext,
  { user, languages }: Reader,
  items: readonly CatalogItem[],
): Promise<PlayerCatalogItem[]> {
  const { table } = call.platform;
  const ids = items.map(({ id }) => id);
  const [taken, bought] = await Promise.all([
    takenOf(table, call.scope, ids),
    boughtOf(table, call.scope, user.id, ids),
  ]);
  return items.map(({ id, name, description, price, stock, perPlayer, validUntil }) => ({
    id,
    name: bestText(name, languages),
    description: description === undefined ? null : bestText(description, languages),
    price,
    left: stock === undefined ? null : Math.max(0, stock - (taken.get(id) ?? 0)),
    perPlayer: perPlayer ?? null,
    mine: bought.get(id) ?? 0,
    validUntil: validUntil ?? null,
  }));
}

const HOUR = 60 * 60 * 1000;

/** A new redemption of an item: held until somebody fulfils it, or paid at once. */
function newRedemption(call: CallContext, userId: string, item: CatalogItem, code: string | null): RedemptionRecord {
  const id = call.platform.newId('redemption');
  const isPaid = item.fulfilment === 'automatic';
  const lapses = new Date(Date.parse(call.now) + item.fulfilWithinHours * HOUR).toISOString();
  return {
    id,
    item: item.id,
    itemVersion: item.version,
    userId,
    state: isPaid ? 'fulfilled' : 'held',
    price: [...item.price],
    note: null,
    redeemedAt: call.now,
    expiresAt: isPaid ? null : lapses,
    settledAt: isPaid ? call.now : null,
    source: null,
    code,
    counted: item.stock !== undefined,
    holds: isPaid ? [] : item.price.map((_, index) => `${id}.${index}`),
  };
}

function movesOf({ price, holds, expiresAt }: RedemptionRecord): Move[] {
  return price.map(({ currency, amount }, index): Move => {
    const hold = holds[index];
    if (hold === undefined) return { do: 'debit', currency, amount, counterparty: SINK, alone: false };
    return { do: 'hold', hold, currency, amount, expiresAt: null, lapsesAt: expiresAt };
  });
}

/** What is told of a new redemption: also that it is fulfilled, where it is paid at once. */
function boughtFacts(record: RedemptionRecord): Fact[] {
  const created = redemptionFact('created', record, record.redeemedAt);
  return record.state === 'fulfilled' ? [created, redemptionFact('fulfilled', record, record.redeemedAt)] : [created];
}

async function redeem(call: Call<Contract['app']['catalog']['redeem']>) {
  const { table } = call.platform;
  const reader = await readerOf(call);
  const { user } = reader;
  assertPlays(user, 'The user is suspended and buys nothing.');
  const sheet = await getSheet(table, call.scope, user.id);
  const item = reader.rulebook.definitions.catalogItems.find(({ id }) => id === call.params.id);
  if (item === undefined || !isOffered(item, call.now) || !isForPlayer(call, item, reader, sheet.state))
    throw notFound();
  const bought = (await boughtOf(table, call.scope, user.id, [item.id])).get(item.id) ?? 0;
  if (item.perPlayer !== undefined && bought >= item.perPlayer) {
    throw new ProblemError('unprocessable', `A player can have ${item.perPlayer} of it, and you have them.`);
  }
  const code = item.codes === true ? await freeCode(table, call.scope, item.id) : null;
  if (code === undefined) throw new ProblemError('sold_out');
  const record = newRedemption(call, user.id, item, code);
  const transaction = call.platform.newId('ledgerTransaction');
  const reason = { kind: 'redemption', redemption: record.id, item: item.id } as const;
  const act = { kind: 'move', transaction, moves: movesOf(record), reason } as const;
  const planned = await planAct(call, user, act, sheet, boughtFacts(record));
  const asked = record.price.map(({ amount }, index) => ({ amount, pointer: `/price/${index}/amount` }));
  refuseBreaches(planned, asked, 'price');
  const other = record.holds.length > 0 ? heldAccount(user.id) : SINK;
  const legs = record.price.flatMap(({ currency, amount }) => [
    { account: walletAccount(user.id), currency, amount: -amount },
    { account: other, currency, amount },
  ]);
  const said = { kind: 'redemption', legs, note: '', by: authorOf(call), holds: [...record.holds] };
  const kept = {
    id: transaction,
    ...said,
    reverses: null,
    reversedBy: null,
    redemption: record.id,
    createdAt: call.now,
  };
  const writes: Write[] = [
    ...planned.writes,
    ...(item.stock === undefined ? [] : [takeOne(table, call.scope, item.id, item.stock)]),
    ...(code === null ? [] : [takeCode(table, call.scope, item.id, code)]),
    saveBought(table, call.scope, user.id, item.id, bought + 1),
    saveRedemption(table, call.scope, record),
    saveRedemptionOwner(table, call.scope, record),
    saveTransaction(table, call.scope, kept),
  ];
  return { body: presentOwn(record, call.now), writes, queue: catalogQueue(call.scope, item.id) };
}

export const catalog: Handlers<Contract['app']['catalog']> = {
  async list(call) {
    const reader = await readerOf(call);
    const filters = { user: reader.user.id };
    const list = listingOf(await offeredTo(call, reader), reachOf(call, filters), ({ id }) => id);
    const items = await presentItems(call, reader, list.items);
    return { body: pageOf(call, filters, { ...list, items }, (item) => item) };
  },

  async get(call) {
    const reader = await readerOf(call);
    const item = (await offeredTo(call, reader)).find(({ id }) => id === call.params.id);
    const [body] = item === undefined ? [] : await presentItems(call, reader, [item]);
    if (body === undefined) throw notFound();
    return { body };
  },

  redeem,
};

async function itemIn(call: CallContext, id: string): Promise<CatalogItem> {
  const item = await getDefinition(call.platform.table, call.scope, 'catalogItems', id);
  if (item === undefined) throw notFound();
  return item;
}

/** What catalogue items have besides the life of a definition. */
export const catalogExtras: Pick<Handlers<Contract['dashboard']['catalogItems']>, 'stock' | 'addCodes'> = {
  async stock(call) {
    const { table } = call.platform;
    const item = await itemIn(call, call.params.id);
    const taken = (await takenOf(table, call.scope, [item.id])).get(item.id) ?? 0;
    const freeCodes = item.codes === true ? await countFreeCodes(table, call.scope, item.id) : null;
    const { stock = null } = item;
    const left = stock === null ? null : Math.max(0, stock - taken);
    return { body: { item: item.id, stock, taken, left, freeCodes } };
  },

  async addCodes(call) {
    const item = await itemIn(call, call.params.id);
    const { codes } = call.body;
    const added = await addCodes(call.platform.table, call.scope, item.id, codes);
    return { body: { added, known: codes.length - added } };
  },
};
