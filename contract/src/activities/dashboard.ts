import { definitionRoutes } from '../definitions/routes.ts';
import { Activity, ActivityCreate, ActivityUpdate } from './schema.ts';

/** The shapes of activities. */
export const activityKind = {
  name: 'Activity',
  one: 'activity',
  many: 'activities',
  resource: 'activities',
  item: Activity,
  create: ActivityCreate,
  update: ActivityUpdate,
} as const;

export const activities = definitionRoutes(activityKind);
