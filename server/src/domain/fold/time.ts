import { passLedger } from '../ledger/pass.ts';
import { passLevels } from '../level/react.ts';
import { passEnds } from '../mission/end.ts';
import { passMissions } from '../mission/running.ts';
import { playerFactsOf } from '../player-facts.ts';
import { passClaims } from '../reward/claim.ts';
import { passStreaks } from '../streak/pass.ts';
import type { Turn } from './turn.ts';

/**
 * How a part of the game takes the time that went by since the entry before: whatever fell due by the turn's moment
 * happens. Two steps come to what one long step comes to, so that it makes no difference when somebody looked.
 */
type Passing = (turn: Turn) => void;

/** Every part of the game to which time does something, in the order in which they take it. */
const passings: readonly Passing[] = [passLedger, passClaims, passMissions, passEnds, passStreaks, passLevels];

/** Brings the player to the moment of the entry, before it is taken; conditions see them as they are then. */
export function passTime(turn: Turn): void {
  for (const pass of passings) pass(turn);
  turn.facts = { ...turn.facts, player: playerFactsOf(turn.state, turn.ruleset.counted) };
}
