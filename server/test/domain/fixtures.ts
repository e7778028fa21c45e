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
import { periodsOf } from '../../src/calendar/schedule.ts';
import {
  allTouched,
  comparePositions,
  compileRuleset,
  type Decision,
  type Definitions,
  decide,
  type Entry,
  foldStretch,
  type Grant,
  newPlayer,
  type Outcome,
  type PlayerEvent,
  type PlayerState,
  positionOf,
  type RecordChange,
  type Ruleset,
  recordsAfter,
  type Stamps,
  type UserFacts,
  zonesOf,
} from '../../src/domain/index.ts';
import { compilersIn } from '../../src/store/compilers.ts';

/** When every event of these tests arrives. */
export const NOW = '2026-11-24T12:00:00.000Z';

const authored = {
  name: { en: 'Any' },
  status: 'published',
  version: 1,
  revision: 1,
  draft: false,
  publishedAt: NOW,
  running: 'keep',
  ruleset: 1,
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
    scope: 'players',
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
export function rulesetOf(definitions: Partial<Definitions>, version = 1): Ruleset {
  return compileRuleset(
    version,
    {
      activities: [],
      missions: [],
      missionVersions: definitions.missions ?? [],
      streakVersions: definitions.streaks ?? [],
      levelTrackVersions: definitions.levelTracks ?? [],
      currencies: [],
      rewardRules: [],
      streaks: [],
      leaderboards: [],
      leagues: [],
      segments: [],
      badges: [],
      levelTracks: [],
      ...definitions,
    },
    compilersIn(null),
  );
}

/** An event before it is stamped. */
export type Happening = Omit<PlayerEvent, 'stamps' | 'userId' | 'user'>;

/** What conditions see of the user of these tests. */
export function userOf(more: Partial<UserFacts> = {}): UserFacts {
  return { id: 'usr_ada', language: 'en', zone: 'UTC', attributes: {}, tags: [], ...more };
}

export function happening(id: string, occurredAt: string, more: Partial<Happening> = {}): Happening {
  return { id, activity: 'lesson', occurredAt, value: 1, attributes: {}, userZone: 'UTC', ...more };
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
export function stamped(ruleset: Ruleset, what: Happening, more: Partial<Entry> = {}): Entry {
  return {
    ...what,
    userId: 'usr_ada',
    user: userOf({ zone: what.userZone }),
    stamps: stampsOf(what.occurredAt, zonesOf(ruleset, what.userZone)),
    periods: periodsOf(what.occurredAt, ruleset.schedules, what.userZone),
    receivedAt: NOW,
    ruleset: ruleset.version,
    act: null,
    ...more,
  };
}

export type Decided = Extract<Decision, { kind: 'decided' }>;

/** Decides an entry that must not be refused. */
export function decidedEntry(ruleset: Ruleset, player: PlayerState, entry: Entry): Decided {
  const decision = decide(ruleset, player, entry);
  if (decision.kind === 'refused') throw new Error(decision.detail);
  // As an operator's explanation shows it.
  const trace = decision.trace.map(({ seen, ...one }) => ({ ...one, values: { ...seen?.(), ...one.values } }));
  return { ...decision, trace };
}

/** Decides an event that must not be refused, and that is later than all of the player's before. */
export function decided(ruleset: Ruleset, player: PlayerState, what: Happening): Decided {
  return decidedEntry(ruleset, player, stamped(ruleset, what));
}

/** Entries in the order of a history, which is not that of arrival. */
export function inOrder<Place extends Pick<Entry, 'occurredAt' | 'id'>>(entries: readonly Place[]): Place[] {
  return entries.toSorted((a, b) => comparePositions(positionOf(a), positionOf(b)));
}

/** Everything that a history came to. */
export interface History {
  readonly player: PlayerState;
  readonly outcomes: readonly Outcome[];
  /** Every record that was ever told, as it stands at the end, by its reference. */
  readonly records: Readonly<Record<string, RecordChange['record']>>;
  readonly granted: readonly Grant[];
  /** `mission:period` of each completed mission. */
  readonly completions: readonly string[];
}

/** Folds events in the order of their history, whatever order they are given in. */
export function fold(ruleset: Ruleset, happenings: readonly Happening[], from: PlayerState = newPlayer()): History {
  const entries = inOrder(happenings.map((what) => stamped(ruleset, what)));
  return foldEntries(() => ruleset, entries, from);
}

/** Folds entries that are in order. */
export function foldEntries(
  rulesetFor: (version: number) => Ruleset,
  entries: readonly Entry[],
  from: PlayerState = newPlayer(),
): History {
  const folded = foldStretch(deepFreeze(from), entries, rulesetFor);
  if (folded.kind === 'refused') throw new Error(folded.detail);
  const { state: player, outcomes } = folded;
  const records = [...recordsAfter(from, folded, allTouched(outcomes))];
  return {
    player,
    outcomes,
    records: Object.fromEntries(records.map(([ref, { record }]) => [ref, record])),
    granted: outcomes.flatMap(({ granted }) => granted),
    completions: outcomes.flatMap(completionsOf),
  };
}

/** `mission:period` of each mission that an entry completed. */
export function completionsOf({ marks }: Pick<Outcome, 'marks'>): string[] {
  return marks.flatMap((mark) => {
    const [kind, mission, period] = mark.split(' ');
    return kind === 'completed' ? [`${mission}:${period}`] : [];
  });
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
