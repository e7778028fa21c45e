// Generated from the contract, do not edit; npm run generate.

import type * as types from './types.ts';

/** An example of each type, by its name. */
export interface Examples {
  readonly acceptance: types.Acceptance;
  readonly activity: types.Activity;
  readonly activityCreate: types.ActivityCreate;
  readonly activityLimit: types.ActivityLimit;
  readonly activityUpdate: types.ActivityUpdate;
  readonly apiClient: types.ApiClient;
  readonly apiClientCreate: types.ApiClientCreate;
  readonly apiClientNewSecret: types.ApiClientNewSecret;
  readonly apiClientSecret: types.ApiClientSecret;
  readonly apiClientSecretCreate: types.ApiClientSecretCreate;
  readonly apiClientWithSecret: types.ApiClientWithSecret;
  readonly attributeDeclaration: types.AttributeDeclaration;
  readonly audience: types.Audience;
  readonly auditActor: types.AuditActor;
  readonly auditBlock: types.AuditBlock;
  readonly auditDigest: types.AuditDigest;
  readonly auditFault: types.AuditFault;
  readonly auditHead: types.AuditHead;
  readonly auditKey: types.AuditKey;
  readonly auditRecord: types.AuditRecord;
  readonly auditVerification: types.AuditVerification;
  readonly auditVersions: types.AuditVersions;
  readonly authorizeExplain: types.AuthorizeExplain;
  readonly authorizeExplanation: types.AuthorizeExplanation;
  readonly authorizeReason: types.AuthorizeReason;
  readonly backtest: types.Backtest;
  readonly backtestAmount: types.BacktestAmount;
  readonly backtestDay: types.BacktestDay;
  readonly backtestDefinition: types.BacktestDefinition;
  readonly backtestResult: types.BacktestResult;
  readonly badge: types.Badge;
  readonly badgeAward: types.BadgeAward;
  readonly badgeAwardCreate: types.BadgeAwardCreate;
  readonly badgeAwardedData: types.BadgeAwardedData;
  readonly badgeAwardedHappening: types.BadgeAwardedHappening;
  readonly badgeChange: types.BadgeChange;
  readonly badgeCreate: types.BadgeCreate;
  readonly badgeCredential: types.BadgeCredential;
  readonly badgeEffect: types.BadgeEffect;
  readonly badgeRevoke: types.BadgeRevoke;
  readonly badgeRevokedData: types.BadgeRevokedData;
  readonly badgeRevokedHappening: types.BadgeRevokedHappening;
  readonly badgeTier: types.BadgeTier;
  readonly badgeUpdate: types.BadgeUpdate;
  readonly batchEvent: types.BatchEvent;
  readonly batchItem: types.BatchItem;
  readonly batchReceipt: types.BatchReceipt;
  readonly boundary: types.Boundary;
  readonly budgetAmount: types.BudgetAmount;
  readonly callerPermissions: types.CallerPermissions;
  readonly catalogItem: types.CatalogItem;
  readonly catalogItemCreate: types.CatalogItemCreate;
  readonly catalogItemUpdate: types.CatalogItemUpdate;
  readonly catalogStock: types.CatalogStock;
  readonly claimTerms: types.ClaimTerms;
  readonly clippedReward: types.ClippedReward;
  readonly clock: types.Clock;
  readonly clockAdvance: types.ClockAdvance;
  readonly clockReport: types.ClockReport;
  readonly clockUpdate: types.ClockUpdate;
  readonly codeReceipt: types.CodeReceipt;
  readonly codeUpload: types.CodeUpload;
  readonly cohortLine: types.CohortLine;
  readonly configApplied: types.ConfigApplied;
  readonly configApplyRequest: types.ConfigApplyRequest;
  readonly configChange: types.ConfigChange;
  readonly configDifference: types.ConfigDifference;
  readonly configDocument: types.ConfigDocument;
  readonly configPlan: types.ConfigPlan;
  readonly configPlanRequest: types.ConfigPlanRequest;
  readonly configResult: types.ConfigResult;
  readonly consent: types.Consent;
  readonly consentChange: types.ConsentChange;
  readonly consentDecision: types.ConsentDecision;
  readonly consentPurpose: types.ConsentPurpose;
  readonly credentialAchievement: types.CredentialAchievement;
  readonly credentialCriteria: types.CredentialCriteria;
  readonly credentialIdentity: types.CredentialIdentity;
  readonly credentialImage: types.CredentialImage;
  readonly credentialIssuer: types.CredentialIssuer;
  readonly credentialProof: types.CredentialProof;
  readonly credentialStatus: types.CredentialStatus;
  readonly credentialSubject: types.CredentialSubject;
  readonly currency: types.Currency;
  readonly currencyCreate: types.CurrencyCreate;
  readonly currencyExpiry: types.CurrencyExpiry;
  readonly currencyUpdate: types.CurrencyUpdate;
  readonly dashboardMe: types.DashboardMe;
  readonly deliveryAttempt: types.DeliveryAttempt;
  readonly domainProof: types.DomainProof;
  readonly domainRule: types.DomainRule;
  readonly domainRuleCreate: types.DomainRuleCreate;
  readonly earningCap: types.EarningCap;
  readonly earningCaps: types.EarningCaps;
  readonly economyReport: types.EconomyReport;
  readonly economyRow: types.EconomyRow;
  readonly effects: types.Effects;
  readonly erasureReceipt: types.ErasureReceipt;
  readonly event: types.Event;
  readonly eventCountedData: types.EventCountedData;
  readonly eventCountedHappening: types.EventCountedHappening;
  readonly eventExplanation: types.EventExplanation;
  readonly eventLimitedData: types.EventLimitedData;
  readonly eventLimitedHappening: types.EventLimitedHappening;
  readonly eventReceipt: types.EventReceipt;
  readonly eventTrack: types.EventTrack;
  readonly eventTrackBatch: types.EventTrackBatch;
  readonly eventVoid: types.EventVoid;
  readonly eventVoidedData: types.EventVoidedData;
  readonly eventVoidedHappening: types.EventVoidedHappening;
  readonly expressionCheck: types.ExpressionCheck;
  readonly expressionEvaluate: types.ExpressionEvaluate;
  readonly expressionPart: types.ExpressionPart;
  readonly expressionProblem: types.ExpressionProblem;
  readonly expressionReport: types.ExpressionReport;
  readonly expressionResult: types.ExpressionResult;
  readonly fieldError: types.FieldError;
  readonly freezeGrant: types.FreezeGrant;
  readonly freezePurchase: types.FreezePurchase;
  readonly funnelReport: types.FunnelReport;
  readonly funnelRow: types.FunnelRow;
  readonly grant: types.Grant;
  readonly grantCreate: types.GrantCreate;
  readonly grantedAmount: types.GrantedAmount;
  readonly grantedReward: types.GrantedReward;
  readonly happening: types.Happening;
  readonly health: types.Health;
  readonly heldPermission: types.HeldPermission;
  readonly invitation: types.Invitation;
  readonly invitationAccept: types.InvitationAccept;
  readonly invitationCreate: types.InvitationCreate;
  readonly invitationResend: types.InvitationResend;
  readonly invitationWithToken: types.InvitationWithToken;
  readonly issuer: types.Issuer;
  readonly issuerAudience: types.IssuerAudience;
  readonly issuerCreate: types.IssuerCreate;
  readonly issuerUpdate: types.IssuerUpdate;
  readonly joinCode: types.JoinCode;
  readonly joinCodeCreate: types.JoinCodeCreate;
  readonly joinCodeGift: types.JoinCodeGift;
  readonly joinCodeRedeem: types.JoinCodeRedeem;
  readonly joinCodeWithCode: types.JoinCodeWithCode;
  readonly joinReceipt: types.JoinReceipt;
  readonly leaderboard: types.Leaderboard;
  readonly leaderboardClose: types.LeaderboardClose;
  readonly leaderboardClosedData: types.LeaderboardClosedData;
  readonly leaderboardClosedHappening: types.LeaderboardClosedHappening;
  readonly leaderboardCreate: types.LeaderboardCreate;
  readonly leaderboardEntry: types.LeaderboardEntry;
  readonly leaderboardPeriod: types.LeaderboardPeriod;
  readonly leaderboardPlayer: types.LeaderboardPlayer;
  readonly leaderboardRank: types.LeaderboardRank;
  readonly leaderboardRebuilt: types.LeaderboardRebuilt;
  readonly leaderboardReport: types.LeaderboardReport;
  readonly leaderboardRow: types.LeaderboardRow;
  readonly leaderboardTeam: types.LeaderboardTeam;
  readonly leaderboardUpdate: types.LeaderboardUpdate;
  readonly leaderboardWindow: types.LeaderboardWindow;
  readonly league: types.League;
  readonly leagueCohort: types.LeagueCohort;
  readonly leagueCreate: types.LeagueCreate;
  readonly leagueMember: types.LeagueMember;
  readonly leaguePrize: types.LeaguePrize;
  readonly leagueSettle: types.LeagueSettle;
  readonly leagueSettledData: types.LeagueSettledData;
  readonly leagueSettledHappening: types.LeagueSettledHappening;
  readonly leagueTier: types.LeagueTier;
  readonly leagueUpdate: types.LeagueUpdate;
  readonly leagueWeek: types.LeagueWeek;
  readonly ledgerCapture: types.LedgerCapture;
  readonly ledgerEntry: types.LedgerEntry;
  readonly ledgerHold: types.LedgerHold;
  readonly ledgerLeg: types.LedgerLeg;
  readonly ledgerLegCreate: types.LedgerLegCreate;
  readonly ledgerProof: types.LedgerProof;
  readonly ledgerReason: types.LedgerReason;
  readonly ledgerReverse: types.LedgerReverse;
  readonly ledgerStatement: types.LedgerStatement;
  readonly ledgerStatementLine: types.LedgerStatementLine;
  readonly ledgerTransaction: types.LedgerTransaction;
  readonly ledgerTransactionCreate: types.LedgerTransactionCreate;
  readonly levelCurve: types.LevelCurve;
  readonly levelEffect: types.LevelEffect;
  readonly levelLostData: types.LevelLostData;
  readonly levelLostHappening: types.LevelLostHappening;
  readonly levelNote: types.LevelNote;
  readonly levelReachedData: types.LevelReachedData;
  readonly levelReachedHappening: types.LevelReachedHappening;
  readonly levelTrack: types.LevelTrack;
  readonly levelTrackCreate: types.LevelTrackCreate;
  readonly levelTrackUpdate: types.LevelTrackUpdate;
  readonly me: types.Me;
  readonly meUpdate: types.MeUpdate;
  readonly member: types.Member;
  readonly memberUpdate: types.MemberUpdate;
  readonly membership: types.Membership;
  readonly mission: types.Mission;
  readonly missionAssignment: types.MissionAssignment;
  readonly missionAudience: types.MissionAudience;
  readonly missionBacktest: types.MissionBacktest;
  readonly missionCombine: types.MissionCombine;
  readonly missionCompletedData: types.MissionCompletedData;
  readonly missionCompletedHappening: types.MissionCompletedHappening;
  readonly missionCompletion: types.MissionCompletion;
  readonly missionCreate: types.MissionCreate;
  readonly missionExpiredData: types.MissionExpiredData;
  readonly missionExpiredHappening: types.MissionExpiredHappening;
  readonly missionJoinedData: types.MissionJoinedData;
  readonly missionJoinedHappening: types.MissionJoinedHappening;
  readonly missionLevel: types.MissionLevel;
  readonly missionPrerequisite: types.MissionPrerequisite;
  readonly missionProgressedData: types.MissionProgressedData;
  readonly missionProgressedHappening: types.MissionProgressedHappening;
  readonly missionRepeat: types.MissionRepeat;
  readonly missionReport: types.MissionReport;
  readonly missionRevertedData: types.MissionRevertedData;
  readonly missionRevertedHappening: types.MissionRevertedHappening;
  readonly missionRow: types.MissionRow;
  readonly missionStep: types.MissionStep;
  readonly missionUpdate: types.MissionUpdate;
  readonly officeHours: types.OfficeHours;
  readonly openBadgeCredential: types.OpenBadgeCredential;
  readonly overviewReport: types.OverviewReport;
  readonly overviewRow: types.OverviewRow;
  readonly paidPrice: types.PaidPrice;
  readonly personExport: types.PersonExport;
  readonly personRecord: types.PersonRecord;
  readonly plainReward: types.PlainReward;
  readonly plan: types.Plan;
  readonly planLimits: types.PlanLimits;
  readonly planOverrides: types.PlanOverrides;
  readonly planRate: types.PlanRate;
  readonly planRateOverrides: types.PlanRateOverrides;
  readonly planRates: types.PlanRates;
  readonly planUse: types.PlanUse;
  readonly playerActivity: types.PlayerActivity;
  readonly playerBadge: types.PlayerBadge;
  readonly playerBadgeNext: types.PlayerBadgeNext;
  readonly playerBadgeTier: types.PlayerBadgeTier;
  readonly playerCatalogItem: types.PlayerCatalogItem;
  readonly playerLeaderboard: types.PlayerLeaderboard;
  readonly playerLeague: types.PlayerLeague;
  readonly playerLeagueTier: types.PlayerLeagueTier;
  readonly playerLevel: types.PlayerLevel;
  readonly playerLevelNext: types.PlayerLevelNext;
  readonly playerMission: types.PlayerMission;
  readonly playerMissionStep: types.PlayerMissionStep;
  readonly playerRedemption: types.PlayerRedemption;
  readonly playerReward: types.PlayerReward;
  readonly playerSheet: types.PlayerSheet;
  readonly playerSheetBadge: types.PlayerSheetBadge;
  readonly playerSheetLevel: types.PlayerSheetLevel;
  readonly playerSheetScore: types.PlayerSheetScore;
  readonly playerSheetStreak: types.PlayerSheetStreak;
  readonly playerStreak: types.PlayerStreak;
  readonly playerStreakMilestone: types.PlayerStreakMilestone;
  readonly playerTeam: types.PlayerTeam;
  readonly playerTeamCreate: types.PlayerTeamCreate;
  readonly playerTeamMember: types.PlayerTeamMember;
  readonly playerTeamUpdate: types.PlayerTeamUpdate;
  readonly playerToken: types.PlayerToken;
  readonly price: types.Price;
  readonly privacyRequest: types.PrivacyRequest;
  readonly privacySettings: types.PrivacySettings;
  readonly prize: types.Prize;
  readonly prizePlaces: types.PrizePlaces;
  readonly problem: types.Problem;
  readonly progress: types.Progress;
  readonly progressAssign: types.ProgressAssign;
  readonly progressCancel: types.ProgressCancel;
  readonly progressMove: types.ProgressMove;
  readonly progressStep: types.ProgressStep;
  readonly pseudonymousEvent: types.PseudonymousEvent;
  readonly pseudonymousUser: types.PseudonymousUser;
  readonly pseudonymsRenewed: types.PseudonymsRenewed;
  readonly publish: types.Publish;
  readonly rankedUser: types.RankedUser;
  readonly redemption: types.Redemption;
  readonly redemptionCancelledData: types.RedemptionCancelledData;
  readonly redemptionCancelledHappening: types.RedemptionCancelledHappening;
  readonly redemptionCreatedData: types.RedemptionCreatedData;
  readonly redemptionCreatedHappening: types.RedemptionCreatedHappening;
  readonly redemptionExpiredData: types.RedemptionExpiredData;
  readonly redemptionExpiredHappening: types.RedemptionExpiredHappening;
  readonly redemptionFulfilledData: types.RedemptionFulfilledData;
  readonly redemptionFulfilledHappening: types.RedemptionFulfilledHappening;
  readonly redemptionSettle: types.RedemptionSettle;
  readonly reportPlayers: types.ReportPlayers;
  readonly restore: types.Restore;
  readonly retentionDays: types.RetentionDays;
  readonly reward: types.Reward;
  readonly rewardCaps: types.RewardCaps;
  readonly rewardChance: types.RewardChance;
  readonly rewardClaimedData: types.RewardClaimedData;
  readonly rewardClaimedHappening: types.RewardClaimedHappening;
  readonly rewardExpiredData: types.RewardExpiredData;
  readonly rewardExpiredHappening: types.RewardExpiredHappening;
  readonly rewardGrantedData: types.RewardGrantedData;
  readonly rewardGrantedHappening: types.RewardGrantedHappening;
  readonly rewardReport: types.RewardReport;
  readonly rewardRevertedData: types.RewardRevertedData;
  readonly rewardRevertedHappening: types.RewardRevertedHappening;
  readonly rewardRow: types.RewardRow;
  readonly rewardRule: types.RewardRule;
  readonly rewardRuleBacktest: types.RewardRuleBacktest;
  readonly rewardRuleCreate: types.RewardRuleCreate;
  readonly rewardRuleUpdate: types.RewardRuleUpdate;
  readonly rewardSource: types.RewardSource;
  readonly rewardTimeframe: types.RewardTimeframe;
  readonly rewardTrigger: types.RewardTrigger;
  readonly role: types.Role;
  readonly roleConditions: types.RoleConditions;
  readonly roleCreate: types.RoleCreate;
  readonly roleUpdate: types.RoleUpdate;
  readonly ruleExplanation: types.RuleExplanation;
  readonly sampleEvent: types.SampleEvent;
  readonly sampleFacts: types.SampleFacts;
  readonly samplePlayer: types.SamplePlayer;
  readonly sampleUser: types.SampleUser;
  readonly schedule: types.Schedule;
  readonly scoreEffect: types.ScoreEffect;
  readonly scoreSource: types.ScoreSource;
  readonly segment: types.Segment;
  readonly segmentCreate: types.SegmentCreate;
  readonly segmentSize: types.SegmentSize;
  readonly segmentUpdate: types.SegmentUpdate;
  readonly shownReward: types.ShownReward;
  readonly shownUsers: types.ShownUsers;
  readonly streak: types.Streak;
  readonly streakBacktest: types.StreakBacktest;
  readonly streakBrokenData: types.StreakBrokenData;
  readonly streakBrokenHappening: types.StreakBrokenHappening;
  readonly streakCalendar: types.StreakCalendar;
  readonly streakCreate: types.StreakCreate;
  readonly streakEffect: types.StreakEffect;
  readonly streakExtendedData: types.StreakExtendedData;
  readonly streakExtendedHappening: types.StreakExtendedHappening;
  readonly streakFreezeUse: types.StreakFreezeUse;
  readonly streakFreezes: types.StreakFreezes;
  readonly streakFrozenData: types.StreakFrozenData;
  readonly streakFrozenHappening: types.StreakFrozenHappening;
  readonly streakGoal: types.StreakGoal;
  readonly streakHoliday: types.StreakHoliday;
  readonly streakMilestone: types.StreakMilestone;
  readonly streakMilestoneData: types.StreakMilestoneData;
  readonly streakMilestoneHappening: types.StreakMilestoneHappening;
  readonly streakPause: types.StreakPause;
  readonly streakPauses: types.StreakPauses;
  readonly streakRepair: types.StreakRepair;
  readonly streakRepairedData: types.StreakRepairedData;
  readonly streakRepairedHappening: types.StreakRepairedHappening;
  readonly streakReport: types.StreakReport;
  readonly streakRow: types.StreakRow;
  readonly streakRun: types.StreakRun;
  readonly streakSpan: types.StreakSpan;
  readonly streakUpdate: types.StreakUpdate;
  readonly team: types.Team;
  readonly teamCreate: types.TeamCreate;
  readonly teamJoin: types.TeamJoin;
  readonly teamJoinedData: types.TeamJoinedData;
  readonly teamJoinedHappening: types.TeamJoinedHappening;
  readonly teamLeftData: types.TeamLeftData;
  readonly teamLeftHappening: types.TeamLeftHappening;
  readonly teamMember: types.TeamMember;
  readonly teamMemberAdd: types.TeamMemberAdd;
  readonly teamMembership: types.TeamMembership;
  readonly teamProgress: types.TeamProgress;
  readonly teamProgressShare: types.TeamProgressShare;
  readonly teamRoleChange: types.TeamRoleChange;
  readonly teamSettings: types.TeamSettings;
  readonly teamShare: types.TeamShare;
  readonly teamUpdate: types.TeamUpdate;
  readonly tenant: types.Tenant;
  readonly tenantCreate: types.TenantCreate;
  readonly tenantOwner: types.TenantOwner;
  readonly tenantPlan: types.TenantPlan;
  readonly tenantPlanChange: types.TenantPlanChange;
  readonly transfer: types.Transfer;
  readonly transferCreate: types.TransferCreate;
  readonly user: types.User;
  readonly userAttributeDeclaration: types.UserAttributeDeclaration;
  readonly userBatchEvent: types.UserBatchEvent;
  readonly userBatchItem: types.UserBatchItem;
  readonly userBatchReceipt: types.UserBatchReceipt;
  readonly userCreate: types.UserCreate;
  readonly userCreateBatch: types.UserCreateBatch;
  readonly userCreatedData: types.UserCreatedData;
  readonly userCreatedHappening: types.UserCreatedHappening;
  readonly userErasedData: types.UserErasedData;
  readonly userErasedHappening: types.UserErasedHappening;
  readonly userEventTrack: types.UserEventTrack;
  readonly userEventTrackBatch: types.UserEventTrackBatch;
  readonly userReport: types.UserReport;
  readonly userRow: types.UserRow;
  readonly userTagList: types.UserTagList;
  readonly userTags: types.UserTags;
  readonly userUpdate: types.UserUpdate;
  readonly userUpdatedData: types.UserUpdatedData;
  readonly userUpdatedHappening: types.UserUpdatedHappening;
  readonly voidReceipt: types.VoidReceipt;
  readonly wallet: types.Wallet;
  readonly walletChangedData: types.WalletChangedData;
  readonly walletChangedHappening: types.WalletChangedHappening;
  readonly webhook: types.Webhook;
  readonly webhookCreate: types.WebhookCreate;
  readonly webhookDelivery: types.WebhookDelivery;
  readonly webhookDisabledData: types.WebhookDisabledData;
  readonly webhookDisabledHappening: types.WebhookDisabledHappening;
  readonly webhookHealth: types.WebhookHealth;
  readonly webhookReplay: types.WebhookReplay;
  readonly webhookReplayed: types.WebhookReplayed;
  readonly webhookRotation: types.WebhookRotation;
  readonly webhookTestData: types.WebhookTestData;
  readonly webhookTestHappening: types.WebhookTestHappening;
  readonly webhookUpdate: types.WebhookUpdate;
  readonly webhookWithSecret: types.WebhookWithSecret;
  readonly withheldReward: types.WithheldReward;
  readonly workspace: types.Workspace;
  readonly workspaceClone: types.WorkspaceClone;
  readonly workspaceCreate: types.WorkspaceCreate;
  readonly workspaceInvitationCreate: types.WorkspaceInvitationCreate;
  readonly workspaceUpdate: types.WorkspaceUpdate;
}

