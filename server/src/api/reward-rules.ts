import type { RewardTrigger } from '@laurel/contract/reward-rules/schema';
import { statedCondition } from './conditions.ts';
import type { DefinitionType, Reference } from './definition-type.ts';
import { rewardReferences } from './rewards.ts';

function triggerReferences(trigger: RewardTrigger): Reference[] {
  if (trigger.kind === 'event') {
    return trigger.activity === undefined
      ? []
      : [{ pointer: '/trigger/activity', kind: 'activities', id: trigger.activity }];
  }
  return trigger.mission === undefined ? [] : [{ pointer: '/trigger/mission', kind: 'missions', id: trigger.mission }];
}

/** What is particular to reward rules. */
export const rewardRuleType: DefinitionType<'rewardRules'> = {
  kind: 'rewardRules',
  idKind: 'rewardRule',
  build: (body, managed) => ({ ...body, ...managed }),
  conditions: ({ trigger, condition }, rulebook) =>
    statedCondition(rulebook, '/condition', condition, trigger.kind === 'event' ? trigger.activity : undefined),
  references: ({ trigger, rewards }) => [...triggerReferences(trigger), ...rewardReferences(rewards)],
};
