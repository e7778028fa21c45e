import type { SharePlace } from '../domain/index.ts';
import type { Scope } from '../store/scope.ts';
import type { TeamKeeper } from './keeper.ts';
import { recountMission } from './recount-mission.ts';
import { recountScore } from './recount-score.ts';

type Recount = (keeper: TeamKeeper, scope: Scope, place: SharePlace) => Promise<void>;

/** How what a team has is counted anew, by what it is: whatever members share in adds a line. */
const recounts: { readonly [Of in SharePlace['of']]: Recount } = {
  leaderboard: ({ table }, scope, place) => recountScore(table, scope, place),
  mission: recountMission,
};

/** Counts what a team has of something anew, from all that its members gave to it. */
export const recount: Recount = (keeper, scope, place) => recounts[place.of](keeper, scope, place);
