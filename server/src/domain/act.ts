import type { LedgerReason, RewardSource } from '@laurel/contract/types';
import { applyBadgeAct, type BadgeAct } from './badge/react.ts';
import type { Among } from './fold/occurrence.ts';
import type { Turn } from './fold/turn.ts';
import { checkMaximum } from './ledger/earn.ts';
import { applyMoves, type MoveAct } from './ledger/move.ts';
import { applyMissionAct, type MissionAct } from './mission/act.ts';
import { applyTeamMission, type TeamMissionAct } from './mission/team-act.ts';
import type { ClaimAct } from './reward/claim.ts';
import { applyClaim, currencyOf, giveReward } from './reward/give.ts';
import type { FixedReward } from './reward/reward.ts';
import { applyStreakAct, type StreakAct } from './streak/act.ts';

/** What an act gives: rewards, or, in what was kept before there were others, amounts. */
interface Gives {
  readonly rewards?: readonly FixedReward[];
  readonly movements?: readonly { readonly currency: string; readonly amount: number }[];
  readonly reason: LedgerReason;
}

/** What an operator or a backend gives by hand, outside of any rule. */
export interface CreditAct extends Gives {
  readonly kind: 'credit';
  readonly reason: Extract<LedgerReason, { kind: 'grant' }>;
  /** The transaction that its amounts are; absent in what was kept before they were one. */
  readonly transaction?: string;
}

/** The place that a player came to on a board or in a league that was closed, with its prize, which may be nothing. */
export interface PrizeAct extends Gives {
  readonly kind: 'prize';
  readonly reason: Extract<LedgerReason, { kind: 'prize' }>;
  /** Among how many, and how many of them were better; absent in what was kept before rules asked for it. */
  readonly among?: Among;
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
      applyGiving(turn, act);
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
      applyGiving(turn, act);
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
function closeBoard(turn: Turn, { reason: { of, id, period, rank }, among }: PrizeAct): void {
  if (of !== 'leaderboard') return;
  turn.queue.push({ kind: 'leaderboardClosed', leaderboard: id, period, rank, among: among ?? null });
}

function sourceOf(act: CreditAct | PrizeAct): RewardSource {
  if (act.kind === 'credit') return { kind: 'grant', note: act.reason.note };
  const { of, id, period, rank } = act.reason;
  return { kind: 'prize', of, id, period, rank };
}

function rewardsOf({ rewards, movements = [] }: Gives): readonly FixedReward[] {
  return rewards ?? movements.map((movement) => ({ kind: 'currency', ...movement }));
}

/** Gives what an act says: what is given by hand may ask too much of a wallet, and is then refused by who decides it first. */
function applyGiving(turn: Turn, act: CreditAct | PrizeAct): void {
  const source = sourceOf(act);
  const { reason } = act;
  const transaction = act.kind === 'credit' ? act.transaction : undefined;
  for (const [index, reward] of rewardsOf(act).entries()) {
    const currency = currencyOf(turn, reward);
    if (act.kind === 'credit' && currency !== null && 'amount' in reward)
      checkMaximum(turn, index, currency, reward.amount);
    const occasion = { cause: `act:${turn.entry.id}#${index}`, source, reason, transaction };
    giveReward(turn, occasion, { reward, expiresAt: null });
  }
}
