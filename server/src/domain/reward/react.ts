import type { Occurrence } from '../fold/occurrence.ts';
import type { Turn } from '../fold/turn.ts';
import { progressId } from '../player.ts';
import { lookup, withEntry } from '../record.ts';
import type { TraceCode, TraceEntry } from '../trace.ts';
import { counted, heldBack, isCounted, type RuleCounter } from './counter.ts';
import { giveReward } from './give.ts';
import type { PoolAsk } from './pool.ts';
import { type DueReward, dueReward } from './reward.ts';
import { type CompiledRule, type Considered, considerRules, type RewardOccurrence } from './rule.ts';

/** Gives what the reward rules promise for events and for what follows from them. */
export function reactRewards(turn: Turn, occurrence: Occurrence): void {
  if (!isRewarded(occurrence)) return;
  const paidFor = paidForBy(turn, occurrence);
  const judging = { facts: turn.facts, paidFor, hash: turn.ruleset.hash };
  for (const considered of considerRules(turn.ruleset.rewardRules, occurrence, judging)) {
    const { rule, matched, why, values } = considered;
    if (matched) pay(turn, considered, paidFor);
    else turn.trace.push(traceOf(rule, false, why, values));
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

/** A reward that is due, and its place among those of the rule. */
interface Numbered extends DueReward {
  readonly index: number;
}

/** Pays a rule that matched, wholly or not at all. */
function pay(turn: Turn, { rule, why, values }: Considered, paidFor: string): void {
  const due = rule.promised.flatMap((promise, index): Numbered[] => {
    const one = dueReward(promise, turn.facts);
    return one === null ? [] : [{ ...one, index }];
  });
  const held = heldFor(turn, rule, due, paidFor);
  if (held !== null) {
    turn.withheld.push({ rule: rule.id, why: held.why });
    turn.trace.push(traceOf(rule, false, held.why, { ...values, ...held.values }));
    return;
  }
  turn.trace.push(traceOf(rule, true, why, values));
  if (isCounted(rule)) {
    const counter = counted(rule, counterOf(turn, rule), turn.entry);
    turn.state = { ...turn.state, counters: withEntry(turn.state.counters ?? {}, rule.id, counter) };
  }
  const source = { kind: 'rule', rule: rule.id } as const;
  const reason = { ...source, event: turn.entry.id };
  for (const { index, ...one } of due) {
    giveReward(turn, { cause: `rule:${rule.id}@${paidFor}#${index}`, source, reason }, one);
  }
}

function counterOf({ state }: Turn, { id }: CompiledRule): RuleCounter | undefined {
  return lookup(state.counters ?? {}, id);
}

/** Why a rule that matched gives nothing; null where it pays. Asks for what it shares among all players. */
function heldFor(
  turn: Turn,
  rule: CompiledRule,
  due: readonly DueReward[],
  paidFor: string,
): Pick<TraceEntry, 'why' | 'values'> | null {
  if (due.length === 0) return { why: 'gives_nothing', values: {} };
  const held = heldBack(rule, counterOf(turn, rule), turn.entry);
  if (held !== null) return held;
  const ask = askOf(rule, due, paidFor);
  if (ask === null) return null;
  const verdict = lookup(turn.entry.verdicts ?? {}, ask.key);
  if (verdict === 'paid') return null;
  if (verdict !== undefined) return { why: verdict, values: asked(ask) };
  // Whoever decides it first answers what was asked, and decides again with the answer.
  turn.asks.push(ask);
  return null;
}

/** What a rule wants of what it shares among all players; null where it shares nothing. */
function askOf({ id, caps, budget }: CompiledRule, due: readonly DueReward[], paidFor: string): PoolAsk | null {
  const total = caps?.total ?? null;
  const amounts = (budget ?? []).flatMap(({ currency, amount: most }) => {
    const wanted = due.flatMap(({ reward }) =>
      reward.kind === 'currency' && reward.currency === currency ? [reward.amount] : [],
    );
    const amount = wanted.reduce((sum, one) => sum + one, 0);
    return amount === 0 ? [] : [{ currency, amount, budget: most }];
  });
  return total === null && amounts.length === 0 ? null : { key: `${id}@${paidFor}`, rule: id, total, amounts };
}

function asked({ total, amounts }: PoolAsk): TraceEntry['values'] {
  const stated = amounts.flatMap(({ currency, amount, budget }) => [
    [`asked.${currency}`, amount] as const,
    [`budget.${currency}`, budget] as const,
  ]);
  return { ...(total === null ? {} : { total }), ...Object.fromEntries(stated) };
}

function traceOf(rule: CompiledRule, fired: boolean, why: TraceCode, values: TraceEntry['values']): TraceEntry {
  return { kind: 'rewardRule', id: rule.id, version: rule.version, fired, why, values };
}
