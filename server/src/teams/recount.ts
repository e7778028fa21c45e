import type { SharePlace } from '../domain/index.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { recountScore } from './recount-score.ts';

type Recount = (table: Table, scope: Scope, place: SharePlace) => Promise<void>;

/** How what a team has is counted anew, by what it is: whatever members share in adds a line. */
const recounts: { readonly [Of in SharePlace['of']]: Recount } = { leaderboard: recountScore };

/** Counts what a team has of something anew, from all that its members gave to it. */
export const recount: Recount = (table, scope, place) => recounts[place.of](table, scope, place);
