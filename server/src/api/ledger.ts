import type { Contract } from '@laurel/contract';
import type { LedgerTransactionCreate } from '@laurel/contract/ledger/schema';
import type { LedgerTransaction } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import { utcInstant } from '../calendar/civil.ts';
import { heldOwner, ISSUANCE, SINK, walletOwner } from '../domain/index.ts';
import { sumLegs } from '../store/ledger.ts';
import { getTransaction, listTransactions } from '../store/transactions.ts';
import { getUsers } from '../store/users.ts';
import { type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { holdOf, settleHold } from './holds.ts';
import { assertPlays } from './may-play.ts';
import { invalidField, notFound, ProblemError, unknownReference } from './problem.ts';
import { findUser } from './reader.ts';
import { statementOf } from './statement.ts';
import { planHolds, planTransaction, type Wanted, type WantedLeg } from './transactions.ts';

/** How many currencies one call adds up at most: each is read leg by leg. */
const CURRENCIES_A_CALL = 5;

type AskedLeg = LedgerTransactionCreate['legs'][number];

/** Whose wallet or which account a leg is on. */
async function placeOf(call: CallContext, leg: AskedLeg, pointer: string): Promise<User | string> {
  const { userId, externalUserId, account } = leg;
  const named = [userId, externalUserId, account].filter((one) => one !== undefined);
  if (named.length !== 1) throw invalidField(`${pointer}/userId`, 'name one of userId, externalUserId and account');
  if (account !== undefined) return account;
  const user = await findUser(call, userId === undefined ? { externalUserId: externalUserId ?? '' } : { userId });
  if (user === undefined)
    throw unknownReference(`${pointer}/${userId === undefined ? 'externalUserId' : 'userId'}`, 'user');
  return user;
}

/** The legs that a request asks for, with the users that they name. */
async function legsOf(call: CallContext, asked: readonly AskedLeg[]): Promise<WantedLeg[]> {
  const { ruleset } = await call.platform.rulebooks(call.scope);
  return Promise.all(
    asked.map(async (leg, index) => {
      const { currency, amount } = leg;
      if (!ruleset.currencies.has(currency)) throw unknownReference(`/legs/${index}/currency`, 'currency');
      return { on: await placeOf(call, leg, `/legs/${index}`), currency, amount, pointer: `/legs/${index}/amount` };
    }),
  );
}

/** A credit, debit or hold says how much, and on whose wallet. */
function assertPlain(legs: readonly WantedLeg[]): void {
  for (const { on, amount, pointer } of legs) {
    if (typeof on === 'string')
      throw invalidField(pointer.replace('amount', 'account'), 'only a transfer names an account');
    if (amount < 0) throw invalidField(pointer, 'say how much: 1 or more');
  }
}

function sumsOf(legs: readonly Pick<WantedLeg, 'currency' | 'amount'>[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { currency, amount } of legs) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return sums;
}

/** The legs with a system account on the other side of each currency. */
function completed(legs: readonly WantedLeg[], account: string): WantedLeg[] {
  const others = [...sumsOf(legs)].map(([currency, sum]) => ({ on: account, currency, amount: -sum, pointer: '' }));
  return [...legs, ...others];
}

function wantedOf({ kind, note }: LedgerTransactionCreate, legs: readonly WantedLeg[]): Wanted {
  if (kind === 'credit') return { kind, note, legs: completed(legs, ISSUANCE) };
  if (kind === 'debit') {
    return {
      kind,
      note,
      legs: completed(
        legs.map((leg) => ({ ...leg, amount: -leg.amount })),
        SINK,
      ),
    };
  }
  const [uneven] = [...sumsOf(legs)].filter(([, sum]) => sum !== 0);
  if (uneven !== undefined) {
    throw new ProblemError('unprocessable', `The legs in ${uneven[0]} add up to ${uneven[1]} and not to zero.`);
  }
  return { kind, note, legs };
}

/** Nobody who is suspended gets anything. */
function assertActive(legs: readonly WantedLeg[]): void {
  for (const { on, amount } of legs)
    if (typeof on !== 'string' && amount > 0) assertPlays(on, 'The user is suspended and earns nothing.');
}

const reversible = new Set(['credit', 'debit', 'transfer', 'grant', 'capture']);

/** Whether a transaction can be reversed: what is held is captured or released, and a redemption that holds is settled. */
function isReversible({ kind, holds }: LedgerTransaction): boolean {
  return reversible.has(kind) || (kind === 'redemption' && holds.length === 0);
}

/** Whose an account is, of those that players have. */
function ownerOf(account: string): string | undefined {
  return walletOwner(account) ?? heldOwner(account);
}

async function transactionIn(call: CallContext, id: string): Promise<LedgerTransaction> {
  const found = await getTransaction(call.platform.table, call.scope, id);
  if (found === undefined) throw notFound();
  return found;
}

const PLAYER_GONE = 'A player whom the transaction has moved was erased: nothing of theirs moves any more.';

/** The opposite of each leg of a transaction. What was captured comes back into the wallet: its hold is over. */
async function oppositeOf(call: CallContext, { legs }: LedgerTransaction): Promise<WantedLeg[]> {
  const owners = legs.flatMap(({ account }) => ownerOf(account) ?? []);
  const users = await getUsers(call.platform.table, call.scope, owners);
  return legs.map(({ account, currency, amount }) => {
    const owner = ownerOf(account);
    const user = owner === undefined ? undefined : users.get(owner);
    if (owner !== undefined && user === undefined) throw new ProblemError('unprocessable', PLAYER_GONE);
    return { on: user ?? account, currency, amount: -amount, pointer: '' };
  });
}

export const ledger: Handlers<Contract['dashboard']['ledger']> = {
  async create(call) {
    const { kind, note, expiresAt } = call.body;
    const legs = await legsOf(call, call.body.legs);
    if (kind !== 'transfer') assertPlain(legs);
    if (expiresAt !== undefined && kind !== 'hold') throw invalidField('/expiresAt', 'only a hold expires');
    if (kind === 'hold') {
      const until = expiresAt === undefined ? null : utcInstant(expiresAt);
      if (until !== null && until <= call.now) throw invalidField('/expiresAt', 'later than now');
      const holds = legs.flatMap(({ on, ...leg }) => (typeof on === 'string' ? [] : [{ user: on, ...leg }]));
      const { transaction, ...rest } = await planHolds(call, holds, { note, expiresAt: until });
      return { body: transaction, ...rest };
    }
    const wanted = wantedOf(call.body, legs);
    assertActive(wanted.legs);
    const { transaction, ...rest } = await planTransaction(call, wanted);
    return { body: transaction, ...rest };
  },

  async list(call) {
    const { userId, kind } = call.query;
    const filters = { userId, kind };
    const keep = (one: LedgerTransaction) =>
      (kind === undefined || one.kind === kind) &&
      (userId === undefined || one.legs.some(({ account }) => ownerOf(account) === userId));
    const found = await listTransactions(call.platform.table, call.scope, reachOf(call, filters), keep);
    return { body: pageOf(call, filters, found, (one) => one) };
  },

  async get(call) {
    return { body: await transactionIn(call, call.params.id) };
  },

  async reverse(call) {
    const found = await transactionIn(call, call.params.id);
    if (found.reversedBy !== null) throw new ProblemError('already_reversed');
    if (!isReversible(found)) {
      throw new ProblemError(
        'unprocessable',
        `This ${found.kind} is not reversed: what moved an amount for good is, what is held is captured or released.`,
      );
    }
    const legs = await oppositeOf(call, found);
    const { id: reverses, redemption } = found;
    const wanted = { kind: 'reversal', note: call.body.note, legs, reverses, redemption };
    const { transaction, ...rest } = await planTransaction(call, wanted);
    return { body: transaction, ...rest };
  },

  async getHold(call) {
    return { body: await holdOf(call, call.params.id) };
  },

  async capture(call) {
    return settleHold(call, call.params.id, { do: 'capture', amount: call.body.amount });
  },

  async release(call) {
    return settleHold(call, call.params.id, { do: 'release' });
  },

  async statement(call) {
    return { body: await statementOf(call, call.query) };
  },

  async proof(call) {
    const { definitions } = await call.platform.rulebooks(call.scope);
    const { limit, after } = reachOf(call, null);
    const reach = { limit: Math.min(limit, CURRENCIES_A_CALL), after };
    const list = listingOf(definitions.currencies, reach, (currency) => currency.id);
    const items = await Promise.all(
      list.items.map(async ({ id }) => {
        const { legs, sum, ...sums } = await sumLegs(call.platform.table, call.scope, id);
        const held = Number(sums.held);
        const owed = Number(-sums.owed);
        const outstanding = Number(sums.outstanding);
        return { currency: id, legs, sum: Number(sum), outstanding, held, owed, balanced: sum === 0n };
      }),
    );
    return { body: pageOf(call, null, { ...list, items }, (proof) => proof) };
  },
};
