import type {
  Activity,
  Currency,
  Leaderboard,
  Mission,
  RewardRule,
  RewardTrigger,
  Streak,
} from '@laurel/contract/types';
import { Temporal } from 'temporal-polyfill';
import {
  compileRuleset,
  type Decision,
  type Definitions,
  decide,
  needsOf,
  newPlayer,
  type PlayerEvent,
  type PlayerState,
  type Posting,
  type Ruleset,
  type Stamps,
  zonesOf,
} from '../../src/domain/index.ts';
import { conditionOf } from '../../src/expressions/index.ts';

/** The moment of every decision in these tests. */
export const NOW = '2026-11-24T12:00:00.000Z';

const authored = {
  name: { en: 'Any' },
  status: 'published',
  version: 1,
  createdAt: NOW,
  updatedAt: NOW,
  author: 'usr_author',
} as const;

const xp = (amount: number) => [{ kind: 'currency', currency: 'xp', amount }] as const;

export function activity(id: string): Activity {
  return { ...authored, id, playersMaySend: false };
}

export function currency(id: string): Currency {
  return { ...authored, id, precision: 0 };
}

export function mission(id: string, more: Partial<Mission> = {}): Mission {
  return {
    ...authored,
    id,
    schedule: { kind: 'permanent' },
    steps: [{ activity: 'lesson', adds: 'one', target: 5 }],
    rewards: [],
    ...more,
  };
}

export function rewardRule(
  id: string,
  trigger: RewardTrigger,
  amount: number,
  more: Partial<RewardRule> = {},
): RewardRule {
  return { ...authored, id, trigger, mode: 'always', rewards: [...xp(amount)], ...more };
}

export function streak(id: string, more: Partial<Streak> = {}): Streak {
  return { ...authored, id, cadence: 'day', zone: 'user', activity: 'lesson', ...more };
}

export function leaderboard(id: string, more: Partial<Leaderboard> = {}): Leaderboard {
  return {
    ...authored,
    id,
    source: { kind: 'sum', activity: 'lesson' },
    window: { kind: 'allTime' },
    ties: 'competition',
    direction: 'high',
    prizes: [],
    tiedPrizes: 'each',
    graceMinutes: 60,
    ...more,
  };
}

/** A ruleset of these definitions; missions are their own published versions unless told otherwise. */
export function rulesetOf(definitions: Partial<Definitions>): Ruleset {
  return compileRuleset(
    1,
    {
      activities: [],
      missions: [],
      missionVersions: definitions.missions ?? [],
      currencies: [],
      rewardRules: [],
      streaks: [],
      leaderboards: [],
      leagues: [],
      ...definitions,
    },
    conditionOf,
  );
}

/** An event before it is stamped. */
export type Happening = Omit<PlayerEvent, 'stamps' | 'attributes' | 'userId' | 'userLanguage'>;

export function happening(id: string, occurredAt: string, more: Partial<Happening> = {}): Happening {
  return { id, activity: 'lesson', occurredAt, value: 1, userZone: 'UTC', ...more };
}

export function stampsOf(instant: string, zones: readonly string[]): Stamps {
  return Object.fromEntries(
    zones.map((zone) => {
      const date = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
      const day = date.toString();
      const week = `${date.yearOfWeek}-W${String(date.weekOfYear).padStart(2, '0')}`;
      const dayNumber = Temporal.PlainDate.from('1970-01-01').until(date, { largestUnit: 'day' }).days;
      return [zone, { day, dayNumber, week, month: day.slice(0, 7) }];
    }),
  );
}

/** The event as a shell would give it to the core: stamped in the zones that the ruleset asks for, and no other. */
export function stamped(ruleset: Ruleset, what: Happening): PlayerEvent {
  const stamps = stampsOf(what.occurredAt, zonesOf(ruleset, what.activity, what.userZone));
  return { ...what, userId: 'usr_ada', userLanguage: 'en', attributes: {}, stamps };
}

export type Decided = Extract<Decision, { kind: 'decided' }>;

/** Decides an event that must not be refused. */
export function decided(ruleset: Ruleset, player: PlayerState, what: Happening): Decided {
  const decision = decide(ruleset, player, stamped(ruleset, what), NOW);
  if (decision.kind === 'refused') throw new Error(decision.detail);
  return decision;
}

/** Everything that a history of events came to. */
export interface History {
  readonly player: PlayerState;
  readonly postings: readonly Posting[];
  readonly completions: readonly string[];
}

/**
 * Folds events the way a shell does: only the slices that the core asks for are loaded, and what comes back is put
 * beside the rest.
 */
export function fold(ruleset: Ruleset, happenings: readonly Happening[], from: PlayerState = newPlayer()): History {
  let player = from;
  const postings: Posting[] = [];
  const completions: string[] = [];
  for (const what of happenings) {
    const needs = needsOf(ruleset, stamped(ruleset, what));
    const loaded: PlayerState = {
      wallets: player.wallets,
      progress: pick(player.progress, needs.progress),
      streaks: pick(player.streaks, needs.streaks),
      scores: pick(player.scores, needs.scores),
    };
    const { effects, player: after } = decided(ruleset, deepFreeze(loaded), what);
    player = {
      wallets: after.wallets,
      progress: { ...player.progress, ...after.progress },
      streaks: { ...player.streaks, ...after.streaks },
      scores: { ...player.scores, ...after.scores },
    };
    postings.push(...effects.postings);
    completions.push(...effects.missionsCompleted.map((one) => `${one.mission}:${one.period}`));
  }
  return { player, postings, completions };
}

function pick<Value>(record: Readonly<Record<string, Value>>, ids: readonly string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([id]) => ids.includes(id)));
}

/** Freezes a value through and through, so that any attempt to change it throws. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
    if (value instanceof Map) for (const [key, part] of value) deepFreeze([key, part]);
  }
  return value;
}
