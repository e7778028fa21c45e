import { dayAfter, PLAYER_GIVE, PLAYER_SETTLE } from '../api/player-due.ts';
import { grantAct } from '../api/prizes.ts';
import { planSettling, type Settled } from '../api/settle.ts';
import { PLAYER_UNPACK, packsOf, unpack } from '../store/packs.ts';
import { getSheet } from '../store/players.ts';
import { getUser } from '../store/users.ts';
import type { Outcome, TurnHandler } from './turn.ts';

function detailsOf(settled: Settled): NonNullable<Outcome['details']> {
  if (settled.kind === 'redemptionExpired') return { redemption: settled.redemption };
  const { ledger, frozen, broken, expired, moved } = settled;
  return {
    entries: String(ledger.length),
    ...(frozen.length === 0 ? {} : { streaksFrozen: frozen.join(',') }),
    ...(broken.length === 0 ? {} : { streaksBroken: broken.join(',') }),
    ...(expired.length === 0 ? {} : { missionsExpired: expired.join(',') }),
    ...(moved.length === 0 ? {} : { missionsMoved: moved.join(',') }),
  };
}

/** Lets time pass for a player: one step a turn, so that each stands in the report, in order with all else. */
const settle: TurnHandler = async ({ platform, scope, item }) => {
  const user = await getUser(platform.table, scope, item.subject);
  if (user === undefined) return { outcome: 'skipped' };
  // Of a restricted user nothing is processed: time passes for them once they are released.
  if (user.status === 'restricted') return { outcome: 'skipped', unreported: true, next: dayAfter(item.at) };
  const { step, next } = await planSettling({ platform, scope, inTurn: true }, user, item.at);
  // What was due has moved away since, such as the end of a streak that went on: nobody needs to hear of that.
  if (step === null) return { outcome: 'skipped', unreported: true, next };
  // What fell due longer ago, or at the same instant, comes at once: the player's sheet keeps each step from being
  // written twice.
  const isNow = next !== null && next <= item.at;
  return {
    outcome: step.settled.kind === 'ledger' ? 'settled' : 'redemptionExpired',
    details: detailsOf(step.settled),
    writes: step.writes,
    ...(isNow ? { goesOn: true } : { next }),
  };
};

/** Gives what somebody was to be given while they were restricted: prizes, and what their team has completed. */
const give: TurnHandler = async ({ platform, scope, item, now }) => {
  const { userId = '', grantId = '', entryId = '', act = '' } = item.details ?? {};
  const user = await getUser(platform.table, scope, userId);
  if (user?.status === 'restricted') return { outcome: 'skipped', unreported: true, next: dayAfter(item.at) };
  const outcome = await grantAct({ platform, scope, now }, { userId, grantId, entryId, act: JSON.parse(act) });
  return { outcome, details: { grant: grantId } };
};

/** Writes what a change of a player left packed, where whoever made it was killed before they had unpacked it. */
const unpackLeft: TurnHandler = async ({ platform, scope, item }) => {
  const sheet = await getSheet(platform.table, scope, item.subject);
  await unpack(platform.table, scope, packsOf(item.subject, sheet));
  return { outcome: 'unpacked' };
};

/** What falls due for players. */
export const playerTurns: ReadonlyMap<string, TurnHandler> = new Map([
  [PLAYER_GIVE, give],
  [PLAYER_SETTLE, settle],
  [PLAYER_UNPACK, unpackLeft],
]);
