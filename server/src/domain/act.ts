import type { LedgerReason } from '@laurel/contract/types';
import { applyBadgeAct, type BadgeAct } from './badge/react.ts';
import { give, type Turn } from './fold/turn.ts';
import { checkMaximum } from './ledger/earn.ts';
import { applyMoves, type MoveAct } from './ledger/move.ts';
import { applyMissionAct, type MissionAct } from './mission/act.ts';
import { applyTeamMission, type TeamMissionAct } from './mission/team-act.ts';
import type { ClaimAct } from './reward/claim.ts';
import { applyClaim } from './reward/give.ts';
import { applyStreakAct, type StreakAct } from './streak/act.ts';

/** An amount that an operator, a backend or the platform itself moves into a wallet, outside of any rule. */
export interface CreditAct {
  readonly kind: 'credit';
  readonly movements: readonly { readonly currency: string; readonly amount: number }[];
  readonly reason: LedgerReason;
}

/** The place that a player came to on a board or in a league that was closed, with its prize, which may be nothing. */
export interface PrizeAct {
  readonly kind: 'prize';
  readonly movements: readonly { readonly currency: string; readonly amount: number }[];
  readonly reason: Extract<LedgerReason, { kind: 'prize' }>;
}

/** Nothing but time passing: what fell due by then happens. */
export interface TickAct {
  readonly kind: 'tick';
}

/** What moves a player besides events. Acts stand in the same history, so that a refold replays them in their place. */
export type Act =
  | CreditAct
  | PrizeAct
  | MoveAct
  | TickAct
  | ClaimAct
  | MissionAct
  | TeamMissionAct
  | StreakAct
  | BadgeAct;

/** Does what an act says, in its turn. */
export function applyAct(turn: Turn, act: Act): void {
  switch (act.kind) {
    case 'credit':
      applyCredit(turn, act);
      break;
    case 'mission':
      applyMissionAct(turn, act);
      break;
    case 'teamMission':
      applyTeamMission(turn, act);
      break;
    case 'grantFreezes':
    case 'buyFreezes':
    case 'useFreeze':
    case 'pauseStreak':
    case 'repairStreak':
      applyStreakAct(turn, act);
      break;
    case 'awardBadge':
    case 'revokeBadge':
      applyBadgeAct(turn, act);
      break;
    case 'prize':
      applyCredit(turn, act);
      closeBoard(turn, act);
      break;
    case 'claim':
      applyClaim(turn, act);
      break;
    case 'move':
      applyMoves(turn, act);
      break;
    case 'tick':
      break;
  }
}

/** What waits for the closing of a board hears of the player's place. */
function closeBoard(turn: Turn, { reason: { of, id, period, rank } }: PrizeAct): void {
  if (of === 'leaderboard') turn.queue.push({ kind: 'leaderboardClosed', leaderboard: id, period, rank });
}

function applyCredit(turn: Turn, act: CreditAct | PrizeAct): void {
  for (const [index, { currency, amount }] of act.movements.entries()) {
    checkMaximum(turn, index, currency, amount);
    give(turn, { cause: `act:${turn.entry.id}#${index}`, currency, amount, reason: act.reason, source: null });
  }
}
