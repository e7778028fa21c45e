import { definitionRoutes } from '../definitions/routes.ts';
import { LevelTrack, LevelTrackCreate, LevelTrackUpdate } from './schema.ts';

/** The shapes of level tracks. */
export const levelTrackKind = {
  name: 'LevelTrack',
  one: 'level track',
  many: 'level tracks',
  resource: 'level-tracks',
  item: LevelTrack,
  create: LevelTrackCreate,
  update: LevelTrackUpdate,
} as const;

export const levelTracks = definitionRoutes(levelTrackKind);
