import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Audience, LeaderboardPlayer, PrizeRewards, ScoreSource } from '../leaderboards/schema.ts';
import { Condition } from '../shared/condition.ts';
import { DefinitionId, Id } from '../shared/ids.ts';
import { Amount } from '../shared/numbers.ts';
import { PageQuery } from '../shared/page.ts';
import { LocalizedText } from '../shared/text.ts';
import { Instant, PeriodKey, Zone } from '../shared/time.ts';

/** The most members of one cohort: all of it is settled in one transaction. */
export const MAX_COHORT = 50;

/** A prize for a rank of a cohort. */
export const LeaguePrize = z
  .strictObject({ rank: z.int().min(1).max(MAX_COHORT), rewards: PrizeRewards })
  .meta({ id: 'LeaguePrize', description: 'What whoever ends a week on a rank is given.' });
export type LeaguePrize = z.infer<typeof LeaguePrize>;

/** A tier of a league. */
export const LeagueTier = z
  .strictObject({ id: DefinitionId, name: LocalizedText, prizes: z.array(LeaguePrize).max(MAX_COHORT).default([]) })
  .meta({
    id: 'LeagueTier',
    description: 'A tier of a league.',
    example: { id: 'bronze', name: { en: 'Bronze' }, prizes: [] },
  });
export type LeagueTier = z.infer<typeof LeagueTier>;

const cohortSize = z.int().min(2).max(MAX_COHORT).meta({ description: 'How many players a cohort takes at most.' });
const moves = z.int().min(0).max(MAX_COHORT);
const idleWeeks = z.int().min(1).max(520).nullable().meta({
  description: 'After so many weeks in a row without playing a player comes back one tier lower; null: never.',
  example: 4,
});

const fields = {
  ...authoredFields,
  source: ScoreSource,
  condition: Condition.optional().meta({ description: 'Only events for which this holds score.' }),
  audience: Audience.optional(),
  zone: Zone.meta({ description: 'Where the weeks begin and end.' }),
  tiers: z
    .array(LeagueTier)
    .min(1)
    .max(20)
    .refine((tiers) => new Set(tiers.map(({ id }) => id)).size === tiers.length, 'two tiers have one id')
    .meta({ description: 'From the lowest, where everybody begins, to the highest.' }),
  cohortSize: cohortSize.default(30),
  promote: moves.default(5).meta({ description: 'How many of a cohort rise: the first.' }),
  demote: moves.default(5).meta({ description: 'How many of a full cohort fall: the last.' }),
  idleWeeks: idleWeeks.default(null),
  seed: z.string().max(64).default('').meta({ description: 'Decides who meets whom: the same seed, the same draw.' }),
  graceMinutes: z
    .int()
    .min(0)
    .max(1440)
    .default(60)
    .meta({ description: 'How long after its end a week waits for late events before it is settled.' }),
};

const example = {
  name: { en: 'Lesson league' },
  source: { kind: 'count' as const, activity: 'lesson.completed' },
  zone: 'UTC',
  tiers: [
    { id: 'bronze', name: { en: 'Bronze' }, prizes: [] },
    { id: 'silver', name: { en: 'Silver' }, prizes: [] },
  ],
};

/** What to create a league from. */
export const LeagueCreate = z
  .strictObject({ ...newFields, ...fields })
  .meta({ id: 'LeagueCreate', description: 'A new league.', example: { id: 'lesson-league', ...example } });
export type LeagueCreate = z.infer<typeof LeagueCreate>;

/** What a league can be changed to. */
export const LeagueUpdate = z.strictObject({ ...changeFields, ...fields }).meta({
  id: 'LeagueUpdate',
  description: 'What a league becomes. Its source and zone stay; cohorts that were drawn stay too.',
  example,
});
export type LeagueUpdate = z.infer<typeof LeagueUpdate>;

/** Tiers of small cohorts that play one another for a week. */
export const League = z
  .object({
    ...definitionFields,
    ...fields,
    cohortSize,
    promote: moves,
    demote: moves,
    idleWeeks,
    seed: z.string(),
    graceMinutes: z.int(),
  })
  .meta({ id: 'League', description: 'Tiers of small cohorts that play one another for a week.' });
export type League = z.infer<typeof League>;

/** Whether a player is in a cohort of a week. */
export const CohortState = z.enum(['none', 'drawing', 'playing', 'settled']).meta({
  id: 'CohortState',
  description:
    '`none`: nothing scored this week. `drawing`: in as soon as the week before is settled. `playing`: in a cohort. `settled`: the week is over.',
});

/** A league as a player sees it. */
export const PlayerLeague = z
  .object({
    id: Id,
    name: z.string().meta({ example: 'Lesson league' }),
    description: z.string().optional(),
    period: PeriodKey,
    tier: z.object({ id: Id, name: z.string() }).meta({ id: 'PlayerLeagueTier', description: 'A tier, by name.' }),
    state: CohortState,
  })
  .meta({ id: 'PlayerLeague', description: 'A league, this week, and where I am in it.' });
export type PlayerLeague = z.infer<typeof PlayerLeague>;

/** Where a rank leads. */
export const CohortOutcome = z
  .enum(['promoted', 'stays', 'demoted'])
  .meta({ id: 'CohortOutcome', description: 'Where the rank leads, as things are or as they were settled.' });
export type CohortOutcome = z.infer<typeof CohortOutcome>;

/** My cohort of a week. */
export const LeagueCohort = z
  .object({
    league: Id,
    period: PeriodKey,
    tier: Id,
    state: CohortState,
    lines: z.array(
      z
        .object({
          rank: z.int().min(1),
          score: Amount,
          player: LeaderboardPlayer,
          isMe: z.boolean(),
          outcome: CohortOutcome,
        })
        .meta({ id: 'CohortLine', description: 'A member of a cohort.' }),
    ),
  })
  .meta({ id: 'LeagueCohort', description: 'My cohort of a week, from the top.' });
export type LeagueCohort = z.infer<typeof LeagueCohort>;

/** Which week of a league. */
export const CohortQuery = z.strictObject({
  period: PeriodKey.optional().meta({ description: 'The current week where it is missing.' }),
});

/** Which week to settle. */
export const LeagueSettle = z
  .strictObject({ period: PeriodKey })
  .meta({ id: 'LeagueSettle', description: 'Which week to settle.', example: { period: '2026-W01' } });
export type LeagueSettle = z.infer<typeof LeagueSettle>;

/** What settling a week came to. */
export const LeagueWeek = z
  .object({
    league: Id,
    period: PeriodKey,
    state: z.enum(['settling', 'settled']).meta({ description: '`settling`: call again to go on.' }),
    cohorts: z.int().meta({ example: 4 }),
    players: z.int().meta({ example: 97 }),
    settledAt: Instant.nullable(),
  })
  .meta({ id: 'LeagueWeek', description: 'What settling a week came to.' });
export type LeagueWeek = z.infer<typeof LeagueWeek>;

/** A player's place in a league, as operators see it. */
export const LeagueMember = z
  .object({
    userId: Id,
    period: PeriodKey,
    tier: Id,
    cohort: z.int().min(0),
    rank: z.int().min(1).nullable().meta({ description: 'Null until the week is settled.' }),
    score: Amount.nullable(),
    outcome: CohortOutcome.nullable(),
  })
  .meta({ id: 'LeagueMember', description: "A player's place in a week of a league." });
export type LeagueMember = z.infer<typeof LeagueMember>;

/** Which members. */
export const MembersQuery = PageQuery.extend({
  period: PeriodKey.optional().meta({ description: 'The current week where it is missing.' }),
});
