import { closingTurns } from './closings.ts';
import { deliveryTurns } from './deliveries.ts';
import { missionTurns } from './missions.ts';
import { playerTurns } from './players.ts';
import { privacyTurns } from './privacy.ts';
import { teamMissionTurns } from './team-missions.ts';
import type { TurnHandlers } from './turn.ts';

/** What is run when its time comes, by kind: a new kind is a line here. */
export const turnHandlers: TurnHandlers = new Map([
  ...missionTurns,
  ...closingTurns,
  ...deliveryTurns,
  ...playerTurns,
  ...teamMissionTurns,
  ...privacyTurns,
]);
