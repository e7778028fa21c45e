import { backtestRoute } from '../backtests/route.ts';
import { definitionRoutes } from '../definitions/routes.ts';
import { c } from '../route.ts';
import { Mission, MissionCreate, MissionUpdate } from './schema.ts';

/** The shapes of missions. */
export const missionKind = {
  name: 'Mission',
  one: 'mission',
  many: 'missions',
  resource: 'missions',
  item: Mission,
  create: MissionCreate,
  update: MissionUpdate,
} as const;

export const missions = c.router({ ...definitionRoutes(missionKind), backtest: backtestRoute(missionKind) });
