import { type LedgerStatement, MAX_STATEMENT } from '@laurel/contract/ledger/schema';
import { utcInstant } from '../calendar/civil.ts';
import { readLegs } from '../store/ledger.ts';
import type { CallContext } from './call.ts';
import { ProblemError } from './problem.ts';

/** What is to be stated. */
interface Asked {
  readonly account: string;
  readonly currency: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** States an account over an interval, from the legs themselves. */
export async function statementOf(call: CallContext, asked: Asked): Promise<LedgerStatement> {
  const { account, currency } = asked;
  const from = asked.from === undefined ? null : utcInstant(asked.from);
  const to = asked.to === undefined ? null : utcInstant(asked.to);
  const legs = await readLegs(call.platform.table, call.scope, account, currency);
  const opening = legs
    .filter(({ postedAt }) => from !== null && postedAt < from)
    .reduce((sum, { amount }) => sum + amount, 0);
  const within = legs.filter(({ postedAt }) => (from === null || postedAt >= from) && (to === null || postedAt < to));
  if (within.length > MAX_STATEMENT) {
    throw new ProblemError('unprocessable', `More than ${MAX_STATEMENT} entries: ask for a shorter interval.`);
  }
  let balance = opening;
  const entries = within.map(({ transaction, amount, counterparty, reason, occurredAt, postedAt }) => {
    balance += amount;
    return { transaction, amount, balance, counterparty, reason, occurredAt, postedAt };
  });
  return { account, currency, from, to, opening, entries, closing: balance };
}
