import type { Activity, Currency, Leaderboard, League, Mission, RewardRule, Streak } from '@laurel/contract/types';
import type { CompileCondition, Condition, Conditioned } from './condition.ts';
import { resolveZone } from './event.ts';
import { audienceOf } from './leaderboard/audience.ts';
import { type BoardIndex, boardsFor, indexBoards } from './leaderboard/react.ts';
import { leagueBoard } from './league/board.ts';
import { indexMissions, type MissionIndex } from './mission/match.ts';
import { sortedById } from './order.ts';
import { indexRewardRules, type RewardRuleIndex } from './reward/rule.ts';

/** All that the operators of a workspace have published. */
export interface Definitions {
  readonly activities: readonly Activity[];
  /** The current version of each mission, archived ones included. */
  readonly missions: readonly Mission[];
  /** Every published version of every mission, for players who are still on it. */
  readonly missionVersions: readonly Mission[];
  readonly currencies: readonly Currency[];
  readonly rewardRules: readonly RewardRule[];
  readonly streaks: readonly Streak[];
  readonly leaderboards: readonly Leaderboard[];
  readonly leagues: readonly League[];
}

/** A workspace's rules, indexed by what they match: an event costs by the rules it touches, not by how many exist. */
export interface Ruleset {
  readonly version: number;
  /** By id, archived ones included. */
  readonly activities: ReadonlyMap<string, Activity>;
  /** By id, archived ones included: what a rule or mission that is at work promises is paid. */
  readonly currencies: ReadonlyMap<string, Currency>;
  readonly missions: MissionIndex;
  readonly rewardRules: RewardRuleIndex;
  /** By activity, in the order of ids; published ones alone. */
  readonly streaks: ReadonlyMap<string, readonly Conditioned<Streak>[]>;
  /** By what can move them; published ones alone, and leagues beside them. */
  readonly leaderboards: BoardIndex;
}

/**
 * Compiles the definitions of a workspace into a ruleset of a given version.
 * @param compile makes a function of a condition's text: the core parses none itself
 * @throws RangeError where a mission has not exactly one step, which the contract rules out.
 */
export function compileRuleset(version: number, definitions: Definitions, compile: CompileCondition): Ruleset {
  const activities = new Map(definitions.activities.map((activity) => [activity.id, activity]));
  const holds = (text: string | undefined, activity: string | undefined): Condition | null =>
    text === undefined ? null : compile(text, activity === undefined ? undefined : activities.get(activity));
  const streaks = atWork(definitions.streaks).map((one) => ({ ...one, holds: holds(one.condition, one.activity) }));
  const boards = [...atWork(definitions.leaderboards), ...atWork(definitions.leagues).map(leagueBoard)].map(
    (board) => ({
      ...board,
      holds: holds(board.condition, 'activity' in board.source ? board.source.activity : undefined),
      admits: audienceOf(board.audience, compile),
    }),
  );
  const rules = definitions.rewardRules.map((rule) => ({
    ...rule,
    holds: holds(rule.condition, rule.trigger.kind === 'event' ? rule.trigger.activity : undefined),
  }));
  return {
    version,
    activities,
    currencies: new Map(definitions.currencies.map((currency) => [currency.id, currency])),
    missions: indexMissions(definitions.missions, definitions.missionVersions, holds),
    rewardRules: indexRewardRules(rules),
    streaks: Map.groupBy(streaks, (streak) => streak.activity),
    leaderboards: indexBoards(boards),
  };
}

/** What archived takes nothing more. */
function atWork<Definition extends { readonly id: string; readonly status: 'published' | 'archived' }>(
  definitions: readonly Definition[],
): Definition[] {
  return sortedById(definitions.filter((definition) => definition.status === 'published'));
}

/** The IANA zones in which an event of an activity must be stamped before it is decided, without repeats. */
export function zonesOf(ruleset: Ruleset, activity: string, userZone: string): readonly string[] {
  const schedules = (ruleset.missions.get(activity) ?? []).flatMap((match) => match.schedules);
  const streaks = ruleset.streaks.get(activity) ?? [];
  const windows = boardsFor(ruleset.leaderboards, activity, streaks).map((board) => board.window);
  const zones = [
    ...schedules.flatMap((schedule) => (schedule.kind === 'recurring' ? [schedule.zone] : [])),
    ...windows.flatMap((window) => (window.kind === 'recurring' ? [window.zone] : [])),
    ...streaks.map((streak) => streak.zone),
  ];
  return [...new Set(zones.map((zone) => resolveZone(zone, userZone)))];
}
