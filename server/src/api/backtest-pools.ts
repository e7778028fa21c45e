import { drawn, type Pool, type PoolAsk, UNTOUCHED } from '../domain/index.ts';
import { readPools } from '../store/budgets.ts';
import type { CallContext } from './call.ts';
import { ProblemError } from './problem.ts';

/** What a back-test has drawn from rules' pools, over all the players that it looked at so far. */
export interface TrialPools {
  /** What rules have paid, by what is stored and what the back-test drew. */
  now(rules: Iterable<string>): Promise<ReadonlyMap<string, Pool>>;
  draw(asks: readonly PoolAsk[]): void;
  /** What it drew, as text, for the call that goes on. */
  written(): string;
}

/** What the back-test drew of one rule's pool, as a cursor carries it. */
type Carried = readonly [rule: string, paid: number, spent: Pool['spent']];

/** How much of a cursor what was drawn may take. */
const MOST_WRITTEN = 4_000;

/**
 * The pools of a back-test. What is tried has its own untouched: it is as if it had been published when the interval
 * began. Other rules pay what follows from it by what they have left now, beside what they really paid.
 * @param tried the rule that is tried, if it is one
 * @param before what the calls before have drawn
 */
export function trialPools(
  { platform, scope }: Pick<CallContext, 'platform' | 'scope'>,
  tried: string | null,
  before: string | undefined,
): TrialPools {
  const stored = new Map<string, Pool>();
  if (tried !== null) stored.set(tried, UNTOUCHED);
  const carried: readonly Carried[] = before === undefined ? [] : JSON.parse(before);
  const own = new Map<string, Pool>(carried.map(([rule, paid, spent]) => [rule, { paid, spent }]));
  return {
    async now(rules) {
      const asked = [...rules];
      const unread = asked.filter((rule) => !stored.has(rule));
      if (unread.length > 0)
        for (const [rule, pool] of await readPools(platform.table, scope, unread)) stored.set(rule, pool);
      return new Map(asked.map((rule) => [rule, together(stored.get(rule), own.get(rule))]));
    },
    draw(asks) {
      for (const ask of asks) if (ask.rule !== null) own.set(ask.rule, drawn(own.get(ask.rule) ?? UNTOUCHED, ask));
    },
    written() {
      const text = JSON.stringify([...own].map(([rule, { paid, spent }]): Carried => [rule, paid, spent]));
      if (text.length <= MOST_WRITTEN) return text;
      throw new ProblemError('unprocessable', 'It cannot be tried: too many rules with a budget would pay for it.');
    },
  };
}

function together(stored: Pool = UNTOUCHED, own: Pool = UNTOUCHED): Pool {
  const spent = Object.entries(own.spent).map(([currency, amount]) => ({ currency, amount, budget: 0 }));
  const ask: PoolAsk = { key: '', rule: null, total: null, amounts: spent, items: [] };
  return { ...drawn(stored, ask), paid: stored.paid + own.paid };
}
