import { backtestRoute } from '../backtests/route.ts';
import { definitionRoutes } from '../definitions/routes.ts';
import { c } from '../route.ts';
import { Streak, StreakCreate, StreakUpdate } from './schema.ts';

/** The shapes of streaks. */
export const streakKind = {
  name: 'Streak',
  one: 'streak',
  many: 'streaks',
  resource: 'streaks',
  item: Streak,
  create: StreakCreate,
  update: StreakUpdate,
} as const;

export const streaks = c.router({ ...definitionRoutes(streakKind), backtest: backtestRoute(streakKind) });
