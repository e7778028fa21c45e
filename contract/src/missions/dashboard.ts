import { definitionRoutes } from '../definitions/routes.ts';
import { Mission, MissionCreate, MissionUpdate } from './schema.ts';

export const missions = definitionRoutes({
  name: 'Mission',
  one: 'mission',
  many: 'missions',
  resource: 'missions',
  item: Mission,
  create: MissionCreate,
  update: MissionUpdate,
});
