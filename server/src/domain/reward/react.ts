import type { Occurrence } from '../fold/occurrence.ts';
import type { Turn } from '../fold/turn.ts';
import { clipAmount } from '../ledger/caps.ts';
import { progressId, walletOf } from '../player.ts';
import { lookup, withEntry } from '../record.ts';
import type { TraceEntry } from '../trace.ts';
import { claimRoom } from './claim.ts';
import { counted, heldBack, isCounted, type RuleCounter } from './counter.ts';
import { currencyOf, giveReward } from './give.ts';
import { isPaid, type PoolAsk, type PoolVerdict } from './pool.ts';
import { type DueReward, dueReward, type FixedReward } from './reward.ts';
import { type CompiledRule, type Considered, considerRules, type RewardOccurrence } from './rule.ts';

/** Gives what the reward rules promise for events and for what follows from them. */
export function reactRewards(turn: Turn, occurrence: Occurrence): void {
  if (!isRewarded(occurrence)) return;
  const paidFor = paidForBy(turn, occurrence);
  const judging = { facts: turn.facts, paidFor, hash: turn.ruleset.hash };
  for (const considered of considerRules(turn.ruleset.rewardRules, occurrence, judging)) {
    if (considered.matched) pay(turn, considered, paidFor);
    else turn.trace.push(traceOf(considered, false));
  }
}

function isRewarded(occurrence: Occurrence): occurrence is RewardOccurrence {
  switch (occurrence.kind) {
    case 'event':
    case 'missionCompleted':
    case 'streakMilestone':
    case 'levelReached':
    case 'badgeAwarded':
    case 'leaderboardClosed':
      return true;
    default:
      return false;
  }
}

/** What a rule pays for, as causes name it: an event by its id; whatever else, whichever event brings it about. */
function paidForBy(turn: Turn, occurrence: RewardOccurrence): string {
  switch (occurrence.kind) {
    case 'event':
      return turn.entry.id;
    case 'missionCompleted':
      return `mission:${progressId(occurrence.mission, occurrence.period)}`;
    case 'streakMilestone':
      return `streak:${occurrence.streak}:${occurrence.length}:${occurrence.key}`;
    case 'levelReached':
      return `level:${occurrence.track}:${occurrence.level}:${occurrence.key}`;
    case 'badgeAwarded':
      return `badge:${occurrence.badge}:${occurrence.tier}:${occurrence.key}`;
    case 'leaderboardClosed':
      return `board:${occurrence.leaderboard}:${occurrence.period}`;
  }
}

/** A reward that is due, and what causes it. */
interface Caused extends DueReward {
  readonly cause: string;
}

/** Pays a rule that matched, wholly or not at all. */
function pay(turn: Turn, considered: Considered, paidFor: string): void {
  const { rule, values } = considered;
  const due = dueOf(turn, rule, paidFor);
  const ask = askOf(turn, rule, due, paidFor);
  const verdict = ask === null ? undefined : lookup(turn.entry.verdicts ?? {}, ask.key);
  const held = heldFor(turn, rule, due, { ask, verdict });
  if (held !== null) {
    turn.withheld.push({ rule: rule.id, why: held.why });
    turn.trace.push(traceOf({ ...considered, why: held.why, values: { ...values, ...held.values } }, false));
    return;
  }
  turn.trace.push(traceOf(considered, true));
  if (isCounted(rule)) {
    const counter = counted(rule, counterOf(turn, rule), turn.entry);
    turn.state = { ...turn.state, counters: withEntry(turn.state.counters ?? {}, rule.id, counter) };
  }
  const source = { kind: 'rule', rule: rule.id } as const;
  const reason = { ...source, event: turn.entry.id };
  const paid = typeof verdict === 'object' ? verdict.paid : null;
  const allowance = paid === null ? undefined : new Map(Object.entries(paid));
  const occasion = { source, reason, answered: true, allowance } as const;
  for (const { cause, ...one } of due) giveReward(turn, { ...occasion, cause }, one);
}

