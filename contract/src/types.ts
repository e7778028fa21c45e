/**
 * The shapes of the contract as plain types, for code that must not depend on zod: the pure core of the server
 * imports from here, and types only.
 */
export type { Activity, ActivityLimit } from './activities/schema.ts';
export type { Badge, BadgeTier } from './badges/schema.ts';
export type { CatalogItem, Price } from './catalog/schema.ts';
export type { Currency } from './currencies/schema.ts';
export type { Effects, Event, EventReceipt, GrantedReward, ScoreEffect, StreakEffect } from './events/schema.ts';
export type { RuleKind, TraceCode } from './events/trace.ts';
export type { Fact, Happening, HappeningOf, HappeningType } from './happenings/schema.ts';
export type {
  Audience,
  Leaderboard,
  LeaderboardScope,
  LeaderboardWindow,
  Prize,
  ScoreDirection,
  ScoreSource,
  TiedPrizes,
  TiesRule,
} from './leaderboards/schema.ts';
export type { League, LeagueTier } from './leagues/schema.ts';
export type { LedgerHold, LedgerLeg, LedgerTransaction } from './ledger/schema.ts';
export type { LevelCurve, LevelNote, LevelTrack } from './level-tracks/schema.ts';
export type {
  Mission,
  MissionAssignment,
  MissionAudience,
  MissionPrerequisite,
  MissionSchedule,
  MissionStep,
  StepTarget,
} from './missions/schema.ts';
export type { PlanLimits, PlanOverrides } from './plans/schema.ts';
export type { Progress, ProgressState } from './progress/schema.ts';
export type { PlayerRedemption, Redemption, RedemptionState } from './redemptions/schema.ts';
export type { RewardCaps, RewardRule, RewardTrigger } from './reward-rules/schema.ts';
export type { PlayerReward } from './rewards/schema.ts';
export type { OfficeHours, Role, RoleConditions } from './roles/schema.ts';
export type { Segment } from './segments/schema.ts';
export type { Duration } from './shared/duration.ts';
export type { ClaimTerms, PlainReward, Reward, RewardAmount, RewardSource } from './shared/rewards.ts';
export type { PlayerStreak, Streak, StreakRun } from './streaks/schema.ts';
export type { TeamProgress } from './teams/progress.ts';
export type { UserAttributeDeclarations, UserAttributes } from './users/attributes.ts';
export type { User } from './users/schema.ts';
export type { LedgerEntry, LedgerReason, Wallet } from './wallets/schema.ts';
export type { Workspace } from './workspaces/schema.ts';
