import { definitionRoutes } from '../definitions/routes.ts';
import { Activity, ActivityCreate, ActivityUpdate } from './schema.ts';

export const activities = definitionRoutes({
  name: 'Activity',
  one: 'activity',
  many: 'activities',
  resource: 'activities',
  item: Activity,
  create: ActivityCreate,
  update: ActivityUpdate,
});
