import type {
  Activity,
  Badge,
  Currency,
  Leaderboard,
  League,
  LevelTrack,
  Mission,
  MissionSchedule,
  Reward,
  RewardRule,
  Segment,
  Streak,
} from '@laurel/contract/types';
import type { CompileCondition, Condition } from './condition.ts';
import { resolveZone } from './event.ts';
import { audienceOf } from './leaderboard/audience.ts';
import { type BoardIndex, indexBoards } from './leaderboard/index-boards.ts';
import type { CompileCron } from './leaderboard/score.ts';
import { leagueBoard } from './league/board.ts';
import { compileTrack, type TrackBook } from './level/climb.ts';
import {
  bookOfMissions,
  indexMissions,
  type MissionBook,
  type MissionIndex,
  type MissionRules,
} from './mission/match.ts';
import { type PeriodOf, type StampedSchedule, stampedSchedules } from './mission/schedule.ts';
import { sortedById } from './order.ts';
import type { CountedNames } from './player-facts.ts';
import { type CompileAmount, promisedRewards } from './reward/reward.ts';
import { indexRewardRules, type RewardRuleIndex } from './reward/rule.ts';
import { type CompiledSegment, compileSegments, inSegment, type UserCondition } from './segment/segment.ts';
import type { StreakRules } from './streak/state.ts';
import type { StreakBook } from './streak/version.ts';
import { countsForTeams } from './team/counts.ts';
import { booksBy, booksOf, recounting } from './versions.ts';

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
  /** Every published version of every streak, for players who are still on it. */
  readonly streakVersions: readonly Streak[];
  readonly leaderboards: readonly Leaderboard[];
  readonly leagues: readonly League[];
  readonly segments: readonly Segment[];
  readonly badges: readonly Badge[];
  readonly levelTracks: readonly LevelTrack[];
  /** Every published version of every level track: what occurred under one counts by it. */
  readonly levelTrackVersions: readonly LevelTrack[];
}

/** A workspace's rules, indexed by what they match: an event costs by the rules it touches, not by how many exist. */
export interface Ruleset {
  readonly version: number;
  /** By id, archived ones included. */
  readonly activities: ReadonlyMap<string, Activity>;
  /** By id, archived ones included: what a rule or mission that is at work promises is paid. */
  readonly currencies: ReadonlyMap<string, Currency>;
  readonly missions: MissionIndex;
  /** By id, archived ones included. */
  readonly missionBook: MissionBook;
  /** Those of which a version does not leave running progress as it is. */
  readonly movingMissions: readonly MissionRules[];
  readonly rewardRules: RewardRuleIndex;
  /** By the activities of all their versions, in the order of ids; published ones alone. */
  readonly streaks: ReadonlyMap<string, readonly StreakBook[]>;
  /** By id; published ones alone. */
  readonly streaksById: ReadonlyMap<string, StreakBook>;
  /** Those of which a version counts the streaks of players again. */
  readonly recountedStreaks: readonly StreakBook[];
  /** By what can move them; published ones alone, and leagues beside them. */
  readonly leaderboards: BoardIndex;
  /** Whether anything counts for teams, so that entries must keep the team that the player is in. */
  readonly countsTeams: boolean;
  /** By id, archived ones included: what was promised is still given. */
  readonly badges: ReadonlyMap<string, Badge>;
  /** By id; published ones alone. */
  readonly tracks: ReadonlyMap<string, TrackBook>;
  /** By the currencies that decide in their versions, in the order of ids; published ones alone. */
  readonly tracksByCurrency: ReadonlyMap<string, readonly TrackBook[]>;
  /** Those of which a version lets levels follow its own thresholds. */
  readonly recountedTracks: readonly TrackBook[];
  /** What conditions can ask of a player, by name. */
  readonly counted: CountedNames;
  /** By id, archived ones included. */
  readonly segments: ReadonlyMap<string, CompiledSegment>;
  /** The distinct zones that the definitions count in, `user` included. */
  readonly zones: readonly string[];
  /** The schedules by which an entry must be stamped besides. */
  readonly schedules: readonly StampedSchedule[];
  /** SHA-256 of a text, in hexadecimal digits: what draws and the ids of rewards are made of. */
  readonly hash: (text: string) => string;
  readonly periodOf: PeriodOf;
}

/** What makes functions of the texts of expressions, and other functions that the core does not have itself. */
export interface Compilers {
  readonly condition: CompileCondition;
  readonly userCondition: (text: string) => UserCondition;
  readonly cron: CompileCron;
  readonly amount: CompileAmount;
  /** SHA-256 of a text, in hexadecimal digits. */
  readonly hash: (text: string) => string;
  readonly periodOf: PeriodOf;
}

/**
 * Compiles the definitions of a workspace into a ruleset of a given version.
 * @param compilers make functions of conditions' texts: the core parses none itself
 */
