import { lookup } from './record.ts';
import type { StreakState } from './streak/state.ts';

/** What a player has of one currency. */
export interface WalletState {
  /** What can be spent; never below 0. */
  readonly balance: number;
  /** What was taken back after it had been spent; later credits settle it first. More than 0 only at a balance of 0. */
  readonly owed: number;
}

/** How far a player is in one mission and period. */
export interface ProgressRecord {
  readonly mission: string;
  /** The version that it started on, and keeps. */
  readonly missionVersion: number;
  readonly period: string;
  /** Never more than the target. */
  readonly amount: number;
  /** Frozen when the progress started. */
  readonly target: number;
  /** The earliest `occurredAt` of the events in it. */
  readonly startedAt: string;
  /** The latest `occurredAt` of the events that its amount counts. */
  readonly movedAt: string;
  /** `movedAt` at the moment the target was reached; null until then. */
  readonly completedAt: string | null;
}

/** A stretch of numbers of days or periods without a gap, both ends included. */
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
  /** By `progressId`. */
  readonly progress: Readonly<Record<string, ProgressRecord>>;
  /** By streak. */
  readonly streaks: Readonly<Record<string, StreakState>>;
  /** By `scoreId`. */
  readonly scores: Readonly<Record<string, ScoreRecord>>;
}

/** A player before their first event. */
export function newPlayer(): PlayerState {
  return {
    wallets: Object.create(null),
    progress: Object.create(null),
    streaks: Object.create(null),
    scores: Object.create(null),
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

/** The id of a player's score on a leaderboard in a period. */
export function scoreId(leaderboard: string, period: string): string {
  return `${leaderboard}:${period}`;
}
