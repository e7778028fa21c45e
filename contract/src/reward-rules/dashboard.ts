import { backtestRoute } from '../backtests/route.ts';
import { definitionRoutes } from '../definitions/routes.ts';
import { c } from '../route.ts';
import { RewardRule, RewardRuleCreate, RewardRuleUpdate } from './schema.ts';

/** The shapes of reward rules. */
export const rewardRuleKind = {
  name: 'RewardRule',
  one: 'reward rule',
  many: 'reward rules',
  resource: 'reward-rules',
  item: RewardRule,
  create: RewardRuleCreate,
  update: RewardRuleUpdate,
} as const;

export const rewardRules = c.router({ ...definitionRoutes(rewardRuleKind), backtest: backtestRoute(rewardRuleKind) });
