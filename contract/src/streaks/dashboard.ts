import { definitionRoutes } from '../definitions/routes.ts';
import { Streak, StreakCreate, StreakUpdate } from './schema.ts';

export const streaks = definitionRoutes({
  name: 'Streak',
  one: 'streak',
  many: 'streaks',
  resource: 'streaks',
  item: Streak,
  create: StreakCreate,
  update: StreakUpdate,
});
