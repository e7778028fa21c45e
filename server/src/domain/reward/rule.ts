import type { Activity, RewardRule, RewardTrigger } from '@laurel/contract/types';
import { type Conditioned, type Facts, verdictOf } from '../condition.ts';
import type { Among, Occurrence } from '../fold/occurrence.ts';
import { compareText } from '../order.ts';
import type { Seen, TraceCode, TraceEntry } from '../trace.ts';
import type { PromisedReward } from './reward.ts';

/** Something that happened and that reward rules may wait for. */
export type RewardOccurrence = Extract<Occurrence, { readonly kind: RewardTrigger['kind'] }>;

/** A rule with its condition and its formulas compiled. */
export interface CompiledRule extends Conditioned<RewardRule> {
  readonly promised: readonly PromisedReward[];
}

/** Rules that wait for the same, in the order of ids. */
interface RulesByMode {
  /** `always`, and of each exclusive group, which stand together, the highest priority first. */
  readonly first: readonly (readonly CompiledRule[])[];
  readonly fallback: readonly CompiledRule[];
}

/** The rules of one kind of trigger. */
interface TriggerIndex {
  /** By the activity, mission or the like that they name, those that name none included. */
  readonly named: ReadonlyMap<string, RulesByMode>;
  /** Those that name none, for whatever no rule names. */
  readonly any: RulesByMode;
}

/** Reward rules by what they wait for. */
export type RewardRuleIndex = Readonly<Record<RewardTrigger['kind'], TriggerIndex>>;

/** Indexes reward rules by what they match; archived rules match nothing. */
export function indexRewardRules(rules: readonly CompiledRule[], activities: readonly Activity[]): RewardRuleIndex {
  const published = rules.filter((rule) => rule.status === 'published');
  const indexOf = (kind: RewardTrigger['kind']): TriggerIndex => {
    const waiting = published.filter(({ trigger }) => trigger.kind === kind);
    const any = waiting.filter(({ trigger }) => subjectOf(trigger) === undefined && tagOf(trigger) === undefined);
    const tags = kind === 'event' ? activities.filter(({ tags = [] }) => tags.length > 0) : [];
    const names = new Set([...waiting.flatMap(({ trigger }) => subjectOf(trigger) ?? []), ...tags.map(({ id }) => id)]);
    const tagsOf = new Map(tags.map(({ id, tags: labels = [] }) => [id, new Set(labels)]));
    const waitsFor = (name: string) => (rule: CompiledRule) => {
      const [subject, tag] = [subjectOf(rule.trigger), tagOf(rule.trigger)];
      if (tag !== undefined) return tagsOf.get(name)?.has(tag) === true;
      return subject === undefined || subject === name;
    };
    const named = [...names].map((name) => [name, byMode(waiting.filter(waitsFor(name)))] as const);
    return { named: new Map(named), any: byMode(any) };
  };
  return {
    event: indexOf('event'),
    missionCompleted: indexOf('missionCompleted'),
    streakMilestone: indexOf('streakMilestone'),
    levelReached: indexOf('levelReached'),
    badgeAwarded: indexOf('badgeAwarded'),
    leaderboardClosed: indexOf('leaderboardClosed'),
  };
}

/** What a trigger or an occurrence is about, by its id: the activity, mission, streak, track, badge or leaderboard. */
function subjectOf(about: RewardTrigger | RewardOccurrence): string | undefined {
  switch (about.kind) {
    case 'event':
      return about.activity;
    case 'missionCompleted':
      return about.mission;
    case 'streakMilestone':
      return about.streak;
    case 'levelReached':
      return about.track;
    case 'badgeAwarded':
      return about.badge;
    case 'leaderboardClosed':
      return about.leaderboard;
  }
}

function tagOf(trigger: RewardTrigger): string | undefined {
  return trigger.kind === 'event' ? trigger.tag : undefined;
}

function byMode(rules: readonly CompiledRule[]): RulesByMode {
  const groups = Map.groupBy(
    rules.filter(({ mode }) => mode !== 'fallback').toSorted((a, b) => compareText(a.id, b.id)),
    // An id holds no space: what is alone in its group cannot meet a group of that name.
    ({ mode, id }) => (typeof mode === 'object' ? mode.exclusive : ` ${id}`),
  );
  return {
    first: [...groups.values()].map((group) => group.toSorted((a, b) => priorityOf(b) - priorityOf(a))),
    fallback: rules.filter(({ mode }) => mode === 'fallback').toSorted((a, b) => compareText(a.id, b.id)),
  };
}

function priorityOf({ mode }: RewardRule): number {
  return typeof mode === 'object' ? mode.priority : 0;
}

/** Whether what an occurrence comes to is what the trigger asks for besides: a length, a level, a tier, a rank. */
function isAskedFor(trigger: RewardTrigger, occurrence: RewardOccurrence): boolean {
  if (trigger.kind === 'streakMilestone' && occurrence.kind === trigger.kind)
    return trigger.length === undefined || trigger.length === occurrence.length;
  if (trigger.kind === 'levelReached' && occurrence.kind === trigger.kind)
    return trigger.level === undefined || trigger.level === occurrence.level;
  if (trigger.kind === 'badgeAwarded' && occurrence.kind === trigger.kind)
    return trigger.tier === undefined || trigger.tier === occurrence.tier;
  if (trigger.kind === 'leaderboardClosed' && occurrence.kind === trigger.kind)
    return isInTop(trigger, occurrence.rank, occurrence.among);
  return true;
}

