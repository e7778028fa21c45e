import { PLAYER_SETTLE } from '../api/player-due.ts';
import { dueAfter, planSettling, type Settled } from '../api/settle.ts';
import { PLAYER_UNPACK, packsOf, unpack } from '../store/packs.ts';
import { getSheet } from '../store/players.ts';
import { getUser } from '../store/users.ts';
import type { Outcome, TurnHandler } from './turn.ts';

function detailsFor(settled: Settled): Pick<Outcome, 'details'> {
  if (settled.kind === 'ledger') return { details: { entries: String(settled.ledger.length) } };
  return { details: { redemption: settled.redemption } };
}

/** Lets time pass for a player: one step a turn, so that each stands in the report, in order with all else. */
const settle: TurnHandler = async ({ platform, scope, item }) => {
  const user = await getUser(platform.table, scope, item.subject);
  if (user === undefined) return { outcome: 'skipped' };
  const step = await planSettling({ platform, scope }, user, item.at);
  const next = await dueAfter({ platform, scope }, user.id, item.at);
  const later = next !== null && next < item.at ? item.at : next;
  if (step === undefined) return { outcome: 'skipped', next: later };
  return {
    outcome: step.settled.kind === 'ledger' ? 'settled' : 'redemptionExpired',
    ...detailsFor(step.settled),
    writes: step.writes,
    next: later,
  };
};

/** Writes what a change of a player left packed, where whoever made it was killed before they had unpacked it. */
const unpackLeft: TurnHandler = async ({ platform, scope, item }) => {
  const sheet = await getSheet(platform.table, scope, item.subject);
  await unpack(platform.table, scope, packsOf(item.subject, sheet));
  return { outcome: 'unpacked' };
};

/** What falls due for players. */
export const playerTurns: ReadonlyMap<string, TurnHandler> = new Map([
  [PLAYER_SETTLE, settle],
  [PLAYER_UNPACK, unpackLeft],
]);
