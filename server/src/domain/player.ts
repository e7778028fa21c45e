import type { LimitCounters } from './activity/limits.ts';
import type { BadgeRecord } from './badge/hold.ts';
import type { Lot } from './ledger/lots.ts';
import type { LevelRecord } from './level/climb.ts';
import { lookup } from './record.ts';
import type { ClaimRecord } from './reward/claims.ts';
import type { RuleCounter } from './reward/counter.ts';
import type { StreakState } from './streak/state.ts';
import type { TeamShare } from './team/share.ts';

/** What a player has of one currency. */
export interface WalletState {
  /** What can be spent; never below 0. */
  readonly balance: number;
  /** What was taken back after it had been spent; later credits settle it first. More than 0 only at a balance of 0. */
  readonly owed: number;
  /** What is set aside for something that is not settled yet; absent is 0. */
  readonly held?: number;
  /** How the balance expires, the first to expire first; what is in none never does. */
  readonly lots?: readonly Lot[];
  /** What was earned in the current periods of the currency's caps. */
  readonly earned?: readonly EarnedCount[];
}

/** What a player earned of a currency in a period. */
export interface EarnedCount {
  readonly per: 'day' | 'week' | 'month';
  readonly period: string;
  readonly amount: number;
}

/** An amount that is set aside until it is captured, released, or over. */
export interface HoldRecord {
  readonly id: string;
  readonly transaction: string;
  readonly currency: string;
  readonly amount: number;
  readonly captured: number;
  readonly released: number;
  /** `expired` where time released what was left of it. */
  readonly state: 'held' | 'captured' | 'released' | 'expired';
  readonly heldAt: string;
  /** When what is left goes back by itself. */
  readonly expiresAt: string | null;
  /** When somebody should see to it: the end of a redemption that was not fulfilled. */
  readonly lapsesAt: string | null;
  /** How what is left would expire if it were in the wallet. */
  readonly lots: readonly Lot[];
}

/** How far a player is in one step of a mission. */
export interface StepState {
  /** Never more than the target. */
  readonly amount: number;
  /** Frozen when the progress started. */
  readonly target: number;
  /** When the event that reached the target occurred; null until then. */
  readonly completedAt: string | null;
}

/** How far a player is in one mission and period. */
export interface ProgressRecord {
  readonly mission: string;
  /** The version that it started on, and keeps, unless a later one moves what is running. */
  readonly missionVersion: number;
  /** The version that it started on, where a later one has moved it. */
  readonly startedOn?: number;
  /** Where a mission is completed again in a period, with the number of the time: `all.2`. */
  readonly period: string;
  /** Of the one step, or how many of several are completed. Never more than the target. */
  readonly amount: number;
  /** What completes it; frozen when the progress started. */
  readonly target: number;
  /** In the order of the mission's steps; absent in what was kept before there were several. */
  readonly steps?: readonly StepState[];
  /** When it was started. */
  readonly startedAt: string;
  /** The latest `occurredAt` of what moved it. */
  readonly movedAt: string;
  /** `movedAt` at the moment it was completed; null until then. */
  readonly completedAt: string | null;
  /** When it was left or cancelled; absent where it was not. */
  readonly cancelledAt?: string;
  /** The version of another schedule that ended it, where one did: it holds its period no more. */
  readonly endedBy?: number;
  /** When its period is over, while it is running; absent where that has no end. */
  readonly endsAt?: string;
  /** Present where that time went by before it was completed. */
  readonly expired?: true;
}

/** How often a player has completed a mission, in whatever period. */
export interface Completions {
  readonly count: number;
  /** The id of the entry that completed it first. */
  readonly first: string;
}

/** A stretch of numbers of days or periods without a gap, both ends included. */
export type Run = readonly [from: number, to: number];

/** A player's score on one leaderboard in one period. */
export interface ScoreRecord {
  readonly leaderboard: string;
  readonly period: string;
  readonly score: number;
  /** When the score was reached, in event time. */
  readonly reachedAt: string;
  /** Present where the lower score stands first. */
  readonly lowFirst?: true;
}

