import { activityType } from './activities.ts';
import { badgeType } from './badges.ts';
import { catalogItemType } from './catalog.ts';
import { currencyType } from './currencies.ts';
import type { DefinitionTypes } from './definition-type.ts';
import { leaderboardType } from './leaderboards.ts';
import { leagueType } from './leagues.ts';
import { levelTrackType } from './levels.ts';
import { missionType } from './mission-type.ts';
import { rewardRuleType } from './reward-rules.ts';
import { segmentType } from './segments.ts';
import { streakType } from './streaks.ts';
import { webhookType } from './webhook-type.ts';

/** Every kind of definition; one without a row here does not compile. */
export const definitionTypes: DefinitionTypes = {
  activities: activityType,
  currencies: currencyType,
  missions: missionType,
  rewardRules: rewardRuleType,
  streaks: streakType,
  leaderboards: leaderboardType,
  leagues: leagueType,
  segments: segmentType,
  badges: badgeType,
  levelTracks: levelTrackType,
  catalogItems: catalogItemType,
  webhooks: webhookType,
};
