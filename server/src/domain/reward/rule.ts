import type { RewardRule } from '@laurel/contract/types';
import { type Conditioned, type Facts, type Verdict, verdictOf } from '../condition.ts';
import { sortedById } from '../order.ts';
import type { TraceEntry } from '../trace.ts';

/** Something that happened and that reward rules may wait for. */
export type RewardOccurrence =
  | { readonly kind: 'event'; readonly activity: string }
  | { readonly kind: 'missionCompleted'; readonly mission: string; readonly period: string };

/** Rules that match the same occurrences, in the order of ids. */
interface RulesByMode {
  readonly always: readonly Conditioned<RewardRule>[];
  readonly fallback: readonly Conditioned<RewardRule>[];
}

/** The rules of one kind of trigger. */
interface TriggerIndex {
  /** By the activity or mission that they name, those that name none included. */
  readonly named: ReadonlyMap<string, RulesByMode>;
  /** Those that name none, for whatever no rule names. */
  readonly any: RulesByMode;
}

/** Reward rules by what they wait for. */
export interface RewardRuleIndex {
  readonly event: TriggerIndex;
  readonly missionCompleted: TriggerIndex;
}

/** Indexes reward rules by what they match; archived rules match nothing. */
export function indexRewardRules(rules: readonly Conditioned<RewardRule>[]): RewardRuleIndex {
  const published = rules.filter((rule) => rule.status === 'published');
  return {
    event: indexTrigger(published, 'event'),
    missionCompleted: indexTrigger(published, 'missionCompleted'),
  };
}

function indexTrigger(rules: readonly Conditioned<RewardRule>[], kind: RewardOccurrence['kind']): TriggerIndex {
  const groups = Map.groupBy(
    rules.filter((rule) => rule.trigger.kind === kind),
    (rule) => (rule.trigger.kind === 'event' ? rule.trigger.activity : rule.trigger.mission),
  );
  const any = groups.get(undefined) ?? [];
  const named = new Map<string, RulesByMode>();
  for (const [name, group] of groups) {
    if (name !== undefined) named.set(name, byMode([...group, ...any]));
  }
  return { named, any: byMode(any) };
}

function byMode(rules: readonly Conditioned<RewardRule>[]): RulesByMode {
  const sorted = sortedById(rules);
  return {
    always: sorted.filter((rule) => rule.mode === 'always'),
    fallback: sorted.filter((rule) => rule.mode === 'fallback'),
  };
}

/**
 * Which reward rules pay for one occurrence: every `always` rule that matches it pays; the `fallback` rules that
 * match it pay only where no `always` rule did. A rule matches where its trigger does and its condition holds. An event
 * and each mission that it completes are occurrences of their own: what pays for one does not hold back the fallbacks
 * of another.
 */
export function applyRewardRules(
  index: RewardRuleIndex,
  occurrence: RewardOccurrence,
  facts: Facts,
): { readonly paying: readonly RewardRule[]; readonly trace: TraceEntry[] } {
  const { always, fallback } = rulesFor(index, occurrence);
  const judge = (rule: Conditioned<RewardRule>): Judged => ({ rule, verdict: verdictOf(rule, facts) });
  const first = always.map(judge);
  const held = first.some(({ verdict }) => verdict.holds);
  // Nobody needs to know whether the condition of a rule holds that could not pay anyway.
  const second = held ? [] : fallback.map(judge);
  const { kind: trigger, ...what } = occurrence;
  const values = { trigger, ...what };
  return {
    paying: [...first, ...second].flatMap(({ rule, verdict }) => (verdict.holds ? [rule] : [])),
    trace: [
      ...first.map((judged) => judgedTrace(judged, 'trigger_matched', values)),
      ...(held ? fallback.map((rule) => traceOf(rule, false, 'always_rule_matched', values)) : []),
      ...second.map((judged) => judgedTrace(judged, 'no_always_rule', values)),
    ],
  };
}

/** A rule whose trigger happened, and whether its condition holds. */
interface Judged {
  readonly rule: RewardRule;
  readonly verdict: Verdict;
}

function judgedTrace({ rule, verdict }: Judged, why: TraceEntry['why'], values: TraceEntry['values']): TraceEntry {
  if (verdict.holds) return traceOf(rule, true, why, values);
  return traceOf(rule, false, verdict.why, { ...verdict.values, ...values });
}

function rulesFor(index: RewardRuleIndex, occurrence: RewardOccurrence): RulesByMode {
  const { named, any } = index[occurrence.kind];
  return named.get(occurrence.kind === 'event' ? occurrence.activity : occurrence.mission) ?? any;
}

function traceOf(rule: RewardRule, fired: boolean, why: TraceEntry['why'], values: TraceEntry['values']): TraceEntry {
  return { kind: 'rewardRule', id: rule.id, version: rule.version, fired, why, values };
}