/**
 * The player as the fold of their history: all that later entries can depend on. What is absent has not begun, or is
 * over, such as the progress of periods long past.
 */
export interface PlayerState {
  /** By currency. */
  readonly wallets: Readonly<Record<string, WalletState>>;
  /** By `progressSlot`: of a mission that is completed again in its period, the last time alone. */
  readonly progress: Readonly<Record<string, ProgressRecord>>;
  /** By streak. */
  readonly streaks: Readonly<Record<string, StreakState>>;
  /** By `scoreId`. */
  readonly scores: Readonly<Record<string, ScoreRecord>>;
  /** By mission; absent in what was kept before they were counted. */
  readonly completions?: Readonly<Record<string, Completions>>;
  /** How often capped rules have paid, by rule; absent in what was written before there were any. */
  readonly counters?: Readonly<Record<string, RuleCounter>>;
  /** What is to be claimed, by reward; likewise. */
  readonly claims?: Readonly<Record<string, ClaimRecord>>;
  /** The open holds, by id; absent in what was written before there were any. */
  readonly holds?: Readonly<Record<string, HoldRecord>>;
  /** By badge; absent in what was written before there were any, like all below. */
  readonly badges?: Readonly<Record<string, BadgeRecord>>;
  /** By level track. */
  readonly levels?: Readonly<Record<string, LevelRecord>>;
  /** By activity. */
  readonly eventCounts?: Readonly<Record<string, number>>;
  /** What was given to teams, by `shareId`. */
  readonly shares?: Readonly<Record<string, TeamShare>>;
  /** How many events counted in the periods of limits, by activity. */
  readonly limits?: LimitCounters;
}

/** A player before their first event. */
export function newPlayer(): PlayerState {
  return {
    wallets: Object.create(null),
    progress: Object.create(null),
    streaks: Object.create(null),
    scores: Object.create(null),
    completions: Object.create(null),
    counters: Object.create(null),
    claims: Object.create(null),
    holds: Object.create(null),
    badges: Object.create(null),
    levels: Object.create(null),
    eventCounts: Object.create(null),
    shares: Object.create(null),
    limits: Object.create(null),
  };
}

/** The player's wallet of a currency; an empty one where nothing was posted yet. */
export function walletOf(player: Pick<PlayerState, 'wallets'>, currency: string): WalletState {
  return lookup(player.wallets, currency) ?? { balance: 0, owed: 0 };
}

/** The open holds of a player, by id. */
export function holdsOf({ holds }: Pick<PlayerState, 'holds'>): Readonly<Record<string, HoldRecord>> {
  return holds ?? {};
}

/** The id of a player's progress in a mission and period: there cannot be a second one. */
export function progressId(mission: string, period: string): string {
  return `${mission}:${period}`;
}

/** A period without the number of the time: `all.2` is the second time in `all`. */
export function basePeriod(period: string): string {
  return period.replace(/\.\d+$/, '');
}

/** The how manieth time in its period a progress is. */
export function timeInPeriod(period: string): number {
  return Number(/\.(\d+)$/.exec(period)?.[1] ?? 1);
}

/** Under what the hot state has the progress of a mission and period: the last of it, where there are several. */
export function progressSlot(mission: string, period: string): string {
  return progressId(mission, basePeriod(period));
}

/** Whether events can still move a progress, by what is kept of it. */
export function isRunning({ completedAt, cancelledAt }: ProgressRecord): boolean {
  return completedAt === null && cancelledAt === undefined;
}

/** The steps of a progress; what was kept without them is of one step. */
export function stepsOf({ steps, amount, target, completedAt }: ProgressRecord): readonly StepState[] {
  return steps ?? [{ amount, target, completedAt }];
}

/** The id of a player's score on a leaderboard in a period. */
export function scoreId(leaderboard: string, period: string): string {
  return `${leaderboard}:${period}`;
}
