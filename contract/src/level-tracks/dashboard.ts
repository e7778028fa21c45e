import { definitionRoutes } from '../definitions/routes.ts';
import { LevelTrack, LevelTrackCreate, LevelTrackUpdate } from './schema.ts';

export const levelTracks = definitionRoutes({
  name: 'LevelTrack',
  one: 'level track',
  many: 'level tracks',
  resource: 'level-tracks',
  item: LevelTrack,
  create: LevelTrackCreate,
  update: LevelTrackUpdate,
});
