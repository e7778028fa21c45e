import type { GrantedReward, StreakEffect } from '@laurel/contract/types';
import type { Facts } from './condition.ts';
import type { PlayerEvent } from './event.ts';
import { moveScores } from './leaderboard/react.ts';
import type { ScoreChange, Scoring } from './leaderboard/score.ts';
import { type Movement, type Posting, post } from './ledger/post.ts';
import { moveMission } from './mission/move.ts';
import type { MissionVersion } from './mission/version.ts';
import { type PlayerState, type ProgressRecord, progressId, type Run } from './player.ts';
import { withEntries } from './record.ts';
import type { Refusal } from './refusal.ts';
import { missionRewards } from './reward/mission.ts';
import { applyRewardRules } from './reward/rule.ts';
import type { Ruleset } from './ruleset.ts';
import { countDay } from './streak/count.ts';
import type { TraceEntry } from './trace.ts';

/** All that an event brings about. */
export interface DomainEffects {
  /** Progress that changed, as it stands now. */
  readonly progress: readonly ProgressRecord[];
  readonly missionsCompleted: readonly { readonly mission: string; readonly period: string }[];
  readonly rewards: readonly GrantedReward[];
  /** One for each reward, in the same order. */
  readonly postings: readonly Posting[];
  readonly streaks: readonly StreakEffect[];
  readonly scores: readonly ScoreChange[];
}

/** What becomes of an event: its effects and the player after them, or a refusal, which changes nothing. */
export type Decision =
  | {
      readonly kind: 'decided';
      readonly effects: DomainEffects;
      /** The slices that were given, with the effects in them. */
      readonly player: PlayerState;
      /** One entry for each rule that was considered, in the order in which they were. */
      readonly trace: readonly TraceEntry[];
    }
  | Refusal;

/**
 * The game: what an event means for a player under a workspace's rules. Deterministic, and its arguments are never
 * changed. The player must hold the slices that `needsOf` names; that the event counts once is up to the caller.
 *
 * In this order: reward rules for the event, missions, what completed missions give (their own rewards, then the
 * reward rules for the completion), streaks, leaderboards; within each by id.
 *
 * @param now the moment of the decision, UTC: when what it posts was posted, and what conditions call `now`. Nothing
 *   else depends on it.
 * @throws RangeError where the event is not stamped in every zone of `zonesOf`.
 */
export function decide(ruleset: Ruleset, player: PlayerState, event: PlayerEvent, now: string): Decision {
  const facts: Facts = { event, player, currencies: ruleset.currencies, now };
  const forEvent = applyRewardRules(ruleset.rewardRules, { kind: 'event', activity: event.activity }, facts);
  const missions = moveMissions(ruleset, player, facts);
  const forMissions = rewardCompletions(ruleset, missions.completed, facts);
  const rewards = [...forEvent.rewards, ...forMissions.rewards];
  const posted = post(player, movementsOf(rewards, event), event.occurredAt, now);
  if (posted.kind === 'refused') return posted;
  const streaks = moveStreaks(ruleset, player, facts);
  const scores = moveScores(ruleset.leaderboards, player.scores, scoringsOf(event, rewards, streaks.effects), facts);
  if (scores.kind === 'refused') return scores;

  return {
    kind: 'decided',
    effects: {
      progress: missions.moved,
      missionsCompleted: missions.completed.map(({ version, period }) => ({ mission: version.mission, period })),
      rewards,
      postings: posted.postings,
      streaks: streaks.effects,
      scores: scores.effects,
    },
    player: { wallets: posted.wallets, progress: missions.progress, streaks: streaks.streaks, scores: scores.scores },
    trace: [...forEvent.trace, ...missions.trace, ...forMissions.trace, ...streaks.trace, ...scores.trace],
  };
}

/** What rewards put into the player's wallets, one movement each. */
function movementsOf(rewards: readonly GrantedReward[], event: PlayerEvent): Movement[] {
  return rewards.map(({ currency, amount, source }) => ({ currency, amount, reason: { ...source, event: event.id } }));
}

/** A mission that the event completed, by the version that the progress kept. */
interface Completion {
  readonly version: MissionVersion;
  readonly period: string;
}

function moveMissions(ruleset: Ruleset, player: PlayerState, facts: Facts) {
  const matches = ruleset.missions.get(facts.event.activity) ?? [];
  const moves = matches.map((match) => moveMission(match, player.progress, facts));
  const moved = moves.flatMap(({ record }) => record ?? []);
  const changed = new Map(moved.map((record) => [progressId(record.mission, record.period), record]));
  return {
    moved,
    progress: withEntries(player.progress, changed),
    completed: moves.flatMap(({ record, completed: version }): Completion[] =>
      record && version ? [{ version, period: record.period }] : [],
    ),
    trace: moves.map((move) => move.trace),
  };
}

function rewardCompletions(ruleset: Ruleset, completed: readonly Completion[], facts: Facts) {
  const outcomes = completed.map(({ version, period }) => {
    const occurrence = { kind: 'missionCompleted', mission: version.mission, period } as const;
    const { rewards, trace } = applyRewardRules(ruleset.rewardRules, occurrence, facts);
    return { rewards: [...missionRewards(version, period), ...rewards], trace };
  });
  return {
    rewards: outcomes.flatMap((outcome) => outcome.rewards),
    trace: outcomes.flatMap((outcome) => outcome.trace),
  };
}

function moveStreaks(ruleset: Ruleset, player: PlayerState, facts: Facts) {
  const streaks = ruleset.streaks.get(facts.event.activity) ?? [];
  const moves = streaks.map((streak) => countDay(streak, player.streaks, facts));
  const moved = moves.flatMap((move) => move.moved ?? []);
  const changed = new Map<string, readonly Run[]>(moved.map(({ effect, runs }) => [effect.streak, runs]));
  return {
    effects: moved.map(({ effect }) => effect),
    streaks: withEntries(player.streaks, changed),
    trace: moves.map((move) => move.trace),
  };
}

/** All of what happened that boards may count. */
function scoringsOf(
  { activity, value }: PlayerEvent,
  rewards: readonly GrantedReward[],
  streaks: readonly StreakEffect[],
): Scoring[] {
  return [
    { kind: 'event', activity, value },
    ...rewards.map(({ currency, amount }): Scoring => ({ kind: 'earned', currency, amount })),
    ...streaks.map(({ streak, run }): Scoring => ({ kind: 'streak', streak, days: run })),
  ];
}