/** What is due of a rule: also whether there is room for what is to be claimed, since what is given at once is asked for. */
function dueOf(turn: Turn, { id, promised }: CompiledRule, paidFor: string): Caused[] {
  let room = claimRoom(turn);
  return promised.flatMap((promise, index): Caused[] => {
    const one = dueReward(promise, turn.facts);
    if (one === null) return [];
    if (one.expiresAt !== null) room -= 1;
    const expiresAt = room < 0 ? null : one.expiresAt;
    return [{ ...one, expiresAt, cause: `rule:${id}@${paidFor}#${index}` }];
  });
}

function counterOf({ state }: Turn, { id }: CompiledRule): RuleCounter | undefined {
  return lookup(state.counters ?? {}, id);
}

/** Why a rule that matched gives nothing; null where it pays. Asks for what it shares among all players. */
function heldFor(
  turn: Turn,
  rule: CompiledRule,
  due: readonly Caused[],
  { ask, verdict }: { readonly ask: PoolAsk | null; readonly verdict: PoolVerdict | undefined },
): Pick<TraceEntry, 'why' | 'values'> | null {
  if (due.length === 0) return { why: 'gives_nothing', values: {} };
  const held = heldBack(rule, counterOf(turn, rule), turn.entry);
  if (held !== null) return held;
  if (ask === null) return null;
  if (verdict !== undefined) return isPaid(verdict) ? null : { why: verdict, values: asked(ask) };
  // Whoever decides it first answers what was asked, and decides again with the answer.
  turn.asks.push(ask);
  return null;
}

/** What a rule wants of what all players share; null where that is nothing. */
function askOf(
  turn: Turn,
  { id, caps, budget }: CompiledRule,
  due: readonly Caused[],
  paidFor: string,
): PoolAsk | null {
  const total = caps?.total ?? null;
  const amounts = (budget ?? []).map(({ currency, amount: most }) => {
    return { currency, amount: amountIn(turn, currency, due), budget: most };
  });
  const source = { kind: 'rule', rule: id } as const;
  const items = due.flatMap(({ reward, expiresAt, cause }) =>
    reward.kind === 'item' && expiresAt === null
      ? [{ cause, item: reward.item, quantity: reward.quantity, source }]
      : [],
  );
  if (total === null && amounts.every(({ amount }) => amount === 0) && items.length === 0) return null;
  return { key: `${id}@${paidFor}`, rule: id, total, amounts, items };
}

/** What rewards come to in a currency: what is given at once as far as the wallet takes it, what is promised whole. */
function amountIn(turn: Turn, currency: string, due: readonly Caused[]): number {
  const sumOf = (some: readonly Caused[]) =>
    some.reduce((sum, { reward }) => sum + (currencyOf(turn, reward) === currency ? amountOf(reward) : 0), 0);
  const [atOnce, promised] = [sumOf(due.filter(isAtOnce)), sumOf(due.filter((one) => !isAtOnce(one)))];
  const definition = turn.ruleset.currencies.get(currency);
  if (definition === undefined || atOnce === 0) return atOnce + promised;
  return clipAmount(definition, walletOf(turn.state, currency), turn.entry, atOnce, true).amount + promised;
}

function isAtOnce({ expiresAt }: DueReward): boolean {
  return expiresAt === null;
}

function amountOf(reward: FixedReward): number {
  return 'amount' in reward ? reward.amount : 0;
}

function asked({ total, amounts, items }: PoolAsk): TraceEntry['values'] {
  const stated = amounts
    .filter(({ amount }) => amount > 0)
    .flatMap(({ currency, amount, budget }) => [
      [`asked.${currency}`, amount] as const,
      [`budget.${currency}`, budget] as const,
    ]);
  const wanted = items.map(({ item, quantity }) => [`asked.${item}`, quantity] as const);
  return { ...(total === null ? {} : { total }), ...Object.fromEntries([...stated, ...wanted]) };
}

function traceOf({ rule, why, values, seen }: Considered, fired: boolean): TraceEntry {
  return { kind: 'rewardRule', id: rule.id, version: rule.version, fired, why, values, seen };
}
