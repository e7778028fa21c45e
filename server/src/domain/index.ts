/** The pure core of the game. It imports types of the contract and nothing else; it reads no clock and does no I/O. */
export type { Act } from './act.ts';
export { isLimited, limitFlips } from './activity/limits.ts';
export {
  changeOfShares,
  EVER,
  type Share,
  sharesOfDay,
  sharesOfProgress,
  sharesOfStreaks,
  type Topic,
} from './analytics/contribution.ts';
export { placedFunnel, sharesOfFunnel, stageOf } from './analytics/funnel.ts';
export { type AttributeType, type AttributeValue, isOfType } from './attribute.ts';
export {
  amountsOf,
  daysOf,
  resultsOf,
  type Tested,
  type Trial,
  timesOf,
} from './backtest/backtest.ts';
export { foldTrial } from './backtest/fold.ts';
export { type HeldTier, lostTiers, tierOf } from './badge/badge.ts';
export { type BadgeChange, type BadgeRecord, badgeList, badgesOf } from './badge/hold.ts';
export { ALL_TIME, type CivilStamp, periodKey, type Stamps } from './calendar.ts';
export { type CompileCondition, type Condition, type Facts, type Verdict, verdictOf } from './condition.ts';
export { type PlayerEvent, resolveZone } from './event.ts';
export { type Decision, decide, type Folded, type Outcome } from './fold/decide.ts';
export { type Change, type Difference, differenceOf } from './fold/difference.ts';
export { actActivity, type Entry, positionOf } from './fold/entry.ts';
export type { Grant } from './fold/grant.ts';
export { allTouched, foldStretch, recordsAfter, type Stretch } from './fold/history.ts';
export { comparePositions, type Position } from './fold/position.ts';
export {
  type PlayerRecords,
  partsOf,
  type RecordChange,
  type RecordKind,
  type RecordMap,
  type RecordRef,
  recordsOf,
  refOf,
} from './fold/records.ts';
export {
  closePast,
  closingOf,
  dropSnapshots,
  erasedAll,
  isClosed,
  keepSnapshot,
  SNAPSHOT_EVERY,
  type SnapshotMark,
  snapshotBefore,
  snapshotPlaces,
} from './fold/snapshots.ts';
export type { ActRefusal } from './fold/turn.ts';
export { type Changed, factsOf, type ProgressChange } from './happening/facts.ts';
export type { StreakView } from './happening/streaks.ts';
export { type Place, prizesOf, prizesRemain } from './leaderboard/prizes.ts';
export {
  compareLines,
  rank,
  rankEntries,
  type ScoreLine,
  type Standing,
  standingsOf,
  TOP,
} from './leaderboard/rank.ts';
export type { CompileCron, ScoreChange } from './leaderboard/score.ts';
export { isLeagueBoard, leagueBoardId, leagueOfBoard } from './league/board.ts';
export { type CohortOutcome, cohortOf, outcomeOf, roundsUpTo, tierAfter, tierOnReturn } from './league/cohort.ts';
export {
  accountOwner,
  EXPIRED,
  heldAccount,
  heldOwner,
  ISSUANCE,
  owedAccount,
  SINK,
  walletAccount,
  walletOwner,
} from './ledger/accounts.ts';
export type { Breach, Clip } from './ledger/earn.ts';
export { type Lot, sumOfLots, takeLots } from './ledger/lots.ts';
export { leftIn, MOST_HOLDS, type Move, type MoveAct } from './ledger/move.ts';
export { lapsedHolds, nextDue, nextLedgerDue, openHold, playerAt } from './ledger/pass.ts';
export { type Movement, type Posted, type Posting, post } from './ledger/post.ts';
export { lotsOf } from './ledger/wallet.ts';
export { type LevelRecord, levelsOf } from './level/climb.ts';
export { type MissionAct, runningOf } from './mission/act.ts';
export { expiredBy, nextProgressEnd } from './mission/end.ts';
export { joinable, joining } from './mission/join.ts';
export type { MissionRules } from './mission/match.ts';
export type { Past } from './mission/recount.ts';
export { isToBeMoved, recountedFrom } from './mission/running.ts';
export { scheduleKey } from './mission/schedule.ts';
export { shareProgress } from './mission/share.ts';
export { lacksPrerequisite, nextPeriod, type Starter, whyLocked } from './mission/start.ts';
export type { TeamMissionAct } from './mission/team-act.ts';
export { type Fault, isForTeams, missionFaults } from './mission/team-form.ts';
export {
  afterAll,
  completedByMember,
  countIn,
  type TeamProgressRecord,
  teamGoal,
  teamProgressOf,
  teamStartedOn,
} from './mission/team-progress.ts';
export { type MissionVersion, rewardingActivity } from './mission/version.ts';
export { compareText, earlier, later } from './order.ts';
export {
  basePeriod,
  type HoldRecord,
  holdsOf,
  isRunning,
  newPlayer,
  type PlayerState,
  type ProgressRecord,
  progressId,
  progressSlot,
  type Run,
  type ScoreRecord,
  scoreId,
  stepsOf,
  type WalletState,
  walletOf,
} from './player.ts';
export { type CountedNames, type PlayerFacts, playerFactsOf } from './player-facts.ts';
export { lookup } from './record.ts';
export type { Refusal } from './refusal.ts';
export { type ClaimRecord, claimsOf, openClaims } from './reward/claims.ts';
export { type Given, isClaimCause, rewardId } from './reward/give.ts';
export {
  drawn,
  isPaid,
  judgeAsk,
  type Pool,
  type PoolAsk,
  type PoolVerdict,
  type PoolVerdicts,
  UNTOUCHED,
} from './reward/pool.ts';
export type { AmountFormula, CompileAmount, FixedReward } from './reward/reward.ts';
export { isInTop } from './reward/rule.ts';
export { type ItemAsk, NO_SHELF, type Shelf, takenFrom } from './reward/shelf.ts';
export { type Circumstances, unmetConditions } from './role/unmet.ts';
export { dayAfter, isBound, isNarrowed, isWithin, minuteOf, weekdaysOf } from './role/within.ts';
export { type Compilers, compileRuleset, type Definitions, type Ruleset, zonesOf } from './ruleset.ts';
export { type CompiledSegment, compileSegments, inSegment, type UserCondition } from './segment/segment.ts';
export { lastGap, type StreakAct } from './streak/act.ts';
export { type StreakChange, streakPageId } from './streak/change.ts';
export { targetOf } from './streak/count.ts';
export { nextLoss, seenIn } from './streak/hold.ts';
export {
  chainAfter,
  isCut as isStreakCut,
  markAt,
  PAGE,
  type PeriodMark,
  pageOf as streakPageOf,
  runsIn,
  type StreakPage,
  type StreakRun,
} from './streak/pages.ts';
export { civilDateOf, dayNumberOf, daysOfPeriod, periodOfDay } from './streak/period.ts';
export { streaksRecountedFrom } from './streak/recount.ts';
export { isPaused, type StreakRules, type StreakState } from './streak/state.ts';
export { type DayAt, daysBy, keptRules, periodAt, type StreakBook, streakAt } from './streak/version.ts';
export { captainsAfterJoin, captainsAfterLeave, captainsWith, MAX_CAPTAINS } from './team/captains.ts';
export { covers, type EntryTeam, entryTeamAt, type Membership, notBefore, teamAt } from './team/membership.ts';
export { teamScore } from './team/score.ts';
export {
  type BoardShare,
  type MissionShare,
  partsOfShare,
  type SharePlace,
  shareId,
  sharesOf,
  type TeamShare,
} from './team/share.ts';
export type { RuleKind, TraceCode, TraceEntry } from './trace.ts';
export { certainAttributes, fittingAttributes, type UserFacts, userFactsOf } from './user-facts.ts';
