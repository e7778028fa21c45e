import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Condition } from '../shared/condition.ts';
import { Id } from '../shared/ids.ts';
import { Amount } from '../shared/numbers.ts';
import { PageQuery } from '../shared/page.ts';
import { PlainReward } from '../shared/rewards.ts';
import { CronExpression } from '../shared/schedule.ts';
import { Cadence, Instant, PeriodKey, Zone } from '../shared/time.ts';

/** What a score is made of. */
export const ScoreSource = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.enum(['sum', 'count', 'max', 'min', 'latest']).meta({
        description: "Of the events' `value`: the sum, the highest, the lowest or the latest; or how many events.",
      }),
      activity: Id,
    }),
    z.strictObject({
      kind: z.literal('earned').meta({ description: 'What rules and missions gave of a currency.' }),
      currency: Id,
    }),
    z.strictObject({
      kind: z.literal('streak').meta({ description: 'The longest run of a streak that was reached in the period.' }),
      streak: Id,
    }),
  ])
  .meta({
    id: 'ScoreSource',
    description: 'What a score is made of.',
    example: { kind: 'count', activity: 'lesson.completed' },
  });
export type ScoreSource = z.infer<typeof ScoreSource>;

/** Which scores stand first. */
export const ScoreDirection = z
  .enum(['high', 'low'])
  .meta({ id: 'ScoreDirection', description: 'Whether the highest score stands first, or the lowest.' });
export type ScoreDirection = z.infer<typeof ScoreDirection>;

/** Whose scores a board ranks. */
export const LeaderboardScope = z.enum(['players', 'teams']).meta({
  id: 'LeaderboardScope',
  description:
    '`players`: each for themselves. `teams`: what its members score counts for the team that they were in when it occurred; sums add up, of the rest the best or the latest of a member stands.',
});
export type LeaderboardScope = z.infer<typeof LeaderboardScope>;

/** Who can score. */
export const Audience = z.union([z.strictObject({ segment: Id }), z.strictObject({ expression: Condition })]).meta({
  id: 'Audience',
  description: 'Who can score: a segment, or whom an expression over `user` holds for when the event is counted.',
  example: { expression: 'user.language == "en"' },
});
export type Audience = z.infer<typeof Audience>;

/** Over which time scores are gathered. */
export const LeaderboardWindow = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('allTime') }),
    z.strictObject({
      kind: z.literal('range').meta({ description: 'From a moment to the moment before another.' }),
      from: Instant,
      to: Instant,
    }),
    z.strictObject({ kind: z.literal('recurring'), every: Cadence, zone: Zone }),
    z
      .strictObject({ kind: z.literal('cron'), cron: CronExpression, zone: Zone })
      .meta({ description: 'From each time of a cron expression to the next one.' }),
  ])
  .meta({
    id: 'LeaderboardWindow',
    description: 'All time, a range, or periods that follow one another: those of a zone or of cron, each by itself.',
    example: { kind: 'recurring', every: 'week', zone: 'UTC' },
  });
export type LeaderboardWindow = z.infer<typeof LeaderboardWindow>;

/** How equal scores rank: 1-2-2-4, 1-2-2-3, or 1-2-3-4 by who was there first, then by id. */
export const TiesRule = z.enum(['competition', 'dense', 'ordinal']).meta({
  id: 'TiesRule',
  description: 'How equal scores rank: 1-2-2-4, 1-2-2-3, or 1-2-3-4 by who reached the score first, then by id.',
});
export type TiesRule = z.infer<typeof TiesRule>;

/** Which places a prize goes to. */
export const PrizePlaces = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ranks'), from: z.int().min(1).max(100_000), to: z.int().min(1).max(100_000) }),
    z.strictObject({
      kind: z.literal('percent').meta({ description: 'The top so many of a hundred players, one at least.' }),
      top: z.int().min(1).max(100),
    }),
  ])
  .meta({
    id: 'PrizePlaces',
    description: 'Ranks from one to another, both included, or the top percent.',
    example: { kind: 'ranks', from: 1, to: 3 },
  });
export type PrizePlaces = z.infer<typeof PrizePlaces>;

/** What a prize is made of. */
export const PrizeRewards = z.array(PlainReward).min(1).max(10).meta({
  description:
    'A wallet takes no more of a prize than its maximum; the entry then says what was `promised`. Earning caps do not bound it.',
});

