import { PLAYER_SETTLE } from '../api/player-due.ts';
import { planSettling, type Settled } from '../api/settle.ts';
import { PLAYER_UNPACK, packsOf, unpack } from '../store/packs.ts';
import { getSheet } from '../store/players.ts';
import type { DueItem } from '../store/schedule.ts';
import { getUser } from '../store/users.ts';
import type { Outcome, TurnHandler } from './turn.ts';

function detailsOf(settled: Settled): NonNullable<Outcome['details']> {
  if (settled.kind === 'redemptionExpired') return { redemption: settled.redemption };
  const { ledger, frozen, broken } = settled;
  return {
    entries: String(ledger.length),
    ...(frozen.length === 0 ? {} : { streaksFrozen: frozen.join(',') }),
    ...(broken.length === 0 ? {} : { streaksBroken: broken.join(',') }),
  };
}

/** After this turn, and not at its very moment, where more is due by then: one step a turn. */
function laterThan({ at }: DueItem, next: string | null): string | null {
  return next !== null && next <= at ? new Date(Date.parse(at) + 1).toISOString() : next;
}

/** Lets time pass for a player: one step a turn, so that each stands in the report, in order with all else. */
const settle: TurnHandler = async ({ platform, scope, item }) => {
  const user = await getUser(platform.table, scope, item.subject);
  if (user === undefined) return { outcome: 'skipped' };
  const { step, next } = await planSettling({ platform, scope, inTurn: true }, user, item.at);
  const later = laterThan(item, next);
  // What was due has moved away since, such as the end of a streak that went on: nobody needs to hear of that.
  if (step === null) return { outcome: 'skipped', unreported: true, next: later };
  return {
    outcome: step.settled.kind === 'ledger' ? 'settled' : 'redemptionExpired',
    details: detailsOf(step.settled),
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
