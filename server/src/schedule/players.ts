import { PLAYER_SETTLE } from '../api/player-due.ts';
import { planSettling, type Settled } from '../api/settle.ts';
import { getUser } from '../store/users.ts';
import type { Outcome, TurnHandler } from './turn.ts';

function told(settled: Settled): Pick<Outcome, 'outcome' | 'details'> {
  if (settled.kind === 'ledger') return { outcome: 'settled', details: { entries: String(settled.ledger.length) } };
  return { outcome: 'redemptionExpired', details: { redemption: settled.redemption } };
}

/** Lets time pass for a player: one step a turn, so that each stands in the report, in order with all else. */
const settle: TurnHandler = async ({ platform, scope, item }) => {
  const user = await getUser(platform.table, scope, item.subject);
  if (user === undefined) return { outcome: 'skipped' };
  const { settled, writes, next } = await planSettling({ platform, scope, schedules: true }, user, item.at);
  if (settled === null) return { outcome: 'skipped', next };
  // What fell due longer ago, or at the same instant, comes at once: the player's sheet keeps each step from being
  // written twice.
  const isNow = next !== null && next <= item.at;
  return { ...told(settled), writes, ...(isNow ? { goesOn: true } : { next }) };
};

/** What falls due for players. */
export const playerTurns: ReadonlyMap<string, TurnHandler> = new Map([[PLAYER_SETTLE, settle]]);