/** What a place of a closed board is given. */
export const Prize = z
  .strictObject({ places: PrizePlaces, rewards: PrizeRewards })
  .refine(({ places }) => places.kind !== 'ranks' || places.from <= places.to, 'the ranks end before they begin')
  .meta({
    id: 'Prize',
    description:
      'What places of a closed board are given; a place gets all that name it. On boards of teams: each member of the team at the end of the period.',
  });
export type Prize = z.infer<typeof Prize>;

/** Who of those with equal scores gets what. */
export const TiedPrizes = z.enum(['each', 'split']).meta({
  id: 'TiedPrizes',
  description:
    '`each`: players with equal ranks all get the prize of that rank. `split`: players with equal scores share the prizes of all the places that they take, badges and items one by one; what cannot be divided goes to those who were there first.',
});
export type TiedPrizes = z.infer<typeof TiedPrizes>;

const graceMinutes = z
  .int()
  .min(0)
  .max(10_080)
  .meta({ description: 'How long after its end a period waits for late events before it is closed.', example: 60 });

const fields = {
  ...authoredFields,
  scope: LeaderboardScope.default('players'),
  source: ScoreSource,
  window: LeaderboardWindow,
  ties: TiesRule.default('competition'),
  direction: ScoreDirection.default('high'),
  condition: Condition.optional().meta({ description: 'Only events for which this holds score.' }),
  audience: Audience.optional(),
  prizes: z.array(Prize).max(20).default([]),
  tiedPrizes: TiedPrizes.default('each'),
  graceMinutes: graceMinutes.default(60),
};

const example = {
  name: { en: 'Most lessons' },
  source: { kind: 'count' as const, activity: 'lesson.completed' },
  window: { kind: 'recurring' as const, every: 'week' as const, zone: 'UTC' },
  prizes: [
    {
      places: { kind: 'ranks' as const, from: 1, to: 3 },
      rewards: [{ kind: 'currency' as const, currency: 'xp', amount: 50 }],
    },
  ],
};

/** What to create a leaderboard from. */
export const LeaderboardCreate = z
  .strictObject({ ...newFields, ...fields })
  .meta({ id: 'LeaderboardCreate', description: 'A new leaderboard.', example: { id: 'lessons', ...example } });
export type LeaderboardCreate = z.infer<typeof LeaderboardCreate>;

/** What a leaderboard can be changed to. */
export const LeaderboardUpdate = z.strictObject({ ...changeFields, ...fields }).meta({
  id: 'LeaderboardUpdate',
  description:
    'What a leaderboard becomes. Its scope, source, window and direction stay: other scores make another board.',
  example,
});
export type LeaderboardUpdate = z.infer<typeof LeaderboardUpdate>;

/** A ranking by score. */
export const Leaderboard = z
  .object({
    ...definitionFields,
    ...fields,
    scope: LeaderboardScope,
    ties: TiesRule,
    direction: ScoreDirection,
    prizes: z.array(Prize),
    tiedPrizes: TiedPrizes,
    graceMinutes,
  })
  .meta({ id: 'Leaderboard', description: 'A ranking by score.' });
export type Leaderboard = z.infer<typeof Leaderboard>;

/** A leaderboard as a player sees it. */
export const PlayerLeaderboard = z
  .object({
    id: Id,
    name: z.string().meta({ example: 'Most lessons' }),
    description: z.string().optional().meta({ example: 'Who completes the most lessons in a week.' }),
    scope: LeaderboardScope,
    window: LeaderboardWindow,
    ties: TiesRule,
    direction: ScoreDirection,
    prizes: z.array(Prize),
    period: PeriodKey,
  })
  .meta({ id: 'PlayerLeaderboard', description: 'A leaderboard and its current period.' });
export type PlayerLeaderboard = z.infer<typeof PlayerLeaderboard>;

/** How a player is shown to others. */
export const LeaderboardPlayer = z
  .object({ displayName: z.string().meta({ example: 'Ada' }) })
  .meta({ id: 'LeaderboardPlayer', description: 'How the player wants to be shown.' });

/** The team that a line is of. */
export const LeaderboardTeam = z
  .object({ id: Id, name: z.string().meta({ example: 'Red Pandas' }) })
  .meta({ id: 'LeaderboardTeam', description: 'The team that a line is of.' });
export type LeaderboardTeam = z.infer<typeof LeaderboardTeam>;

const lineTeam = LeaderboardTeam.optional().meta({ description: 'On boards of teams.' });

