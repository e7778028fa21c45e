import type { Contract } from '@laurel/contract';
import type { RewardRuleUpdate, RewardTrigger } from '@laurel/contract/reward-rules/schema';
import type { Handlers } from './call.ts';
import { statedCondition } from './conditions.ts';
import { definitionHandlers, type Reference } from './definitions.ts';
import { rewardReferences } from './rewards.ts';

function triggerReferences(trigger: RewardTrigger): Reference[] {
  if (trigger.kind === 'event') {
    return trigger.activity === undefined
      ? []
      : [{ pointer: '/trigger/activity', kind: 'activities', id: trigger.activity }];
  }
  return trigger.mission === undefined ? [] : [{ pointer: '/trigger/mission', kind: 'missions', id: trigger.mission }];
}

export const rewardRules: Handlers<Contract['dashboard']['rewardRules']> = definitionHandlers({
  kind: 'rewardRules',
  idKind: 'rewardRule',
  build: (body: RewardRuleUpdate, managed) => ({ ...body, ...managed }),
  conditions: ({ trigger, condition }, rulebook) =>
    statedCondition(rulebook, '/condition', condition, trigger.kind === 'event' ? trigger.activity : undefined),
  references: ({ trigger, rewards }) => [...triggerReferences(trigger), ...rewardReferences(rewards)],
});