/** Whether a place is one that a rule waits for when a board is closed. */
export function isInTop(
  { topRank, topPercent }: Pick<Extract<RewardTrigger, { kind: 'leaderboardClosed' }>, 'topRank' | 'topPercent'>,
  rank: number,
  among: Among | null,
): boolean {
  if (topRank !== undefined && rank > topRank) return false;
  if (topPercent === undefined) return true;
  return among !== null && among.above < Math.ceil((among.players * topPercent) / 100);
}

/** A rule that waits for an occurrence, and whether it matches it. */
export interface Considered {
  readonly rule: CompiledRule;
  /** Whether it pays, unless caps, a cooldown or a budget keep it from that. */
  readonly matched: boolean;
  readonly why: TraceCode;
  readonly values: TraceEntry['values'];
  /** What its condition looked at. */
  readonly seen?: Seen | undefined;
}

/** What decides whether rules match: the facts, what would be paid for, and the hash that chance is drawn by. */
export interface Judging {
  readonly facts: Facts;
  /** Unique in the player's history: the event's id, `mission:weekly:2026-W48`. */
  readonly paidFor: string;
  readonly hash: (text: string) => string;
}

/**
 * Which reward rules match one occurrence, in the order in which they pay. A rule matches where its trigger does, in its
 * timeframe, where its condition holds and its draw is a hit; of an exclusive group, only the first that does. Fallbacks
 * match only where nothing else did. An event and each thing that follows from it are occurrences of their own: what
 * pays for one does not hold back the fallbacks of another.
 */
export function considerRules(index: RewardRuleIndex, occurrence: RewardOccurrence, judging: Judging): Considered[] {
  const { named, any } = index[occurrence.kind];
  const rules = named.get(subjectOf(occurrence) ?? '') ?? any;
  const asksFor = (rule: CompiledRule) => isAskedFor(rule.trigger, occurrence);
  const values = valuesOf(occurrence);
  const first = rules.first.flatMap((group) => considerGroup(group.filter(asksFor), judging, values));
  const fallback = rules.fallback.filter(asksFor);
  // Nobody needs to know whether the condition of a rule holds that could not pay anyway.
  if (first.some(({ matched }) => matched)) {
    const why = 'always_rule_matched';
    return [...first, ...fallback.map((rule) => ({ rule, matched: false, why, values }) as const)];
  }
  return [...first, ...fallback.map((rule) => consider(rule, judging, 'no_always_rule', values))];
}

function considerGroup(group: readonly CompiledRule[], judging: Judging, values: TraceEntry['values']): Considered[] {
  const considered: Considered[] = [];
  let winner: string | undefined;
  for (const rule of group) {
    if (winner === undefined) {
      const one = consider(rule, judging, 'trigger_matched', values);
      if (one.matched) winner = rule.id;
      considered.push(one);
    } else {
      considered.push({ rule, matched: false, why: 'other_rule_in_group', values: { ...values, rule: winner } });
    }
  }
  return considered;
}

function consider(rule: CompiledRule, judging: Judging, why: TraceCode, values: TraceEntry['values']): Considered {
  const { facts } = judging;
  const { from, to } = rule.timeframe ?? {};
  const at = Date.parse(facts.event.occurredAt);
  if ((from !== undefined && at < Date.parse(from)) || (to !== undefined && at >= Date.parse(to))) {
    const frame = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    return { rule, matched: false, why: 'out_of_timeframe', values: { ...values, ...frame } };
  }
  const { seen, ...verdict } = verdictOf(rule, facts);
  if (!verdict.holds) return { rule, matched: false, why: verdict.why, values, seen };
  if (rule.chance === undefined) return { rule, matched: true, why, values, seen };
  const drawn = drawOf(rule, judging);
  const { probability } = rule.chance;
  const hit = drawn < probability;
  const shown = { ...values, paidFor: judging.paidFor, drawn, probability };
  return { rule, matched: hit, why: hit ? why : 'chance_missed', values: shown, seen };
}

/** 2^48: so many outcomes a draw has, each exact as a fraction. */
const OUTCOMES = 2 ** 48;

/** What is drawn for a rule, from 0 to below 1: the same for ever, and told by nothing but the rule and what it pays for. */
function drawOf({ id, version, chance }: CompiledRule, { paidFor, hash }: Judging): number {
  const seed = chance?.seed === undefined ? [] : [chance.seed];
  return Number.parseInt(hash(JSON.stringify([id, version, paidFor, ...seed])).slice(0, 12), 16) / OUTCOMES;
}

/** What the trace shows of an occurrence. */
function valuesOf(occurrence: RewardOccurrence): TraceEntry['values'] {
  const trigger = occurrence.kind;
  switch (occurrence.kind) {
    case 'event':
      return { trigger, activity: occurrence.activity };
    case 'missionCompleted':
      return { trigger, mission: occurrence.mission, period: occurrence.period };
    case 'streakMilestone':
      return { trigger, streak: occurrence.streak, length: occurrence.length };
    case 'levelReached':
      return { trigger, track: occurrence.track, level: occurrence.level };
    case 'badgeAwarded':
      return { trigger, badge: occurrence.badge, tier: occurrence.tier };
    case 'leaderboardClosed':
      return { trigger, leaderboard: occurrence.leaderboard, period: occurrence.period, rank: occurrence.rank };
  }
}