/** A line of a leaderboard, as players see it. */
export const LeaderboardEntry = z
  .object({
    rank: z.int().min(1),
    score: Amount,
    player: LeaderboardPlayer.optional().meta({ description: 'On boards of players.' }),
    team: lineTeam,
    isMe: z.boolean().meta({ description: 'Whether it is my line; on boards of teams, the line of the team I am in.' }),
    userId: Id.optional().meta({ description: 'On lines that were asked for by the id of the user.' }),
  })
  .meta({ id: 'LeaderboardEntry', description: 'A line of a leaderboard: of a player, or of a team.' });
export type LeaderboardEntry = z.infer<typeof LeaderboardEntry>;

/** A line of a leaderboard, as operators see it. */
export const RankedUser = z
  .object({
    rank: z.int().min(1),
    score: Amount,
    userId: Id.optional().meta({ description: 'On boards of players.' }),
    externalId: Id.nullable().optional().meta({ description: 'On boards of players.', example: 'player-7' }),
    team: lineTeam,
  })
  .meta({ id: 'RankedUser', description: 'A line of a leaderboard with the user, or the team, behind it.' });
export type RankedUser = z.infer<typeof RankedUser>;

/** Where a player stands. */
export const LeaderboardRank = z
  .object({
    leaderboard: Id,
    period: PeriodKey,
    rank: z.int().nullable().meta({ description: 'Null without a score.', example: 3 }),
    score: Amount.nullable(),
    total: z.int().meta({ description: 'How many players, or teams, have a score.', example: 128 }),
  })
  .meta({
    id: 'LeaderboardRank',
    description: 'Where I stand, and among how many; on boards of teams, where the team that I am in stands.',
  });
export type LeaderboardRank = z.infer<typeof LeaderboardRank>;

/** Which lines of which period. */
export const EntriesQuery = PageQuery.extend({
  period: PeriodKey.optional().meta({ description: 'The current one where it is missing.' }),
});

/** How many users one call can ask the ranks of. */
export const MAX_RANKED = 100;

/** Users by id, with commas between. */
export const UserList = z
  .string()
  .max(MAX_RANKED * 129)
  .regex(/^[A-Za-z0-9_.:-]{1,128}(?:,[A-Za-z0-9_.:-]{1,128}){0,99}$/, 'use up to 100 ids with commas between')
  .meta({ description: 'Just the lines of these users, up to 100 ids with commas between: one page.' });

/** Teams by id, with commas between. */
export const TeamList = UserList.meta({
  description: 'On boards of teams: just the lines of these teams, up to 100 ids with commas between: one page.',
});

/** Where the period of a board is in its life. */
export const PeriodState = z.enum(['open', 'ended', 'closing', 'closed']).meta({
  id: 'PeriodState',
  description:
    '`open` counts; `ended` is over, and late events still count until it is closed; `closing` is being settled: ask again; `closed` is settled for ever.',
});
export type PeriodState = z.infer<typeof PeriodState>;

/** A period of a leaderboard, and what became of it. */
export const LeaderboardPeriod = z
  .object({
    leaderboard: Id,
    period: PeriodKey,
    state: PeriodState,
    players: z.int().meta({
      description: 'How many have a score, or had one when it was closed: players, or on boards of teams, teams.',
      example: 128,
    }),
    granted: z.int().meta({ description: 'How many players have got a prize so far.', example: 3 }),
    withheld: z.int().meta({
      description:
        'How many players would have got one, but are gone, suspended, or restricted: these get it once they are released.',
      example: 0,
    }),
    reduced: z.int().meta({
      description: 'How many have got less than their prize: a wallet was full, or an item sold out.',
      example: 0,
    }),
    closedAt: Instant.nullable(),
  })
  .meta({ id: 'LeaderboardPeriod', description: 'A period of a leaderboard, and what became of it.' });
export type LeaderboardPeriod = z.infer<typeof LeaderboardPeriod>;

/** Which period to close. */
export const LeaderboardClose = z
  .strictObject({ period: PeriodKey })
  .meta({ id: 'LeaderboardClose', description: 'Which period to close.', example: { period: '2026-W01' } });
export type LeaderboardClose = z.infer<typeof LeaderboardClose>;

/** What rebuilding a period's ranking found. */
export const LeaderboardRebuilt = z
  .object({ leaderboard: Id, period: PeriodKey, players: z.int().meta({ example: 128 }) })
  .meta({ id: 'LeaderboardRebuilt', description: 'A ranking that was built anew from the scores.' });
