import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Condition } from '../shared/condition.ts';
import { Id } from '../shared/ids.ts';
import { Amount } from '../shared/numbers.ts';
import { PageQuery } from '../shared/page.ts';
import { Cadence, PeriodKey, Zone } from '../shared/time.ts';

/** What a score is made of. */
export const ScoreSource = z
  .strictObject({
    kind: z.enum(['sum', 'count']).meta({ description: "`sum` of the events' `value`, or how many there were." }),
    activity: Id,
  })
  .meta({
    id: 'ScoreSource',
    description: 'What a score is made of.',
    example: { kind: 'count', activity: 'lesson.completed' },
  });
export type ScoreSource = z.infer<typeof ScoreSource>;

/** Over which time scores are gathered. */
export const LeaderboardWindow = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('allTime') }),
    z.strictObject({ kind: z.literal('recurring'), every: Cadence, zone: Zone }),
  ])
  .meta({
    id: 'LeaderboardWindow',
    description: 'All time, or each period of a zone by itself.',
    example: { kind: 'recurring', every: 'week', zone: 'UTC' },
  });
export type LeaderboardWindow = z.infer<typeof LeaderboardWindow>;

/** How equal scores rank: 1-2-2-4, 1-2-2-3, or 1-2-3-4 by who was there first, then by id. */
export const TiesRule = z.enum(['competition', 'dense', 'ordinal']).meta({
  id: 'TiesRule',
  description: 'How equal scores rank: 1-2-2-4, 1-2-2-3, or 1-2-3-4 by who reached the score first, then by id.',
});
export type TiesRule = z.infer<typeof TiesRule>;

const fields = {
  ...authoredFields,
  source: ScoreSource,
  window: LeaderboardWindow,
  ties: TiesRule.default('competition'),
  condition: Condition.optional().meta({ description: 'Only events for which this holds score.' }),
};

/** What to create a leaderboard from. */
export const LeaderboardCreate = z.strictObject({ ...newFields, ...fields }).meta({
  id: 'LeaderboardCreate',
  description: 'A new leaderboard.',
  example: {
    id: 'lessons',
    name: { en: 'Most lessons' },
    source: { kind: 'count', activity: 'lesson.completed' },
    window: { kind: 'allTime' },
  },
});
export type LeaderboardCreate = z.infer<typeof LeaderboardCreate>;

/** What a leaderboard can be changed to. */
export const LeaderboardUpdate = z
  .strictObject({ ...changeFields, ...fields })
  .meta({ id: 'LeaderboardUpdate', description: 'What a leaderboard becomes.' });
export type LeaderboardUpdate = z.infer<typeof LeaderboardUpdate>;

/** A ranking of players by score. */
export const Leaderboard = z
  .object({ ...definitionFields, ...fields, ties: TiesRule })
  .meta({ id: 'Leaderboard', description: 'A ranking of players by score.' });
export type Leaderboard = z.infer<typeof Leaderboard>;

/** A leaderboard as a player sees it. */
export const PlayerLeaderboard = z
  .object({
    id: Id,
    name: z.string().meta({ example: 'Most lessons' }),
    description: z.string().optional().meta({ example: 'Who completes the most lessons in a week.' }),
    window: LeaderboardWindow,
    ties: TiesRule,
    period: PeriodKey,
  })
  .meta({ id: 'PlayerLeaderboard', description: 'A leaderboard and its current period.' });
export type PlayerLeaderboard = z.infer<typeof PlayerLeaderboard>;

/** A line of a leaderboard, as players see it. */
export const LeaderboardEntry = z
  .object({
    rank: z.int().min(1),
    score: Amount,
    player: z
      .object({ displayName: z.string().meta({ example: 'Ada' }) })
      .meta({ id: 'LeaderboardPlayer', description: 'How the player wants to be shown.' }),
    isMe: z.boolean(),
  })
  .meta({ id: 'LeaderboardEntry', description: 'A line of a leaderboard.' });
export type LeaderboardEntry = z.infer<typeof LeaderboardEntry>;

/** A line of a leaderboard, as operators see it. */
export const RankedUser = z
  .object({ rank: z.int().min(1), score: Amount, userId: Id, externalId: Id.nullable().meta({ example: 'player-7' }) })
  .meta({ id: 'RankedUser', description: 'A line of a leaderboard with the user behind it.' });
export type RankedUser = z.infer<typeof RankedUser>;

/** Where a player stands. */
export const LeaderboardRank = z
  .object({
    leaderboard: Id,
    period: PeriodKey,
    rank: z.int().nullable().meta({ description: 'Null without a score.', example: 3 }),
    score: Amount.nullable(),
    total: z.int().meta({ description: 'How many players have a score.', example: 128 }),
  })
  .meta({ id: 'LeaderboardRank', description: 'Where I stand, and among how many.' });
export type LeaderboardRank = z.infer<typeof LeaderboardRank>;

/** Which lines of which period. */
export const EntriesQuery = PageQuery.extend({
  period: PeriodKey.optional().meta({ description: 'The current one where it is missing.' }),
});