export function compileRuleset(
  version: number,
  definitions: Definitions,
  { condition, userCondition, amount, hash, cron, periodOf }: Compilers,
): Ruleset {
  const activities = new Map(definitions.activities.map((activity) => [activity.id, activity]));
  const holds = (text: string | undefined, activity: string | undefined): Condition | null =>
    text === undefined ? null : condition(text, activity === undefined ? undefined : activities.get(activity));
  const segments = compileSegments(definitions.segments, userCondition);
  const boards: readonly Leaderboard[] = [...definitions.leaderboards, ...definitions.leagues.map(leagueBoard)];
  const scoring = atWork(boards).map((board) => ({
    ...board,
    holds: holds(board.condition, 'activity' in board.source ? board.source.activity : undefined),
    admits: audienceOf(board.audience, condition, segments),
    cronPeriod: board.window.kind === 'cron' ? cron(board.window) : null,
  }));
  const promised = (rewards: readonly Reward[], activity: string | undefined) =>
    promisedRewards(rewards, (text) => amount(text, activity === undefined ? undefined : activities.get(activity)));
  const streakRules = (one: Streak): StreakRules => ({
    ...one,
    holds: holds(one.condition, one.activity),
    promised: new Map(one.milestones?.map(({ length, rewards }) => [length, promised(rewards, undefined)])),
  });
  const streaks = booksOf(atWork(definitions.streaks), definitions.streakVersions, streakRules);
  const rules = definitions.rewardRules.map((rule) => {
    const activity = rule.trigger.kind === 'event' ? rule.trigger.activity : undefined;
    return { ...rule, holds: holds(rule.condition, activity), promised: promised(rule.rewards, activity) };
  });
  const currencies = new Map(definitions.currencies.map((currency) => [currency.id, currency]));
  const tracks = booksOf(atWork(definitions.levelTracks), definitions.levelTrackVersions, (track) =>
    compileTrack(track, (rewards) => promised(rewards, undefined)),
  );
  const badges = new Map(definitions.badges.map((badge) => [badge.id, badge]));
  const byTrack = new Map(tracks.map((book) => [book.id, book]));
  const missionBook = bookOfMissions(definitions.missions, definitions.missionVersions, {
    condition: holds,
    target: (text) => amount(text, undefined),
    adds: (text, activity) => amount(text, activity === undefined ? undefined : activities.get(activity)),
    promised,
    tagged: taggedIn(definitions.activities),
    audience: (audience) => {
      if ('condition' in audience) return userCondition(audience.condition);
      const segment = segments.get(audience.segment);
      return (user) => segment !== undefined && inSegment(segment, user);
    },
  });
  return {
    version,
    activities,
    currencies,
    counted: { balances: currencies, levels: byTrack, badges, counters: activities },
    missions: indexMissions(missionBook),
    missionBook,
    movingMissions: [...missionBook.values()].filter(({ moving }) => moving.length > 0),
    rewardRules: indexRewardRules(rules, definitions.activities),
    streaks: booksBy(streaks, ({ activity }) => activity),
    streaksById: new Map(streaks.map((book) => [book.id, book])),
    recountedStreaks: recounting(streaks),
    leaderboards: indexBoards(scoring),
    countsTeams: countsForTeams(definitions),
    badges,
    tracks: byTrack,
    tracksByCurrency: booksBy(tracks, ({ ladder }) => ladder.currency),
    recountedTracks: recounting(tracks),
    segments,
    zones: definedZones(definitions),
    schedules: stampedSchedules(schedulesIn(definitions)),
    hash,
    periodOf,
  };
}

/** The activities that have a tag, by the tag. */
function taggedIn(activities: readonly Activity[]): (tag: string) => readonly string[] {
  const pairs = activities.flatMap(({ id, tags = [] }) => tags.map((tag) => [tag, id] as const));
  const byTag = Map.groupBy(pairs, ([tag]) => tag);
  return (tag) => (byTag.get(tag) ?? []).map(([, id]) => id);
}

/** What archived takes nothing more. */
function atWork<Definition extends { readonly id: string; readonly status: string }>(
  definitions: readonly Definition[],
): Definition[] {
  return sortedById(definitions.filter((definition) => definition.status === 'published'));
}

/** The IANA zones in which an entry must be stamped before it is decided: all that the rules count in. */
export function zonesOf(ruleset: Ruleset, userZone: string): readonly string[] {
  return [...new Set(ruleset.zones.map((zone) => resolveZone(zone, userZone)))];
}

/** The distinct zones of the definitions, `user` included. */
function definedZones(definitions: Definitions): string[] {
  const { activities, streaks, streakVersions, leaderboards, leagues, currencies, rewardRules } = definitions;
  const windows = leaderboards.map(({ window }) => window);
  const zones = [
    ...schedulesIn(definitions).flatMap((schedule) => (schedule.kind === 'recurring' ? [schedule.zone] : [])),
    ...windows.flatMap((window) => (window.kind === 'recurring' ? [window.zone] : [])),
    ...[...streaks, ...streakVersions].map((streak) => streak.zone),
    ...leagues.map((league) => league.zone),
    ...rewardRules.flatMap(({ caps }) => caps?.zone ?? []),
    ...activities.flatMap(({ limits = [] }) => limits.map(({ zone }) => zone)),
    ...currencies.flatMap(({ caps }) => (caps === undefined ? [] : [caps.zone])),
  ];
  return [...new Set(zones)];
}

function schedulesIn({ missions, missionVersions }: Definitions): MissionSchedule[] {
  return [...missions, ...missionVersions].map(({ schedule }) => schedule);
}
