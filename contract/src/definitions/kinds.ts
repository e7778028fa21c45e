import type * as z from 'zod';
import { activityKind } from '../activities/dashboard.ts';
import { badgeKind } from '../badges/dashboard.ts';
import { catalogItemKind } from '../catalog/dashboard.ts';
import { currencyKind } from '../currencies/dashboard.ts';
import { leaderboardKind } from '../leaderboards/dashboard.ts';
import { leagueKind } from '../leagues/dashboard.ts';
import { levelTrackKind } from '../level-tracks/dashboard.ts';
import { missionKind } from '../missions/dashboard.ts';
import { rewardRuleKind } from '../reward-rules/dashboard.ts';
import { segmentKind } from '../segments/dashboard.ts';
import { streakKind } from '../streaks/dashboard.ts';
import { webhookKind } from '../webhooks/dashboard.ts';
import type { DefinitionKind } from './routes.ts';

/**
 * Every kind of definition, by the name of its resource, in the order in which documents hold them. A row here is all
 * that the store, the rulebook and the configuration documents need of a new one.
 */
export const definitionKinds = {
  activities: activityKind,
  currencies: currencyKind,
  missions: missionKind,
  rewardRules: rewardRuleKind,
  streaks: streakKind,
  leaderboards: leaderboardKind,
  leagues: leagueKind,
  segments: segmentKind,
  badges: badgeKind,
  levelTracks: levelTrackKind,
  catalogItems: catalogItemKind,
  webhooks: webhookKind,
} as const satisfies Record<string, DefinitionKind>;

/** The name of a kind of definition: `missions`. */
export type DefinitionKindName = keyof typeof definitionKinds;

/** What each kind of definition is. */
export type DefinitionItems = {
  [K in DefinitionKindName]: z.infer<(typeof definitionKinds)[K]['item']>;
};

/** What each kind of definition is made from, without its id. */
export type DefinitionBodies = {
  [K in DefinitionKindName]: Omit<z.infer<(typeof definitionKinds)[K]['create']>, 'id'>;
};

/** What reads the body that a definition of a kind is made from. */
export function definitionParser<K extends DefinitionKindName>(
  kind: K,
): z.ZodType<DefinitionBodies[K] & { readonly id?: string | undefined }> {
  const parsers: {
    readonly [P in DefinitionKindName]: {
      readonly create: z.ZodType<DefinitionBodies[P] & { readonly id?: string | undefined }>;
    };
  } = definitionKinds;
  return parsers[kind].create;
}

/** The names of all kinds. */
export const definitionKindNames = Object.keys(definitionKinds).filter(
  (name): name is DefinitionKindName => name in definitionKinds,
);
