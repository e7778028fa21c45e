import type { RewardRule, RewardTrigger } from '@laurel/contract/reward-rules/schema';
import { utcInstant } from '../calendar/civil.ts';
import { statedCondition } from './conditions.ts';
import type { DefinitionType, Reference } from './definition-type.ts';
import { rewardReferences, rewardsInUtc, statedAmounts } from './promises.ts';

/** What a trigger names, if it names anything. */
function triggerReferences(trigger: RewardTrigger): Reference[] {
  switch (trigger.kind) {
    case 'event':
      return named('/trigger/activity', 'activities', trigger.activity);
    case 'missionCompleted':
      return named('/trigger/mission', 'missions', trigger.mission);
    case 'streakMilestone':
      return named('/trigger/streak', 'streaks', trigger.streak);
    case 'levelReached':
      return named('/trigger/track', 'levelTracks', trigger.track);
    case 'badgeAwarded':
      return named('/trigger/badge', 'badges', trigger.badge);
    case 'leaderboardClosed':
      return named('/trigger/leaderboard', 'leaderboards', trigger.leaderboard);
  }
}

function named(pointer: string, kind: Reference['kind'], id: string | undefined): Reference[] {
  return id === undefined ? [] : [{ pointer, kind, id }];
}

/** The activity whose events a rule waits for, if it is one. */
function activityOf(trigger: RewardTrigger): string | undefined {
  return trigger.kind === 'event' ? trigger.activity : undefined;
}

/** A body with its moments in UTC. */
function inUtc<Body extends Pick<RewardRule, 'timeframe' | 'rewards'>>(body: Body): Body {
  const { from, to } = body.timeframe ?? {};
  const timeframe = {
    ...(from === undefined ? {} : { from: utcInstant(from) }),
    ...(to === undefined ? {} : { to: utcInstant(to) }),
  };
  const rewards = rewardsInUtc(body.rewards);
  return body.timeframe === undefined ? { ...body, rewards } : { ...body, timeframe, rewards };
}

/** What is particular to reward rules. */
export const rewardRuleType: DefinitionType<'rewardRules'> = {
  kind: 'rewardRules',
  idKind: 'rewardRule',
  build: (body, managed) => ({ ...inUtc(body), ...managed }),
  conditions: ({ trigger, condition, rewards }, rulebook) => [
    ...statedCondition(rulebook, '/condition', condition, activityOf(trigger)),
    ...statedAmounts(rulebook, rewards, activityOf(trigger)),
  ],
  references: ({ trigger, rewards, budget = [] }) => [
    ...triggerReferences(trigger),
    ...rewardReferences(rewards),
    ...budget.flatMap(({ currency }, index) => named(`/budget/${index}/currency`, 'currencies', currency)),
  ],
};
