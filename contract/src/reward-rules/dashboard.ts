import { definitionRoutes } from '../definitions/routes.ts';
import { RewardRule, RewardRuleCreate, RewardRuleUpdate } from './schema.ts';

export const rewardRules = definitionRoutes({
  name: 'RewardRule',
  one: 'reward rule',
  many: 'reward rules',
  resource: 'reward-rules',
  item: RewardRule,
  create: RewardRuleCreate,
  update: RewardRuleUpdate,
});
