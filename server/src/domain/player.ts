import { lookup } from './record.ts';

/** What a player has of one currency. */
export interface WalletState {
  /** What can be spent; never below 0. */
  readonly balance: number;
  /** What was taken back after it had been spent; later credits settle it first. More than 0 only at a balance of 0. */
  readonly owed: number;
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
}

/** How often a player has completed a mission, in whatever period. */
export interface Completions {
  readonly count: number;
  /** The id of the entry that completed it first. */
  readonly first: string;
}

/** A stretch of day numbers without a gap, both ends included. */
export type Run = readonly [from: number, to: number];

/** A player's score on one leaderboard in one period. */
export interface ScoreRecord {
  readonly leaderboard: string;
  readonly period: string;
  readonly score: number;
  /** The latest `occurredAt` of the events that moved the score. */
  readonly reachedAt: string;
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
  /** By streak: the runs in order, apart from one another by a missed day at least. */
  readonly streaks: Readonly<Record<string, readonly Run[]>>;
  /** By `scoreId`. */
  readonly scores: Readonly<Record<string, ScoreRecord>>;
  /** By mission; absent in what was kept before they were counted. */
  readonly completions?: Readonly<Record<string, Completions>>;
}

/** A player before their first event. */
export function newPlayer(): PlayerState {
  return {
    wallets: Object.create(null),
    progress: Object.create(null),
    streaks: Object.create(null),
    scores: Object.create(null),
    completions: Object.create(null),
  };
}

/** The player's wallet of a currency; an empty one where nothing was posted yet. */
export function walletOf(player: Pick<PlayerState, 'wallets'>, currency: string): WalletState {
  return lookup(player.wallets, currency) ?? { balance: 0, owed: 0 };
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