export const examples: Examples = {
  acceptance: {"tenant":"acme","email":"ada@example.com","memberId":"per_01JD8QZ4M3V5K7R9T1X3Z5B7D9","memberships":[{"workspace":"production","role":"viewer","status":"active"}]},
  activity: {"id":"lesson.completed","status":"published","version":1,"revision":1,"draft":false,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z","author":"operator:ada","publishedAt":"2026-11-24T09:30:00.000Z","running":"keep","ruleset":12,"name":{"en":"Lesson completed"},"playersMaySend":true},
  activityCreate: {"id":"lesson.completed","name":{"en":"Lesson completed"}},
  activityLimit: {"every":"day","zone":"UTC","count":10},
  activityUpdate: {"name":{"en":"Lesson completed"}},
  apiClient: {"id":"cli_01JD8QZ4M3V5K7R9T1X3Z5B7D9","name":"backend","scopes":["events:write","users:read"],"status":"active","createdAt":"2026-11-24T09:30:00.000Z","revokedAt":null,"secrets":[{"id":"sec_01JD8QZ4M3V5K7R9T1X3Z5B7D9","createdAt":"2026-11-24T09:30:00.000Z","expiresAt":null}]},
  apiClientCreate: {"name":"backend","scopes":["events:write","users:read"]},
  apiClientNewSecret: {"client":{"id":"cli_01JD8QZ4M3V5K7R9T1X3Z5B7D9","name":"backend","scopes":["events:write","users:read"],"status":"active","createdAt":"2026-11-24T09:30:00.000Z","revokedAt":null,"secrets":[{"id":"sec_01JD8QZ4M3V5K7R9T1X3Z5B7D9","createdAt":"2026-11-24T09:30:00.000Z","expiresAt":null}]},"secret":{"id":"sec_01JD8QZ4M3V5K7R9T1X3Z5B7D9","createdAt":"2026-11-24T09:30:00.000Z","expiresAt":null},"clientSecret":"a-long-random-secret"},
  apiClientSecret: {"id":"sec_01JD8QZ4M3V5K7R9T1X3Z5B7D9","createdAt":"2026-11-24T09:30:00.000Z","expiresAt":null},
  apiClientSecretCreate: {"othersExpireIn":86400},
  apiClientWithSecret: {"client":{"id":"cli_01JD8QZ4M3V5K7R9T1X3Z5B7D9","name":"backend","scopes":["events:write","users:read"],"status":"active","createdAt":"2026-11-24T09:30:00.000Z","revokedAt":null,"secrets":[{"id":"sec_01JD8QZ4M3V5K7R9T1X3Z5B7D9","createdAt":"2026-11-24T09:30:00.000Z","expiresAt":null}]},"clientSecret":"a-long-random-secret"},
  attributeDeclaration: {"type":"integer","required":true},
  audience: {"expression":"user.language == \"en\""},
  auditActor: {"kind":"machine","id":"cli_01JD8QZ4M3V5K7R9T1X3Z5B7D9","tokenId":null},
  auditBlock: {"block":1,"first":1,"previous":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM","hash":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM","sealedAt":"2026-11-24T09:30:00.000Z","records":[{"id":"aud_01JD8QZ4M3V5K7R9T1X3Z5B7D9","seq":1,"block":1,"at":"2026-11-24T09:30:00.000Z","actor":{"kind":"machine","id":"cli_01JD8QZ4M3V5K7R9T1X3Z5B7D9","tokenId":null},"onBehalfOf":null,"action":"dashboard:missions.write","route":"dashboard.missions.create","method":"POST","target":{"id":"weekly-five"},"outcome":"succeeded","status":201,"code":null,"reason":null,"requestId":"req_01JD8QZ4M3V5K7R9T1X3Z5B7D9","address":"psn_7d3Jk0n5mX1b2c3d4e5f6g","versions":{"before":3,"after":4},"flags":["tenant_header_ignored"],"hash":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM"}],"digest":{"block":1,"records":1,"hash":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM","at":"2026-11-24T09:30:00.000Z","previous":null,"keyId":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM","signature":"c2ln"}},
  auditDigest: {"block":1,"records":1,"hash":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM","at":"2026-11-24T09:30:00.000Z","previous":null,"keyId":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM","signature":"c2ln"},
  auditFault: {"kind":"altered","block":1,"seq":1,"recordId":"aud_01JD8QZ4M3V5K7R9T1X3Z5B7D9","message":"message"},
  auditHead: {"block":1,"records":1,"hash":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM"},
  auditKey: {"kty":"OKP","crv":"Ed25519","kid":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
  auditRecord: {"id":"aud_01JD8QZ4M3V5K7R9T1X3Z5B7D9","seq":1,"block":1,"at":"2026-11-24T09:30:00.000Z","actor":{"kind":"machine","id":"cli_01JD8QZ4M3V5K7R9T1X3Z5B7D9","tokenId":null},"onBehalfOf":null,"action":"dashboard:missions.write","route":"dashboard.missions.create","method":"POST","target":{"id":"weekly-five"},"outcome":"succeeded","status":201,"code":null,"reason":null,"requestId":"req_01JD8QZ4M3V5K7R9T1X3Z5B7D9","address":"psn_7d3Jk0n5mX1b2c3d4e5f6g","versions":{"before":3,"after":4},"flags":["tenant_header_ignored"],"hash":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM"},
  auditVerification: {"valid":true,"from":1,"to":1,"records":1,"fault":null,"head":{"block":1,"records":1,"hash":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM"},"digest":{"block":1,"records":1,"hash":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM","at":"2026-11-24T09:30:00.000Z","previous":null,"keyId":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM","signature":"c2ln"},"keys":[{"kty":"OKP","crv":"Ed25519","kid":"NQjPs8mVuYkYDGnb3Lxj3gH3RtKOJ8kmZgXWKfWzvhM","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}],"next":null},
  auditVersions: {"before":3,"after":4},
  authorizeExplain: {"action":"dashboard:missions.read"},
  authorizeExplanation: {"allowed":true,"action":"dashboard:missions.read","reasons":[{"code":"permitted","text":"Who is a viewer may look at everything.","policy":"roles.viewer"}]},
  authorizeReason: {"code":"permitted","text":"Who is a viewer may look at everything.","policy":"roles.viewer"},
  backtest: {"definition":{"id":"weekly-five","version":1},"from":"2026-11-24T09:30:00.000Z","to":"2026-11-24T09:30:00.000Z","zone":"Europe/Rome","looked":50,"players":12,"events":340,"withheld":0,"times":3,"before":0,"amounts":[{"currency":"xp","gives":50,"gave":0,"difference":50}],"days":[{"day":"2026-11-24","times":3,"before":0,"amounts":[{"currency":"xp","gives":50,"gave":0,"difference":50}]}],"results":[{"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","day":"2026-11-24","period":"2026-W48","run":null,"times":3,"before":0}],"nextCursor":null},
  backtestAmount: {"currency":"xp","gives":50,"gave":0,"difference":50},
  backtestDay: {"day":"2026-11-24","times":3,"before":0,"amounts":[{"currency":"xp","gives":50,"gave":0,"difference":50}]},
  backtestDefinition: {"id":"weekly-five","version":1},
  backtestResult: {"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","day":"2026-11-24","period":"2026-W48","run":null,"times":3,"before":0},
  badge: {"id":"explorer","status":"published","version":1,"revision":1,"draft":false,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z","author":"operator:ada","publishedAt":"2026-11-24T09:30:00.000Z","running":"keep","ruleset":12,"name":{"en":"Explorer","it":"Esploratore"},"description":{"en":"For those who look around."},"image":"https://cdn.example.com/badges/explorer.png","criteria":{"en":"Finish a lesson outside of your own course."},"tiers":[{"count":1,"name":{"en":"Bronze"}},{"count":5,"name":{"en":"Silver"}}],"secret":true,"repeatable":true},
  badgeAward: {"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","badge":"explorer","version":1,"count":1,"tier":1,"reachedAt":["2026-11-24T09:30:00.000Z"],"revokedAt":"2026-11-24T09:30:00.000Z","lastChange":{"kind":"awarded","by":"operator:ada","reason":"Helped at the open day.","at":"2026-11-24T09:30:00.000Z"}},
  badgeAwardCreate: {"badge":"explorer","reason":"Helped at the open day."},
  badgeAwardedData: {"badge":"explorer","count":1},
  badgeAwardedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"badge.awarded","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"badge":"explorer","count":1}},
  badgeChange: {"kind":"awarded","by":"operator:ada","reason":"Helped at the open day.","at":"2026-11-24T09:30:00.000Z"},
  badgeCreate: {"id":"explorer","name":{"en":"Explorer","it":"Esploratore"},"description":{"en":"For those who look around."},"image":"https://cdn.example.com/badges/explorer.png","criteria":{"en":"Finish a lesson outside of your own course."},"tiers":[{"count":1,"name":{"en":"Bronze"}},{"count":5,"name":{"en":"Silver"}}]},
  badgeCredential: {"credential":{"@context":["@context"],"id":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","type":["type"],"name":"name","issuer":{"id":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","type":["type"],"name":"name"},"validFrom":"2026-11-24T09:30:00.000Z","credentialSubject":{"id":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","type":["type"],"identifier":[{"type":"IdentityObject","hashed":true,"identityHash":"identityHash","identityType":"identityType","salt":"salt"}],"achievement":{"id":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","type":["type"],"achievementType":"achievementType","name":"name","description":"description","criteria":{"narrative":"narrative"},"image":{"id":"id","type":"Image"}}},"credentialStatus":{"id":"id","type":"1EdTechRevocationList"},"proof":[{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2026-11-24T09:30:00.000Z","verificationMethod":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","proofPurpose":"assertionMethod","proofValue":"proofValue"}]},"jwt":"jwt"},
  badgeEffect: {"badge":"explorer","tier":1},
  badgeRevoke: {"reason":"Awarded by mistake."},
  badgeRevokedData: {"badge":"explorer","count":1},
  badgeRevokedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"badge.revoked","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"badge":"explorer","count":1}},
  badgeTier: {"count":5,"name":{"en":"Silver"}},
  badgeUpdate: {"name":{"en":"Explorer","it":"Esploratore"},"description":{"en":"For those who look around."},"image":"https://cdn.example.com/badges/explorer.png","criteria":{"en":"Finish a lesson outside of your own course."},"tiers":[{"count":1,"name":{"en":"Bronze"}},{"count":5,"name":{"en":"Silver"}}]},
  batchEvent: {"id":"evt-2026-0001","activity":"lesson.completed"},
  batchItem: {"status":"accepted","receipt":{"event":{"id":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","occurredAt":"2026-11-24T09:30:00.000Z","receivedAt":"2026-11-24T09:30:00.000Z","value":1,"attributes":{"course":"rust-101","score":92},"voidedAt":null,"limited":false},"effects":{"progress":[{"id":"weekly-five:2026-W48","mission":"weekly-five","missionVersion":1,"period":"2026-W48","state":"active","amount":2,"target":5,"steps":[{"amount":2,"target":5,"completedAt":null}],"startedAt":"2026-11-23T08:12:00.000Z","completedAt":null,"cancelledAt":null}],"missionsCompleted":[{"mission":"weekly-five","period":"2026-W48"}],"rewards":[{"source":{"kind":"rule","rule":"xp-per-lesson"},"claim":null,"kind":"currency","currency":"xp","amount":50}],"withheld":[{"rule":"xp-per-lesson","source":{"kind":"rule","rule":"xp-per-lesson"},"why":"trigger_matched"}],"clipped":[{"currency":"xp","asked":50,"given":50,"by":"day","limit":50}],"ledger":[{"id":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9.1","transaction":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9","currency":"xp","amount":50,"balance":50,"counterparty":"system:issuance","reason":{"kind":"rule","rule":"xp-per-lesson","event":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},"correctedBy":null,"occurredAt":"2026-11-24T09:30:00.000Z","postedAt":"2026-11-24T09:30:00.000Z"}],"streaks":[{"streak":"daily","day":"2026-11-24","run":1,"longest":1}],"scores":[{"leaderboard":"lessons","period":"2026-W48","added":50,"score":50,"team":"red-pandas"}],"badges":[{"badge":"explorer","tier":1}],"levels":[{"track":"rank","level":2,"change":"reached"}]}}},
  batchReceipt: {"accepted":1,"rejected":0,"items":[{"status":"accepted","receipt":{"event":{"id":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","occurredAt":"2026-11-24T09:30:00.000Z","receivedAt":"2026-11-24T09:30:00.000Z","value":1,"attributes":{"course":"rust-101","score":92},"voidedAt":null,"limited":false},"effects":{"progress":[{"id":"weekly-five:2026-W48","mission":"weekly-five","missionVersion":1,"period":"2026-W48","state":"active","amount":2,"target":5,"steps":[{"amount":2,"target":5,"completedAt":null}],"startedAt":"2026-11-23T08:12:00.000Z","completedAt":null,"cancelledAt":null}],"missionsCompleted":[{"mission":"weekly-five","period":"2026-W48"}],"rewards":[{"source":{"kind":"rule","rule":"xp-per-lesson"},"claim":null,"kind":"currency","currency":"xp","amount":50}],"withheld":[{"rule":"xp-per-lesson","source":{"kind":"rule","rule":"xp-per-lesson"},"why":"trigger_matched"}],"clipped":[{"currency":"xp","asked":50,"given":50,"by":"day","limit":50}],"ledger":[{"id":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9.1","transaction":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9","currency":"xp","amount":50,"balance":50,"counterparty":"system:issuance","reason":{"kind":"rule","rule":"xp-per-lesson","event":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},"correctedBy":null,"occurredAt":"2026-11-24T09:30:00.000Z","postedAt":"2026-11-24T09:30:00.000Z"}],"streaks":[{"streak":"daily","day":"2026-11-24","run":1,"longest":1}],"scores":[{"leaderboard":"lessons","period":"2026-W48","added":50,"score":50,"team":"red-pandas"}],"badges":[{"badge":"explorer","tier":1}],"levels":[{"track":"rank","level":2,"change":"reached"}]}}}]},
  boundary: {"at":"2026-11-24T09:30:00.000Z","kind":"mission.opened","subject":"weekly-five","outcome":"opened","details":{"period":"2026-W49"}},
  budgetAmount: {"currency":"xp","amount":50},
  callerPermissions: {"kind":"operator","id":"per_01JD8QZ4M3V5K7R9T1X3Z5B7D9","role":{"id":"viewer","name":"Viewer"},"permissions":[{"action":"dashboard:missions.read","players":"all"}],"conditions":{"addresses":["0.0.0.0/0","::/0"]}},
  catalogItem: {"id":"sticker","status":"published","version":1,"revision":1,"draft":false,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z","author":"operator:ada","publishedAt":"2026-11-24T09:30:00.000Z","running":"keep","ruleset":12,"name":{"en":"Sticker"},"price":[{"currency":"xp","amount":1}],"stock":1000,"fulfilment":"manual","fulfilWithinHours":1},
  catalogItemCreate: {"id":"sticker","name":{"en":"Sticker"},"price":[{"currency":"xp","amount":1}],"stock":1000},
  catalogItemUpdate: {"name":{"en":"Sticker"},"price":[{"currency":"xp","amount":1}],"stock":1000},
  catalogStock: {"item":"sticker","stock":100,"taken":3,"left":97,"freeCodes":null},
  claimTerms: {"within":"P7D"},
  clippedReward: {"currency":"xp","asked":50,"given":50,"by":"day","limit":50},
  clock: {"kind":"real","now":"2026-11-24T09:30:00.000Z","version":1},
  clockAdvance: {"to":"2026-12-01T00:00:00Z"},
  clockReport: {"now":"2026-11-24T09:30:00.000Z","boundaries":[{"at":"2026-11-24T09:30:00.000Z","kind":"mission.opened","subject":"weekly-five","outcome":"opened","details":{"period":"2026-W49"}}],"done":true,"nextTo":null},
  clockUpdate: {"kind":"test"},
  codeReceipt: {"added":1,"known":0},
  codeUpload: {"codes":["SAVE-10-4711"]},
  cohortLine: {"rank":1,"score":50,"player":{"displayName":"Ada"},"isMe":true,"outcome":"promoted"},
  configApplied: {"kind":"missions","id":"weekly-five","action":"update"},
  configApplyRequest: {"document":{"format":"laurel.config/1","definitions":{"activities":[{"id":"lesson.completed","name":{"en":"Lesson completed"},"playersMaySend":false}],"currencies":[]}},"parts":["activities","currencies"],"keepUrls":true,"base":"r12.3d5c0b1f6a7e4c9d8f20","running":"keep"},
  configChange: {"kind":"missions","id":"weekly-five","action":"update","differences":[{"pointer":"/steps/0/target","before":5,"after":7}]},
  configDifference: {"pointer":"/steps/0/target","before":5,"after":7},
  configDocument: {"format":"laurel.config/1","definitions":{"activities":[{"id":"lesson.completed","name":{"en":"Lesson completed"},"playersMaySend":false}],"currencies":[]}},
  configPlan: {"base":"r12.3d5c0b1f6a7e4c9d8f20","creates":1,"updates":1,"archives":1,"unchanged":1,"changes":[{"kind":"missions","id":"weekly-five","action":"update","differences":[{"pointer":"/steps/0/target","before":5,"after":7}]}]},
  configPlanRequest: {"document":{"format":"laurel.config/1","definitions":{"activities":[{"id":"lesson.completed","name":{"en":"Lesson completed"},"playersMaySend":false}],"currencies":[]}},"parts":["activities","currencies"],"keepUrls":true},
  configResult: {"base":"r12.3d5c0b1f6a7e4c9d8f20","ruleset":13,"creates":1,"updates":1,"archives":1,"unchanged":1,"changes":[{"kind":"missions","id":"weekly-five","action":"update"}]},
  consent: {"purpose":"leaderboards","name":"Leaderboards","granted":true,"decidedAt":"2026-11-24T09:30:00.000Z"},
  consentChange: {"granted":true},
  consentDecision: {"granted":true,"decidedAt":"2026-11-24T09:30:00.000Z"},
  consentPurpose: {"id":"news","name":"News"},
  credentialAchievement: {"id":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","type":["type"],"achievementType":"achievementType","name":"name","description":"description","criteria":{"narrative":"narrative"},"image":{"id":"id","type":"Image"}},
  credentialCriteria: {"narrative":"narrative"},
  credentialIdentity: {"type":"IdentityObject","hashed":true,"identityHash":"identityHash","identityType":"identityType","salt":"salt"},
  credentialImage: {"id":"id","type":"Image"},
  credentialIssuer: {"id":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","type":["type"],"name":"name"},
  credentialProof: {"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2026-11-24T09:30:00.000Z","verificationMethod":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","proofPurpose":"assertionMethod","proofValue":"proofValue"},
  credentialStatus: {"id":"id","type":"1EdTechRevocationList"},
  credentialSubject: {"id":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","type":["type"],"identifier":[{"type":"IdentityObject","hashed":true,"identityHash":"identityHash","identityType":"identityType","salt":"salt"}],"achievement":{"id":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","type":["type"],"achievementType":"achievementType","name":"name","description":"description","criteria":{"narrative":"narrative"},"image":{"id":"id","type":"Image"}}},
  currency: {"id":"xp","status":"published","version":1,"revision":1,"draft":false,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z","author":"operator:ada","publishedAt":"2026-11-24T09:30:00.000Z","running":"keep","ruleset":12,"name":{"en":"Experience"},"precision":1,"transferable":true},
  currencyCreate: {"id":"xp","name":{"en":"Experience"},"transferable":true},
  currencyExpiry: {"afterDays":365},
  currencyUpdate: {"name":{"en":"Experience"},"transferable":true},
  dashboardMe: {"kind":"operator","id":"per_01JD8QZ4M3V5K7R9T1X3Z5B7D9","email":"ada@example.com","tenant":"acme","workspace":"production","role":"viewer","scopes":[],"memberships":[{"workspace":"production","role":"viewer","status":"active"}]},
  deliveryAttempt: {"at":"2026-11-24T09:30:00.000Z","outcome":"delivered","status":200,"milliseconds":120},
  domainProof: {"name":"_laurel-challenge.acme.example","value":"laurel-domain=8Q2M7XKD0R4THV9C"},
  domainRule: {"id":"dom_01JD8QZ4M3V5K7R9T1X3Z5B7D9","domain":"acme.example","role":"viewer","status":"pending","record":{"name":"_laurel-challenge.acme.example","value":"laurel-domain=8Q2M7XKD0R4THV9C"},"createdAt":"2026-11-24T09:30:00.000Z","verifiedAt":null},
  domainRuleCreate: {"domain":"acme.example","role":"viewer"},
  earningCap: {"per":"day","amount":50},
  earningCaps: {"zone":"user","limits":[{"per":"day","amount":500}]},
  economyReport: {"from":"2026-11-24","to":"2026-11-24","zone":"Europe/Rome","complete":true,"players":null,"rows":[{"day":"2026-11-24","currency":"xp","minted":50,"burned":20,"received":0,"outstanding":50}],"nextPart":null},
  economyRow: {"day":"2026-11-24","currency":"xp","minted":50,"burned":20,"received":0,"outstanding":50},
  effects: {"progress":[{"id":"weekly-five:2026-W48","mission":"weekly-five","missionVersion":1,"period":"2026-W48","state":"active","amount":2,"target":5,"steps":[{"amount":2,"target":5,"completedAt":null}],"startedAt":"2026-11-23T08:12:00.000Z","completedAt":null,"cancelledAt":null}],"missionsCompleted":[{"mission":"weekly-five","period":"2026-W48"}],"rewards":[{"source":{"kind":"rule","rule":"xp-per-lesson"},"claim":null,"kind":"currency","currency":"xp","amount":50}],"withheld":[{"rule":"xp-per-lesson","source":{"kind":"rule","rule":"xp-per-lesson"},"why":"trigger_matched"}],"clipped":[{"currency":"xp","asked":50,"given":50,"by":"day","limit":50}],"ledger":[{"id":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9.1","transaction":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9","currency":"xp","amount":50,"balance":50,"counterparty":"system:issuance","reason":{"kind":"rule","rule":"xp-per-lesson","event":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},"correctedBy":null,"occurredAt":"2026-11-24T09:30:00.000Z","postedAt":"2026-11-24T09:30:00.000Z"}],"streaks":[{"streak":"daily","day":"2026-11-24","run":1,"longest":1}],"scores":[{"leaderboard":"lessons","period":"2026-W48","added":50,"score":50,"team":"red-pandas"}],"badges":[{"badge":"explorer","tier":1}],"levels":[{"track":"rank","level":2,"change":"reached"}]},
  erasureReceipt: {"keyDestroyedAt":"2026-11-24T09:30:00.000Z","removed":{"history":12,"profile":1},"kept":{"leg":4},"signature":"6bYc0v1S0mB1bUo9aH0c3nq0mJvVd0mQyS0sVn0c1dE"},
  event: {"id":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","occurredAt":"2026-11-24T09:30:00.000Z","receivedAt":"2026-11-24T09:30:00.000Z","value":1,"attributes":{"course":"rust-101","score":92},"voidedAt":null,"limited":false},
  eventCountedData: {"eventId":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","value":1,"limited":false},
  eventCountedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"event.counted","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"eventId":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","value":1,"limited":false}},
  eventExplanation: {"event":{"id":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","occurredAt":"2026-11-24T09:30:00.000Z","receivedAt":"2026-11-24T09:30:00.000Z","value":1,"attributes":{"course":"rust-101","score":92},"voidedAt":null,"limited":false},"rulesetVersion":7,"rules":[{"kind":"rewardRule","id":"xp-per-lesson","version":1,"fired":true,"why":"trigger_matched","values":{"activity":"lesson.completed"}}],"granted":[{"currency":"xp","amount":50,"reason":{"kind":"rule","rule":"xp-per-lesson","event":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9"}}]},
  eventLimitedData: {"eventId":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","limited":true},
  eventLimitedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"event.limited","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"eventId":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","limited":true}},
  eventReceipt: {"event":{"id":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","occurredAt":"2026-11-24T09:30:00.000Z","receivedAt":"2026-11-24T09:30:00.000Z","value":1,"attributes":{"course":"rust-101","score":92},"voidedAt":null,"limited":false},"effects":{"progress":[{"id":"weekly-five:2026-W48","mission":"weekly-five","missionVersion":1,"period":"2026-W48","state":"active","amount":2,"target":5,"steps":[{"amount":2,"target":5,"completedAt":null}],"startedAt":"2026-11-23T08:12:00.000Z","completedAt":null,"cancelledAt":null}],"missionsCompleted":[{"mission":"weekly-five","period":"2026-W48"}],"rewards":[{"source":{"kind":"rule","rule":"xp-per-lesson"},"claim":null,"kind":"currency","currency":"xp","amount":50}],"withheld":[{"rule":"xp-per-lesson","source":{"kind":"rule","rule":"xp-per-lesson"},"why":"trigger_matched"}],"clipped":[{"currency":"xp","asked":50,"given":50,"by":"day","limit":50}],"ledger":[{"id":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9.1","transaction":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9","currency":"xp","amount":50,"balance":50,"counterparty":"system:issuance","reason":{"kind":"rule","rule":"xp-per-lesson","event":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},"correctedBy":null,"occurredAt":"2026-11-24T09:30:00.000Z","postedAt":"2026-11-24T09:30:00.000Z"}],"streaks":[{"streak":"daily","day":"2026-11-24","run":1,"longest":1}],"scores":[{"leaderboard":"lessons","period":"2026-W48","added":50,"score":50,"team":"red-pandas"}],"badges":[{"badge":"explorer","tier":1}],"levels":[{"track":"rank","level":2,"change":"reached"}]}},
  eventTrack: {"id":"evt-2026-0001","activity":"lesson.completed"},
  eventTrackBatch: {"events":[{"id":"evt-2026-0001","activity":"lesson.completed"}]},
  eventVoid: {"note":"Sent by mistake"},
  eventVoidedData: {"eventId":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed"},
  eventVoidedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"event.voided","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"eventId":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed"}},
  expressionCheck: {"expression":"event.value >= 10","activity":"lesson.completed"},
  expressionEvaluate: {"expression":"event.value >= 10 && user.language == \"en\"","facts":{"event":{"value":12},"user":{"language":"en"}}},
  expressionPart: {"expression":"event.value >= 10","from":0,"to":17,"value":true,"refusal":"No such key: score"},
  expressionProblem: {"message":"No such key: valeu","from":6,"to":11},
  expressionReport: {"ok":true,"type":"bool","problems":[]},
  expressionResult: {"type":"bool","value":true,"parts":[{"expression":"event.value","from":0,"to":11,"value":12},{"expression":"event.value >= 10","from":0,"to":17,"value":true}]},
  fieldError: {"pointer":"/target","code":"too_small","message":"at least 1"},
  freezeGrant: {"count":1,"note":"The app was down"},
  freezePurchase: {"count":1},
  funnelReport: {"from":"2026-11-24","to":"2026-11-24","zone":"Europe/Rome","complete":true,"players":null,"rows":[{"day":"2026-11-24","mission":"weekly-five","version":1,"stage":"started","step":0,"players":12}],"nextPart":null},
  funnelRow: {"day":"2026-11-24","mission":"weekly-five","version":1,"stage":"started","step":0,"players":12},
  grant: {"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","note":"Sorry for the outage","ledger":[{"id":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9.1","transaction":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9","currency":"xp","amount":50,"balance":50,"counterparty":"system:issuance","reason":{"kind":"rule","rule":"xp-per-lesson","event":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},"correctedBy":null,"occurredAt":"2026-11-24T09:30:00.000Z","postedAt":"2026-11-24T09:30:00.000Z"}]},
  grantCreate: {"rewards":[{"kind":"currency","currency":"xp","amount":50}],"note":"Sorry for the outage"},
  grantedAmount: {"currency":"xp","amount":50,"reason":{"kind":"rule","rule":"xp-per-lesson","event":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9"}},
  grantedReward: {"source":{"kind":"rule","rule":"xp-per-lesson"},"claim":null,"kind":"currency","currency":"xp","amount":50},
  happening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"event.counted","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"eventId":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","value":1,"limited":false}},
  health: {"status":"ok","version":"0.1.0","cell":"eu"},
  heldPermission: {"action":"dashboard:missions.read","players":"all"},
  invitation: {"id":"inv_01JD8QZ4M3V5K7R9T1X3Z5B7D9","email":"ada@example.com","role":"manager","workspaces":["production"],"status":"pending","invitedBy":"operator:per_01JD8QZ4M3V5K7R9T1X3Z5B7D9","createdAt":"2026-11-24T09:30:00.000Z","expiresAt":"2026-11-24T09:30:00.000Z","acceptedAt":null},
  invitationAccept: {"token":"inv_01JD8QZ4M3V5K7R9T1X3Z5B7D9.a-secret"},
  invitationCreate: {"email":"ada@example.com","role":"manager","send":false},
  invitationResend: {"send":false},
  invitationWithToken: {"invitation":{"id":"inv_01JD8QZ4M3V5K7R9T1X3Z5B7D9","email":"ada@example.com","role":"manager","workspaces":["production"],"status":"pending","invitedBy":"operator:per_01JD8QZ4M3V5K7R9T1X3Z5B7D9","createdAt":"2026-11-24T09:30:00.000Z","expiresAt":"2026-11-24T09:30:00.000Z","acceptedAt":null},"token":"inv_01JD8QZ4.a-secret"},
  issuer: {"id":"login","issuer":"https://login.example.com","audiences":[{"audience":"learning-app","workspace":"main"}],"userClaim":"sub","algorithms":["RS256"],"version":1,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z"},
  issuerAudience: {"audience":"audience","workspace":"acme"},
  issuerCreate: {"id":"login","issuer":"https://login.example.com","audiences":[{"audience":"learning-app","workspace":"main"}]},
  issuerUpdate: {"issuer":"https://login.example.com","audiences":[{"audience":"learning-app","workspace":"main"}],"algorithms":["RS256","ES256"]},
  joinCode: {"id":"jcd_01JD8QZ4M3V5K7R9T1X3Z5B7D9","name":"Beta testers","gives":{"kind":"player","tags":["beta"],"team":"red-pandas"},"uses":100,"used":0,"status":"active","createdBy":"operator:per_01JD8QZ4M3V5K7R9T1X3Z5B7D9","createdAt":"2026-11-24T09:30:00.000Z","expiresAt":"2026-11-24T09:30:00.000Z"},
  joinCodeCreate: {"name":"Beta testers","gives":{"kind":"player","tags":["beta"],"team":"red-pandas"},"uses":100},
  joinCodeGift: {"kind":"player","tags":["beta"],"team":"red-pandas"},
  joinCodeRedeem: {"code":"8Q2M-7XKD-0R4T-HV9C"},
  joinCodeWithCode: {"joinCode":{"id":"jcd_01JD8QZ4M3V5K7R9T1X3Z5B7D9","name":"Beta testers","gives":{"kind":"player","tags":["beta"],"team":"red-pandas"},"uses":100,"used":0,"status":"active","createdBy":"operator:per_01JD8QZ4M3V5K7R9T1X3Z5B7D9","createdAt":"2026-11-24T09:30:00.000Z","expiresAt":"2026-11-24T09:30:00.000Z"},"code":"8Q2M-7XKD-0R4T-HV9C"},
  joinReceipt: {"name":"Beta testers","team":null},
  leaderboard: {"id":"lessons","status":"published","version":1,"revision":1,"draft":false,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z","author":"operator:ada","publishedAt":"2026-11-24T09:30:00.000Z","running":"keep","ruleset":12,"name":{"en":"Most lessons"},"scope":"players","source":{"kind":"count","activity":"lesson.completed"},"window":{"kind":"recurring","every":"week","zone":"UTC"},"ties":"competition","direction":"high","prizes":[{"places":{"kind":"ranks","from":1,"to":3},"rewards":[{"kind":"currency","currency":"xp","amount":50}]}],"tiedPrizes":"each","graceMinutes":60},
  leaderboardClose: {"period":"2026-W01"},
  leaderboardClosedData: {"leaderboard":"lessons","period":"2026-W48"},
  leaderboardClosedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"leaderboard.closed","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"leaderboard":"lessons","period":"2026-W48"}},
  leaderboardCreate: {"id":"lessons","name":{"en":"Most lessons"},"source":{"kind":"count","activity":"lesson.completed"},"window":{"kind":"recurring","every":"week","zone":"UTC"},"prizes":[{"places":{"kind":"ranks","from":1,"to":3},"rewards":[{"kind":"currency","currency":"xp","amount":50}]}]},
  leaderboardEntry: {"rank":1,"score":50,"player":{"displayName":"Ada"},"team":{"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","name":"Red Pandas"},"isMe":true,"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},
  leaderboardPeriod: {"leaderboard":"lessons","period":"2026-W48","state":"open","players":128,"granted":3,"withheld":0,"reduced":0,"closedAt":"2026-11-24T09:30:00.000Z"},
  leaderboardPlayer: {"displayName":"Ada"},
  leaderboardRank: {"leaderboard":"lessons","period":"2026-W48","rank":3,"score":50,"total":128},
  leaderboardRebuilt: {"leaderboard":"lessons","period":"2026-W48","players":128},
  leaderboardReport: {"from":"2026-11-24","to":"2026-11-24","zone":"Europe/Rome","complete":true,"players":null,"rows":[{"day":"2026-11-24","leaderboard":"lessons","players":12}],"nextPart":null},
  leaderboardRow: {"day":"2026-11-24","leaderboard":"lessons","players":12},
  leaderboardTeam: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","name":"Red Pandas"},
  leaderboardUpdate: {"name":{"en":"Most lessons"},"source":{"kind":"count","activity":"lesson.completed"},"window":{"kind":"recurring","every":"week","zone":"UTC"},"prizes":[{"places":{"kind":"ranks","from":1,"to":3},"rewards":[{"kind":"currency","currency":"xp","amount":50}]}]},
  leaderboardWindow: {"kind":"recurring","every":"week","zone":"UTC"},
  league: {"id":"lesson-league","status":"published","version":1,"revision":1,"draft":false,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z","author":"operator:ada","publishedAt":"2026-11-24T09:30:00.000Z","running":"keep","ruleset":12,"name":{"en":"Lesson league"},"source":{"kind":"count","activity":"lesson.completed"},"zone":"UTC","tiers":[{"id":"bronze","name":{"en":"Bronze"},"prizes":[]},{"id":"silver","name":{"en":"Silver"},"prizes":[]}],"cohortSize":2,"promote":1,"demote":1,"idleWeeks":4,"seed":"seed","graceMinutes":1},
  leagueCohort: {"league":"lesson-league","period":"2026-W48","tier":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","state":"none","lines":[{"rank":1,"score":50,"player":{"displayName":"Ada"},"isMe":true,"outcome":"promoted"}]},
  leagueCreate: {"id":"lesson-league","name":{"en":"Lesson league"},"source":{"kind":"count","activity":"lesson.completed"},"zone":"UTC","tiers":[{"id":"bronze","name":{"en":"Bronze"},"prizes":[]},{"id":"silver","name":{"en":"Silver"},"prizes":[]}]},
  leagueMember: {"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","period":"2026-W48","tier":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","cohort":1,"rank":1,"score":50,"outcome":"promoted"},
  leaguePrize: {"rank":1,"rewards":[{"kind":"currency","currency":"xp","amount":50}]},
  leagueSettle: {"period":"2026-W01"},
  leagueSettledData: {"league":"lesson-league","period":"2026-W48"},
  leagueSettledHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"league.settled","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"league":"lesson-league","period":"2026-W48"}},
  leagueTier: {"id":"bronze","name":{"en":"Bronze"},"prizes":[]},
  leagueUpdate: {"name":{"en":"Lesson league"},"source":{"kind":"count","activity":"lesson.completed"},"zone":"UTC","tiers":[{"id":"bronze","name":{"en":"Bronze"},"prizes":[]},{"id":"silver","name":{"en":"Silver"},"prizes":[]}]},
  leagueWeek: {"league":"lesson-league","period":"2026-W48","state":"settling","cohorts":4,"players":97,"settledAt":"2026-11-24T09:30:00.000Z"},
  ledgerCapture: {},
  ledgerEntry: {"id":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9.1","transaction":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9","currency":"xp","amount":50,"balance":50,"counterparty":"system:issuance","reason":{"kind":"rule","rule":"xp-per-lesson","event":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},"correctedBy":null,"occurredAt":"2026-11-24T09:30:00.000Z","postedAt":"2026-11-24T09:30:00.000Z"},
  ledgerHold: {"id":"hld_01JD8QZ4M3V5K7R9T1X3Z5B7D9","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","transaction":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9","currency":"xp","amount":50,"captured":50,"released":50,"state":"held","heldAt":"2026-11-24T09:30:00.000Z","expiresAt":"2026-11-24T09:30:00.000Z"},
  ledgerLeg: {"account":"user:usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","currency":"xp","amount":50},
  ledgerLegCreate: {"externalUserId":"player-7","currency":"xp","amount":50},
  ledgerProof: {"currency":"xp","legs":2048,"sum":0,"outstanding":51200,"held":0,"owed":0,"balanced":true},
  ledgerReason: {"kind":"rule","rule":"xp-per-lesson","event":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},
  ledgerReverse: {"note":"Wrong player"},
  ledgerStatement: {"account":"account","currency":"xp","from":"2026-11-24T09:30:00.000Z","to":"2026-11-24T09:30:00.000Z","opening":50,"entries":[{"transaction":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9","amount":50,"balance":50,"counterparty":"counterparty","reason":{"kind":"rule","rule":"xp-per-lesson","event":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},"occurredAt":"2026-11-24T09:30:00.000Z","postedAt":"2026-11-24T09:30:00.000Z"}],"closing":50},
  ledgerStatementLine: {"transaction":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9","amount":50,"balance":50,"counterparty":"counterparty","reason":{"kind":"rule","rule":"xp-per-lesson","event":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},"occurredAt":"2026-11-24T09:30:00.000Z","postedAt":"2026-11-24T09:30:00.000Z"},
  ledgerTransaction: {"id":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9","kind":"credit","legs":[{"account":"user:usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","currency":"xp","amount":50},{"account":"system:issuance","currency":"xp","amount":-50}],"note":"Sorry for the outage","by":"operator:ada","holds":[],"reverses":null,"reversedBy":null,"redemption":null,"createdAt":"2026-11-24T09:30:00.000Z"},
  ledgerTransactionCreate: {"kind":"credit","legs":[{"externalUserId":"player-7","currency":"xp","amount":50}],"note":"Sorry for the outage"},
  levelCurve: {"kind":"quadratic","step":100,"growth":50,"levels":50},
  levelEffect: {"track":"rank","level":2,"change":"reached"},
  levelLostData: {"track":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","level":1},
  levelLostHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"level.lost","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"track":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","level":1}},
  levelNote: {"level":10,"name":{"en":"Veteran"},"rewards":[{"kind":"currency","currency":"xp","amount":100}]},
  levelReachedData: {"track":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","level":1},
  levelReachedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"level.reached","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"track":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","level":1}},
  levelTrack: {"id":"rank","status":"published","version":1,"revision":1,"draft":false,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z","author":"operator:ada","publishedAt":"2026-11-24T09:30:00.000Z","running":"keep","ruleset":12,"name":{"en":"Rank"},"currency":"xp","curve":{"kind":"quadratic","step":100,"growth":50,"levels":50},"levels":[{"level":10,"name":{"en":"Veteran"}}],"goesDown":true},
  levelTrackCreate: {"id":"rank","name":{"en":"Rank"},"currency":"xp","curve":{"kind":"quadratic","step":100,"growth":50,"levels":50},"levels":[{"level":10,"name":{"en":"Veteran"}}]},
  levelTrackUpdate: {"name":{"en":"Rank"},"currency":"xp","curve":{"kind":"quadratic","step":100,"growth":50,"levels":50},"levels":[{"level":10,"name":{"en":"Veteran"}}]},
  me: {"id":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","externalId":"player-7","displayName":"Ada","language":"en","zone":"Europe/Rome","visibility":"public","attributes":{"plan":"pro"},"version":1},
  meUpdate: {"displayName":"Ada","zone":"Europe/Rome"},
  member: {"id":"per_01JD8QZ4M3V5K7R9T1X3Z5B7D9","email":"ada@example.com","role":"viewer","status":"active","joinedAt":"2026-11-24T09:30:00.000Z","version":1},
  memberUpdate: {"role":"viewer"},
  membership: {"workspace":"production","role":"viewer","status":"active"},
  mission: {"id":"weekly-five","status":"published","version":1,"revision":1,"draft":false,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z","author":"operator:ada","publishedAt":"2026-11-24T09:30:00.000Z","running":"keep","ruleset":12,"name":{"en":"Five a week"},"schedule":{"kind":"recurring","every":"week","zone":"user"},"steps":[{"activity":"lesson.completed","adds":"one","target":5}],"rewards":[{"kind":"currency","currency":"xp","amount":50}]},
  missionAssignment: {"kind":"optIn"},
  missionAudience: {"segment":"vips"},
  missionBacktest: {"from":"2026-11-01T00:00:00.000Z","to":"2026-12-01T00:00:00.000Z","version":1},
  missionCombine: {"kind":"any","count":2},
  missionCompletedData: {"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48"},
  missionCompletedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"mission.completed","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48"}},
  missionCompletion: {"mission":"weekly-five","period":"2026-W48"},
  missionCreate: {"id":"weekly-five","name":{"en":"Five a week"},"schedule":{"kind":"recurring","every":"week","zone":"user"},"steps":[{"activity":"lesson.completed","adds":"one","target":5}],"rewards":[{"kind":"currency","currency":"xp","amount":50}]},
  missionExpiredData: {"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48"},
  missionExpiredHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"mission.expired","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48"}},
  missionJoinedData: {"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48"},
  missionJoinedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"mission.joined","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48"}},
  missionLevel: {"track":"rank","level":5},
  missionPrerequisite: {"mission":"first-steps"},
  missionProgressedData: {"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48","amount":50,"target":50},
  missionProgressedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"mission.progressed","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48","amount":50,"target":50}},
  missionRepeat: {"times":3},
  missionReport: {"from":"2026-11-24","to":"2026-11-24","zone":"Europe/Rome","complete":true,"players":null,"rows":[{"day":"2026-11-24","mission":"weekly-five","started":12,"completedOfStarted":12,"completed":12}],"nextPart":null},
  missionRevertedData: {"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48"},
  missionRevertedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"mission.reverted","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48"}},
  missionRow: {"day":"2026-11-24","mission":"weekly-five","started":12,"completedOfStarted":12,"completed":12},
  missionStep: {"activity":"lesson.completed","adds":"one","target":5},
  missionUpdate: {"name":{"en":"Five a week"},"schedule":{"kind":"recurring","every":"week","zone":"user"},"steps":[{"activity":"lesson.completed","adds":"one","target":5}],"rewards":[{"kind":"currency","currency":"xp","amount":50}]},
  officeHours: {"days":["mon","tue","wed","thu","fri"],"from":"09:00","to":"18:00","zone":"Europe/Rome"},
  openBadgeCredential: {"@context":["@context"],"id":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","type":["type"],"name":"name","issuer":{"id":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","type":["type"],"name":"name"},"validFrom":"2026-11-24T09:30:00.000Z","credentialSubject":{"id":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","type":["type"],"identifier":[{"type":"IdentityObject","hashed":true,"identityHash":"identityHash","identityType":"identityType","salt":"salt"}],"achievement":{"id":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","type":["type"],"achievementType":"achievementType","name":"name","description":"description","criteria":{"narrative":"narrative"},"image":{"id":"id","type":"Image"}}},"credentialStatus":{"id":"id","type":"1EdTechRevocationList"},"proof":[{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2026-11-24T09:30:00.000Z","verificationMethod":"urn:uuid:8f14e45f-ceea-867a-9a36-dedd4bea2543","proofPurpose":"assertionMethod","proofValue":"proofValue"}]},
  overviewReport: {"from":"2026-11-24","to":"2026-11-24","zone":"Europe/Rome","complete":true,"players":null,"rows":[{"day":"2026-11-24","active":12,"activeInWeek":12,"activeInMonth":12,"events":12,"missionsCompleted":12}],"nextPart":null},
  overviewRow: {"day":"2026-11-24","active":12,"activeInWeek":12,"activeInMonth":12,"events":12,"missionsCompleted":12},
  paidPrice: {"currency":"xp","amount":50},
  personExport: {"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","exportedAt":"2026-11-24T09:30:00.000Z","records":[{"kind":"profile","key":"","data":{"displayName":"Ada"}}]},
  personRecord: {"kind":"profile","key":"","data":{"displayName":"Ada"}},
  plainReward: {"kind":"currency","currency":"xp","amount":50},
  plan: {"name":"standard","limits":{"seats":10,"workspaces":5,"apiClients":20,"players":100000,"eventsPerMonth":5000000,"rates":{"read":{"perSecond":100,"burst":200},"write":{"perSecond":100,"burst":200},"ingest":{"perSecond":100,"burst":200},"bulk":{"perSecond":100,"burst":200},"credential":{"perSecond":100,"burst":200}}}},
  planLimits: {"seats":10,"workspaces":5,"apiClients":20,"players":100000,"eventsPerMonth":5000000,"rates":{"read":{"perSecond":100,"burst":200},"write":{"perSecond":100,"burst":200},"ingest":{"perSecond":100,"burst":200},"bulk":{"perSecond":100,"burst":200},"credential":{"perSecond":100,"burst":200}}},
  planOverrides: {"seats":25},
  planRate: {"perSecond":100,"burst":200},
  planRateOverrides: {"read":{"perSecond":100,"burst":200},"write":{"perSecond":100,"burst":200},"ingest":{"perSecond":100,"burst":200},"bulk":{"perSecond":100,"burst":200},"credential":{"perSecond":100,"burst":200}},
  planRates: {"read":{"perSecond":100,"burst":200},"write":{"perSecond":100,"burst":200},"ingest":{"perSecond":100,"burst":200},"bulk":{"perSecond":100,"burst":200},"credential":{"perSecond":100,"burst":200}},
  planUse: {"seats":1,"workspaces":1,"apiClients":1,"players":1,"eventsPerMonth":1},
  playerActivity: {"id":"lesson.completed","name":"Lesson completed","description":"Sent when a lesson ends."},
  playerBadge: {"id":"explorer","name":"Explorer","description":"description","image":"image","criteria":"Finish a lesson outside of your own course.","secret":true,"earned":true,"awardedAt":"2026-11-24T09:30:00.000Z","count":1,"tier":1,"tiers":[{"tier":1,"name":"Bronze","count":1,"reachedAt":"2026-11-24T09:30:00.000Z"}],"next":{"tier":1,"count":1,"left":1}},
  playerBadgeNext: {"tier":1,"count":1,"left":1},
  playerBadgeTier: {"tier":1,"name":"Bronze","count":1,"reachedAt":"2026-11-24T09:30:00.000Z"},
  playerCatalogItem: {"id":"sticker","name":"name","description":"description","price":[{"currency":"xp","amount":1}],"left":97,"perPlayer":1,"mine":0,"validUntil":"2026-11-24T09:30:00.000Z"},
  playerLeaderboard: {"id":"lessons","name":"Most lessons","description":"Who completes the most lessons in a week.","scope":"players","window":{"kind":"recurring","every":"week","zone":"UTC"},"ties":"competition","direction":"high","prizes":[{"places":{"kind":"ranks","from":1,"to":3},"rewards":[{"kind":"currency","currency":"xp","amount":50}]}],"period":"2026-W48"},
  playerLeague: {"id":"lesson-league","name":"Lesson league","description":"description","period":"2026-W48","tier":{"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","name":"name"},"state":"none"},
  playerLeagueTier: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","name":"name"},
  playerLevel: {"track":"rank","name":"Rank","currency":"xp","level":3,"levelName":"Veteran","levels":50,"amount":50,"threshold":50,"next":{"level":1,"threshold":50,"left":50}},
  playerLevelNext: {"level":1,"threshold":50,"left":50},
  playerMission: {"id":"weekly-five","for":"player","name":"Five a week","description":"Complete five lessons before Sunday ends.","schedule":{"kind":"recurring","every":"week","zone":"user"},"steps":[{"activity":"lesson.completed","adds":"one","target":5}],"combine":{"kind":"all"},"assignment":"automatic","prerequisites":[],"locked":false,"repeat":null,"rewards":[{"kind":"currency","currency":"xp","amount":50}],"progress":{"id":"weekly-five:2026-W48","mission":"weekly-five","missionVersion":1,"period":"2026-W48","state":"active","amount":2,"target":5,"steps":[{"amount":2,"target":5,"completedAt":null}],"startedAt":"2026-11-23T08:12:00.000Z","completedAt":null,"cancelledAt":null},"share":null},
  playerMissionStep: {"activity":"lesson.completed","adds":"one","target":5},
  playerRedemption: {"id":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"sticker","itemVersion":1,"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","state":"held","price":[{"currency":"xp","amount":50}],"source":null,"note":null,"redeemedAt":"2026-11-24T09:30:00.000Z","expiresAt":"2026-11-24T09:30:00.000Z","settledAt":"2026-11-24T09:30:00.000Z","code":null},
  playerReward: {"id":"rwd_5c1b1d0c7a8e4f2b9d3a6e7f","source":{"kind":"rule","rule":"xp-per-lesson"},"state":"granted","grantedAt":"2026-11-24T09:30:00.000Z","expiresAt":"2026-11-24T09:30:00.000Z","claimedAt":"2026-11-24T09:30:00.000Z","kind":"currency","currency":"xp","amount":50},
  playerSheet: {"user":{"id":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","externalId":"player-7","displayName":"Ada","language":"en","zone":"Europe/Rome","visibility":"public","attributes":{"plan":"pro"},"tags":["vip"],"consents":{},"status":"active","version":1,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z"},"wallets":[{"currency":"xp","available":50,"held":0,"pending":0,"owed":0}],"progress":[{"id":"weekly-five:2026-W48","mission":"weekly-five","missionVersion":1,"period":"2026-W48","state":"active","amount":2,"target":5,"steps":[{"amount":2,"target":5,"completedAt":null}],"startedAt":"2026-11-23T08:12:00.000Z","completedAt":null,"cancelledAt":null}],"streaks":[{"streak":"daily","current":1,"longest":1,"lastDay":"2026-11-24","freezes":1}],"scores":[{"leaderboard":"lessons","period":"2026-W48","score":50}],"badges":[{"badge":"explorer","count":1,"tier":1}],"levels":[{"track":"rank","level":1}]},
  playerSheetBadge: {"badge":"explorer","count":1,"tier":1},
  playerSheetLevel: {"track":"rank","level":1},
  playerSheetScore: {"leaderboard":"lessons","period":"2026-W48","score":50},
  playerSheetStreak: {"streak":"daily","current":1,"longest":1,"lastDay":"2026-11-24","freezes":1},
  playerStreak: {"id":"daily","version":1,"name":"Every day","description":"A lesson each day keeps it alive.","cadence":"day","milestones":[{"length":7,"reached":false}],"current":6,"longest":14,"lastDay":"2026-11-24","countedToday":true,"amount":0,"target":1,"freezes":1,"paused":false,"freezePrice":null,"repairPrice":null,"repairUntil":null},
  playerStreakMilestone: {"length":7,"reached":false},
  playerTeam: {"id":"red-pandas","name":"Red Pandas","visibility":"public","joining":"open","capacity":50,"size":7,"version":1,"role":"captain","joinCode":"7Q4MZ0X2K9TR5V1C"},
  playerTeamCreate: {"name":"Red Pandas"},
  playerTeamMember: {"id":"tmb_01JD8QZ4M3V5K7R9T1X3Z5B7D9","displayName":"Ada","role":"captain","joinedAt":"2026-11-24T09:30:00.000Z","isMe":true},
  playerTeamUpdate: {"name":"Red Pandas","joining":"open"},
  playerToken: {"accessToken":"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c3JfMDEifQ.c2lnbmF0dXJl","tokenType":"Bearer","expiresIn":900,"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},
  price: {"currency":"xp","amount":1},
  privacyRequest: {"id":"prq_01JD8QZ4M3V5K7R9T1X3Z5B7D9","kind":"export","status":"running","pseudonym":"q2v5mJ0bq0cJ1tGk8Zc4Zw","by":"operator:per_01","requestedAt":"2026-11-24T09:30:00.000Z","completedAt":"2026-11-24T09:30:00.000Z","receipt":{"keyDestroyedAt":"2026-11-24T09:30:00.000Z","removed":{"history":12,"profile":1},"kept":{"leg":4},"signature":"6bYc0v1S0mB1bUo9aH0c3nq0mJvVd0mQyS0sVn0c1dE"}},
  privacySettings: {"purposes":[{"id":"news","name":"News"}],"inactiveDays":730,"keepDays":{"events":400,"news":14,"requests":null,"consents":730}},
  prize: {"places":{"kind":"ranks","from":1,"to":3},"rewards":[{"kind":"currency","currency":"xp","amount":50}]},
  prizePlaces: {"kind":"ranks","from":1,"to":3},
  problem: {"type":"https://laurel.dev/problems/event_conflict","title":"Event id already used","status":409,"code":"event_conflict","detail":"An event id names one event for ever: use a new id for other content.","instance":"/dashboard/v1/events","requestId":"req_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},
  progress: {"id":"weekly-five:2026-W48","mission":"weekly-five","missionVersion":1,"period":"2026-W48","state":"active","amount":2,"target":5,"steps":[{"amount":2,"target":5,"completedAt":null}],"startedAt":"2026-11-23T08:12:00.000Z","completedAt":null,"cancelledAt":null},
  progressAssign: {"user":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five"},
  progressCancel: {"user":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},
  progressMove: {"at":"2026-11-24T09:30:00.000Z","event":"evt-2026-0001","step":0,"added":1,"amount":2,"voidedAt":null},
  progressStep: {"amount":2,"target":5,"completedAt":null},
  pseudonymousEvent: {"id":"psn_q2v5mJ0bq0cJ1tGk8Zc4Zw","activity":"lesson.completed","userId":"psn_q2v5mJ0bq0cJ1tGk8Zc4Zw","occurredAt":"2026-11-24T09:30:00.000Z","receivedAt":"2026-11-24T09:30:00.000Z","value":1,"voidedAt":null,"limited":false},
  pseudonymousUser: {"id":"psn_q2v5mJ0bq0cJ1tGk8Zc4Zw","visibility":"public","consents":{},"status":"active","version":1,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z"},
  pseudonymsRenewed: {"renewedAt":"2026-11-24T09:30:00.000Z"},
  publish: {"running":"keep"},
  rankedUser: {"rank":1,"score":50,"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","externalId":"player-7","team":{"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","name":"Red Pandas"}},
  redemption: {"id":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"sticker","itemVersion":1,"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","state":"held","price":[{"currency":"xp","amount":50}],"source":null,"note":null,"redeemedAt":"2026-11-24T09:30:00.000Z","expiresAt":"2026-11-24T09:30:00.000Z","settledAt":"2026-11-24T09:30:00.000Z"},
  redemptionCancelledData: {"redemptionId":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},
  redemptionCancelledHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"redemption.cancelled","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"redemptionId":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9"}},
  redemptionCreatedData: {"redemptionId":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},
  redemptionCreatedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"redemption.created","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"redemptionId":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9"}},
  redemptionExpiredData: {"redemptionId":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},
  redemptionExpiredHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"redemption.expired","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"redemptionId":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9"}},
  redemptionFulfilledData: {"redemptionId":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},
  redemptionFulfilledHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"redemption.fulfilled","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"redemptionId":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9"}},
  redemptionSettle: {"note":"Sent by post"},
  reportPlayers: {"looked":1000,"members":12},
  restore: {"version":1},
  retentionDays: {"events":400,"news":14,"requests":null,"consents":730},
  reward: {"kind":"currency","currency":"xp","amount":50},
  rewardCaps: {"perDay":1,"zone":"user"},
  rewardChance: {"probability":0.1,"seed":"autumn"},
  rewardClaimedData: {"source":"rule","sourceId":"xp-per-lesson","kind":"currency","of":"xp","amount":50},
  rewardClaimedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"reward.claimed","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"source":"rule","sourceId":"xp-per-lesson","kind":"currency","of":"xp","amount":50}},
  rewardExpiredData: {"source":"rule","sourceId":"xp-per-lesson","kind":"currency","of":"xp","amount":50},
  rewardExpiredHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"reward.expired","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"source":"rule","sourceId":"xp-per-lesson","kind":"currency","of":"xp","amount":50}},
  rewardGrantedData: {"source":"rule","sourceId":"xp-per-lesson","kind":"currency","of":"xp","amount":50},
  rewardGrantedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"reward.granted","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"source":"rule","sourceId":"xp-per-lesson","kind":"currency","of":"xp","amount":50}},
  rewardReport: {"from":"2026-11-24","to":"2026-11-24","zone":"Europe/Rome","complete":true,"players":null,"rows":[{"day":"2026-11-24","source":"rule","id":"xp-per-lesson","kind":"currency","of":"xp","amount":50,"times":12}],"nextPart":null},
  rewardRevertedData: {"source":"rule","sourceId":"xp-per-lesson","kind":"currency","of":"xp","amount":50},
  rewardRevertedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"reward.reverted","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"source":"rule","sourceId":"xp-per-lesson","kind":"currency","of":"xp","amount":50}},
  rewardRow: {"day":"2026-11-24","source":"rule","id":"xp-per-lesson","kind":"currency","of":"xp","amount":50,"times":12},
  rewardRule: {"id":"xp-per-lesson","status":"published","version":1,"revision":1,"draft":false,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z","author":"operator:ada","publishedAt":"2026-11-24T09:30:00.000Z","running":"keep","ruleset":12,"name":{"en":"Ten XP a lesson"},"trigger":{"kind":"event","activity":"lesson.completed"},"mode":"always","rewards":[{"kind":"currency","currency":"xp","amount":10}]},
  rewardRuleBacktest: {"from":"2026-11-01T00:00:00.000Z","to":"2026-12-01T00:00:00.000Z","version":1},
  rewardRuleCreate: {"id":"xp-per-lesson","name":{"en":"Ten XP a lesson"},"trigger":{"kind":"event","activity":"lesson.completed"},"rewards":[{"kind":"currency","currency":"xp","amount":10}]},
  rewardRuleUpdate: {"name":{"en":"Ten XP a lesson"},"trigger":{"kind":"event","activity":"lesson.completed"},"rewards":[{"kind":"currency","currency":"xp","amount":10}]},
  rewardSource: {"kind":"rule","rule":"xp-per-lesson"},
  rewardTimeframe: {"from":"2026-12-01T00:00:00Z","to":"2027-01-01T00:00:00Z"},
  rewardTrigger: {"kind":"event","activity":"lesson.completed"},
  role: {"id":"viewer","name":"Analyst","description":"description","builtIn":true,"permissions":["dashboard:missions.read","dashboard:users.read"],"conditions":{"addresses":["0.0.0.0/0","::/0"]},"version":1,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z"},
  roleConditions: {"addresses":["0.0.0.0/0","::/0"]},
  roleCreate: {"name":"Analyst","permissions":["dashboard:missions.read","dashboard:users.read"]},
  roleUpdate: {"name":"Analyst","permissions":["dashboard:missions.read"]},
  ruleExplanation: {"kind":"rewardRule","id":"xp-per-lesson","version":1,"fired":true,"why":"trigger_matched","values":{"activity":"lesson.completed"}},
  sampleEvent: {"value":12},
  sampleFacts: {"event":{"value":12,"attributes":{"score":92}},"user":{"language":"en"}},
  samplePlayer: {"balances":{"xp":120},"levels":{"ranks":3},"badges":{"founder":1},"counters":{"lesson.completed":40}},
  sampleUser: {"language":"en"},
  schedule: {"kind":"recurring","every":"week","zone":"user"},
  scoreEffect: {"leaderboard":"lessons","period":"2026-W48","added":50,"score":50,"team":"red-pandas"},
  scoreSource: {"kind":"count","activity":"lesson.completed"},
  segment: {"id":"vips","status":"published","version":1,"revision":1,"draft":false,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z","author":"operator:ada","publishedAt":"2026-11-24T09:30:00.000Z","running":"keep","ruleset":12,"name":{"en":"VIPs"},"condition":"\"vip\" in user.tags"},
  segmentCreate: {"id":"vips","name":{"en":"VIPs"},"condition":"\"vip\" in user.tags"},
  segmentSize: {"segment":"vips","size":12,"scanned":340,"complete":true},
  segmentUpdate: {"name":{"en":"VIPs"},"condition":"\"vip\" in user.tags"},
  shownReward: {"kind":"currency","currency":"xp","amount":50},
  shownUsers: {"attribute":"region","values":["north"]},
  streak: {"id":"daily","status":"published","version":1,"revision":1,"draft":false,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z","author":"operator:ada","publishedAt":"2026-11-24T09:30:00.000Z","running":"keep","ruleset":12,"name":{"en":"Every day"},"cadence":"day","zone":"user","activity":"lesson.completed"},
  streakBacktest: {"from":"2026-11-01T00:00:00.000Z","to":"2026-12-01T00:00:00.000Z","version":1},
  streakBrokenData: {"streak":"daily","run":1},
  streakBrokenHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"streak.broken","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"streak":"daily","run":1}},
  streakCalendar: {"streak":"daily","from":"2026-11-01","to":"2026-11-30","runs":[{"from":"2026-11-19","to":"2026-11-24","days":5}],"spans":[{"from":"2026-11-19","to":"2026-11-21","state":"counted"},{"from":"2026-11-22","to":"2026-11-22","state":"frozen"},{"from":"2026-11-23","to":"2026-11-24","state":"counted"}]},
  streakCreate: {"id":"daily","name":{"en":"Every day"},"cadence":"day","zone":"user","activity":"lesson.completed"},
  streakEffect: {"streak":"daily","day":"2026-11-24","run":1,"longest":1},
  streakExtendedData: {"streak":"daily","run":1,"longest":1},
  streakExtendedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"streak.extended","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"streak":"daily","run":1,"longest":1}},
  streakFreezeUse: {"day":"2026-11-24"},
  streakFreezes: {"most":2,"initial":0,"automatic":true,"earnedEvery":7,"lateBy":1,"price":[{"currency":"xp","amount":1}]},
  streakFrozenData: {"streak":"daily","run":1,"day":"2026-11-24","freezesLeft":1},
  streakFrozenHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"streak.frozen","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"streak":"daily","run":1,"day":"2026-11-24","freezesLeft":1}},
  streakGoal: {"kind":"events","target":1},
  streakHoliday: {"from":"2026-12-24","to":"2026-12-26"},
  streakMilestone: {"length":7,"rewards":[{"kind":"currency","currency":"xp","amount":50}]},
  streakMilestoneData: {"streak":"daily","run":1,"milestone":1},
  streakMilestoneHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"streak.milestone","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"streak":"daily","run":1,"milestone":1}},
  streakPause: {"from":"2026-12-24","to":"2026-12-31"},
  streakPauses: {"mostDays":14},
  streakRepair: {"within":3,"price":[{"currency":"xp","amount":1}]},
  streakRepairedData: {"streak":"daily","run":1},
  streakRepairedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"streak.repaired","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"streak":"daily","run":1}},
  streakReport: {"from":"2026-11-24","to":"2026-11-24","zone":"Europe/Rome","complete":true,"players":null,"rows":[{"day":"2026-11-24","streak":"daily","length":12,"players":12}],"nextPart":null},
  streakRow: {"day":"2026-11-24","streak":"daily","length":12,"players":12},
  streakRun: {"from":"2026-11-19","to":"2026-11-24","days":6},
  streakSpan: {"from":"2026-11-19","to":"2026-11-21","state":"counted"},
  streakUpdate: {"name":{"en":"Every day"},"cadence":"day","zone":"user","activity":"lesson.completed"},
  team: {"id":"red-pandas","name":"Red Pandas","visibility":"public","joining":"open","capacity":50,"size":7,"version":1,"joinCode":"7Q4MZ0X2K9TR5V1C","createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z"},
  teamCreate: {"id":"red-pandas","name":"Red Pandas"},
  teamJoin: {},
  teamJoinedData: {"team":"red-pandas"},
  teamJoinedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"team.joined","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"team":"red-pandas"}},
  teamLeftData: {"team":"red-pandas"},
  teamLeftHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"team.left","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"team":"red-pandas"}},
  teamMember: {"id":"tmb_01JD8QZ4M3V5K7R9T1X3Z5B7D9","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","role":"captain","joinedAt":"2026-11-24T09:30:00.000Z"},
  teamMemberAdd: {"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","joinedAt":"2026-11-24T09:30:00.000Z"},
  teamMembership: {"team":"red-pandas","member":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","joinedAt":"2026-11-24T09:30:00.000Z","leftAt":null},
  teamProgress: {"id":"team-hundred:2026-W48","team":"red-pandas","mission":"team-hundred","missionVersion":1,"period":"2026-W48","state":"active","amount":42,"target":100,"steps":[{"amount":42,"target":100,"completedAt":null}],"startedAt":"2026-11-23T08:12:00.000Z","movedAt":"2026-11-25T17:40:00.000Z","completedAt":null},
  teamProgressShare: {"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","member":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","joinedAt":"2026-11-24T09:30:00.000Z","steps":[17],"startedAt":"2026-11-24T09:30:00.000Z","movedAt":"2026-11-24T09:30:00.000Z"},
  teamRoleChange: {"role":"captain"},
  teamSettings: {"playersMayCreate":false,"capacity":50},
  teamShare: {"team":"red-pandas","steps":[3]},
  teamUpdate: {"name":"Red Pandas","capacity":20},
  tenant: {"slug":"acme","name":"Acme Ltd","status":"active","cell":"eu","createdAt":"2026-11-24T09:30:00.000Z"},
  tenantCreate: {"slug":"acme","name":"Acme Ltd"},
  tenantOwner: {"email":"ada@example.com","workspace":{"slug":"production","name":"Production"}},
  tenantPlan: {"tenant":"acme","plan":"standard","overrides":{"seats":25},"limits":{"seats":10,"workspaces":5,"apiClients":20,"players":100000,"eventsPerMonth":5000000,"rates":{"read":{"perSecond":100,"burst":200},"write":{"perSecond":100,"burst":200},"ingest":{"perSecond":100,"burst":200},"bulk":{"perSecond":100,"burst":200},"credential":{"perSecond":100,"burst":200}}},"used":{"seats":1,"workspaces":1,"apiClients":1,"players":1,"eventsPerMonth":1},"version":1},
  tenantPlanChange: {"plan":"standard","overrides":{"seats":25}},
  transfer: {"id":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9","to":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","currency":"xp","amount":1,"note":"note","createdAt":"2026-11-24T09:30:00.000Z"},
  transferCreate: {"externalUserId":"player-8","currency":"xp","amount":1},
  user: {"id":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","externalId":"player-7","displayName":"Ada","language":"en","zone":"Europe/Rome","visibility":"public","attributes":{"plan":"pro"},"tags":["vip"],"consents":{},"status":"active","version":1,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z"},
  userAttributeDeclaration: {"type":"string","playersMay":"read"},
  userBatchEvent: {"id":"evt-2026-0001","externalUserId":"player-7","activity":"lesson.completed"},
  userBatchItem: {"status":"created","user":{"id":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","externalId":"player-7","displayName":"Ada","language":"en","zone":"Europe/Rome","visibility":"public","attributes":{"plan":"pro"},"tags":["vip"],"consents":{},"status":"active","version":1,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z"}},
  userBatchReceipt: {"created":1,"rejected":1,"items":[{"status":"created","user":{"id":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","externalId":"player-7","displayName":"Ada","language":"en","zone":"Europe/Rome","visibility":"public","attributes":{"plan":"pro"},"tags":["vip"],"consents":{},"status":"active","version":1,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z"}}]},
  userCreate: {"externalId":"player-7","displayName":"Ada","zone":"Europe/Rome","tags":["vip"]},
  userCreateBatch: {"users":[{"externalId":"player-7","displayName":"Ada","zone":"Europe/Rome","tags":["vip"]}]},
  userCreatedData: {"version":1},
  userCreatedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"user.created","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"version":1}},
  userErasedData: {"requestId":"req_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},
  userErasedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"user.erased","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"requestId":"req_01JD8QZ4M3V5K7R9T1X3Z5B7D9"}},
  userEventTrack: {"id":"evt-2026-0001","externalUserId":"player-7","activity":"lesson.completed"},
  userEventTrackBatch: {"events":[{"id":"evt-2026-0001","externalUserId":"player-7","activity":"lesson.completed"}]},
  userReport: {"from":"2026-11-24","to":"2026-11-24","zone":"Europe/Rome","complete":true,"players":null,"rows":[{"day":"2026-11-24","created":12,"active":12}],"nextPart":null},
  userRow: {"day":"2026-11-24","created":12,"active":12},
  userTagList: {"userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","tags":["vip"],"version":1},
  userTags: {"tags":["vip"]},
  userUpdate: {"displayName":"Ada","status":"active"},
  userUpdatedData: {"version":1},
  userUpdatedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"user.updated","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"version":1}},
  voidReceipt: {"event":{"id":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","occurredAt":"2026-11-24T09:30:00.000Z","receivedAt":"2026-11-24T09:30:00.000Z","value":1,"attributes":{"course":"rust-101","score":92},"voidedAt":null,"limited":false},"note":"note","by":"operator:ada","ledger":[{"id":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9.1","transaction":"txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9","currency":"xp","amount":50,"balance":50,"counterparty":"system:issuance","reason":{"kind":"rule","rule":"xp-per-lesson","event":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9"},"correctedBy":null,"occurredAt":"2026-11-24T09:30:00.000Z","postedAt":"2026-11-24T09:30:00.000Z"}]},
  wallet: {"currency":"xp","available":50,"held":0,"pending":0,"owed":0},
  walletChangedData: {"currency":"xp","change":50,"available":50},
  walletChangedHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"wallet.changed","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"currency":"xp","change":50,"available":50}},
  webhook: {"id":"crm","status":"published","version":1,"revision":1,"draft":false,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z","author":"operator:ada","publishedAt":"2026-11-24T09:30:00.000Z","running":"keep","ruleset":12,"url":"https://hooks.example.com/laurel","types":["mission.completed","reward.granted"]},
  webhookCreate: {"id":"crm","url":"https://hooks.example.com/laurel","types":["mission.completed","reward.granted"]},
  webhookDelivery: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","webhookId":"crm","status":"pending","attempts":[{"at":"2026-11-24T09:30:00.000Z","outcome":"delivered","status":200,"milliseconds":120}],"nextAttemptAt":"2026-11-24T09:30:00.000Z","createdAt":"2026-11-24T09:30:00.000Z","happening":{"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"event.counted","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"eventId":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","value":1,"limited":false}}},
  webhookDisabledData: {"webhookId":"crm","failingSince":"2026-11-24T09:30:00.000Z"},
  webhookDisabledHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"webhook.disabled","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"webhookId":"crm","failingSince":"2026-11-24T09:30:00.000Z"}},
  webhookHealth: {"state":"active","failingSince":null,"disabledAt":null,"secretShownAt":"2026-11-24T09:30:00.000Z","formerSecretUntil":null},
  webhookReplay: {"webhookId":"crm","from":"2026-11-24T00:00:00Z","to":"2026-11-24T12:00:00Z"},
  webhookReplayed: {"queued":1,"continueFrom":null},
  webhookRotation: {},
  webhookTestData: {"webhookId":"crm"},
  webhookTestHappening: {"id":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"webhook.test","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"webhookId":"crm"}},
  webhookUpdate: {"url":"https://hooks.example.com/laurel","types":["mission.completed","reward.granted"]},
  webhookWithSecret: {"webhook":{"id":"crm","status":"published","version":1,"revision":1,"draft":false,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z","author":"operator:ada","publishedAt":"2026-11-24T09:30:00.000Z","running":"keep","ruleset":12,"url":"https://hooks.example.com/laurel","types":["mission.completed","reward.granted"]},"secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},
  withheldReward: {"rule":"xp-per-lesson","source":{"kind":"rule","rule":"xp-per-lesson"},"why":"trigger_matched"},
  workspace: {"slug":"production","tenant":"acme","name":"Production","status":"active","zone":"Europe/Rome","language":"en","createsUnknownUsers":true,"userAttributes":{"plan":{"type":"string","playersMay":"read"}},"teams":{"playersMayCreate":false,"capacity":50},"privacy":{"purposes":[{"id":"news","name":"News"}],"inactiveDays":730,"keepDays":{"events":400,"news":14,"requests":null,"consents":730}},"allowedOrigins":["https://app.example.com"],"version":1,"production":true,"createdAt":"2026-11-24T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z"},
  workspaceClone: {"slug":"staging","name":"Staging"},
  workspaceCreate: {"slug":"production","name":"Production","zone":"Europe/Rome"},
  workspaceInvitationCreate: {"email":"ada@example.com","role":"owner","send":false},
  workspaceUpdate: {"userAttributes":{"plan":{"type":"string","playersMay":"read"}}},
};

/** An example of each kind of happening. */
export const happeningExamples: {
  readonly [Type in types.Happening['type']]: Extract<types.Happening, { type: Type }>;
} = {
  "event.counted": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"event.counted","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"eventId":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","value":1,"limited":false}},
  "event.limited": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"event.limited","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"eventId":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed","limited":true}},
  "event.voided": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"event.voided","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"eventId":"evt_01JD8QZ4M3V5K7R9T1X3Z5B7D9","activity":"lesson.completed"}},
  "mission.joined": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"mission.joined","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48"}},
  "mission.progressed": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"mission.progressed","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48","amount":50,"target":50}},
  "mission.completed": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"mission.completed","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48"}},
  "mission.reverted": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"mission.reverted","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48"}},
  "mission.expired": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"mission.expired","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"progressId":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","mission":"weekly-five","period":"2026-W48"}},
  "reward.granted": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"reward.granted","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"source":"rule","sourceId":"xp-per-lesson","kind":"currency","of":"xp","amount":50}},
  "reward.claimed": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"reward.claimed","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"source":"rule","sourceId":"xp-per-lesson","kind":"currency","of":"xp","amount":50}},
  "reward.expired": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"reward.expired","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"source":"rule","sourceId":"xp-per-lesson","kind":"currency","of":"xp","amount":50}},
  "reward.reverted": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"reward.reverted","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"source":"rule","sourceId":"xp-per-lesson","kind":"currency","of":"xp","amount":50}},
  "badge.awarded": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"badge.awarded","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"badge":"explorer","count":1}},
  "badge.revoked": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"badge.revoked","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"badge":"explorer","count":1}},
  "level.reached": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"level.reached","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"track":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","level":1}},
  "level.lost": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"level.lost","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"track":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9","level":1}},
  "streak.extended": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"streak.extended","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"streak":"daily","run":1,"longest":1}},
  "streak.milestone": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"streak.milestone","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"streak":"daily","run":1,"milestone":1}},
  "streak.broken": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"streak.broken","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"streak":"daily","run":1}},
  "streak.frozen": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"streak.frozen","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"streak":"daily","run":1,"day":"2026-11-24","freezesLeft":1}},
  "streak.repaired": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"streak.repaired","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"streak":"daily","run":1}},
  "wallet.changed": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"wallet.changed","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"currency":"xp","change":50,"available":50}},
  "redemption.created": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"redemption.created","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"redemptionId":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9"}},
  "redemption.fulfilled": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"redemption.fulfilled","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"redemptionId":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9"}},
  "redemption.cancelled": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"redemption.cancelled","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"redemptionId":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9"}},
  "redemption.expired": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"redemption.expired","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"redemptionId":"rdm_01JD8QZ4M3V5K7R9T1X3Z5B7D9","item":"mis_01JD8QZ4M3V5K7R9T1X3Z5B7D9"}},
  "leaderboard.closed": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"leaderboard.closed","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"leaderboard":"lessons","period":"2026-W48"}},
  "league.settled": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"league.settled","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"league":"lesson-league","period":"2026-W48"}},
  "user.created": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"user.created","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"version":1}},
  "user.updated": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"user.updated","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"version":1}},
  "user.erased": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"user.erased","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"requestId":"req_01JD8QZ4M3V5K7R9T1X3Z5B7D9"}},
  "team.joined": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"team.joined","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"team":"red-pandas"}},
  "team.left": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"team.left","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"team":"red-pandas"}},
  "webhook.disabled": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"webhook.disabled","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"webhookId":"crm","failingSince":"2026-11-24T09:30:00.000Z"}},
  "webhook.test": {"id":"hap_01JD8QZ4M3V5K7R9T1X3Z5B7D9","type":"webhook.test","occurredAt":"2026-11-24T09:30:00.000Z","workspace":"main","userId":"usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9","data":{"webhookId":"crm"}},
};
