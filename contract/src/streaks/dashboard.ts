import { definitionRoutes } from '../definitions/routes.ts';
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

export const streaks = definitionRoutes(streakKind);
