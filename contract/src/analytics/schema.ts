import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { Amount, Version } from '../shared/numbers.ts';
import { openEnum } from '../shared/open-enum.ts';
import { CivilDate, Zone } from '../shared/time.ts';

/** How many days one report tells of, at the most. */
export const MAX_REPORT_DAYS = 366;

/** Which days a report tells of, and whose. */
export const ReportQuery = z.strictObject({
  from: CivilDate.meta({ description: 'The first day, in the zone of the workspace.', example: '2026-11-01' }),
  to: CivilDate.meta({ description: 'The last day: at most 366 days in all.', example: '2026-11-30' }),
  segment: Id.optional().meta({
    description:
      'Only players who are in this segment now. One answer looks at up to 1,000 users, and tells of the members among them: read on while there is a `nextPart`, and add up.',
    example: 'vips',
  }),
  part: z.string().max(2048).optional().meta({
    description: '`nextPart` of the answer before; it fits this report, these days and this segment only.',
  }),
});

/** Which days funnels tell of, of whom, and of which mission. */
export const FunnelQuery = ReportQuery.extend({
  mission: Id.optional().meta({ description: 'Only this mission.', example: 'weekly-five' }),
});

/** Whom a report on a segment, or a part of it, has looked at. */
export const ReportPlayers = z
  .object({
    looked: z.int().meta({ description: 'How many users were looked at.', example: 1000 }),
    members: z.int().meta({ description: 'How many of them are in the segment: of those the rows tell.', example: 12 }),
  })
  .meta({ id: 'ReportPlayers', description: 'Whom a report on a segment, or a part of it, has looked at.' });

/** What every report says beside its rows. */
function report<Row extends z.ZodType>(id: string, description: string, row: Row) {
  return z
    .object({
      from: CivilDate,
      to: CivilDate,
      zone: Zone.meta({ description: 'In which days are told: the zone of the workspace.' }),
      complete: z.boolean().meta({
        description: 'Whether the rows tell of everybody who was asked for; false of each part of what comes in parts.',
        example: true,
      }),
      players: ReportPlayers.nullable().meta({ description: 'Null where everybody was asked for.', example: null }),
      rows: z.array(row),
      nextPart: z.string().nullable().meta({
        description:
          'Give it as `part` for the next users of a segment, and add up the numbers of rows that are of the same thing; null at the end.',
        example: null,
      }),
    })
    .meta({ id, description });
}

const count = (description: string) => z.int().meta({ description, example: 12 });
const day = CivilDate.meta({ description: 'The day on which it happened, whenever it was reported.' });

const active = count('Players with an event on that day.');

/** One day of a workspace. */
export const OverviewRow = z
  .object({
    day,
    active,
    activeInWeek: count('Players with an event in the ISO week that the day lies in.'),
    activeInMonth: count('Players with an event in the calendar month that the day lies in.'),
    events: count('Events, without those that were undone.'),
    missionsCompleted: count('Missions that were completed.'),
  })
  .meta({ id: 'OverviewRow', description: 'One day of a workspace.' });

/** What became of a mission on one day. */
export const MissionRow = z
  .object({
    day,
    mission: Id.meta({ example: 'weekly-five' }),
    started: count('Players who began it on that day.'),
    completedOfStarted: count('Of those who began on that day, how many have completed it by now.'),
    completed: count('Players who completed it on that day.'),
  })
  .meta({ id: 'MissionRow', description: 'What became of a mission on one day.' });

/** What players who began a mission came to. */
export const FunnelStage = openEnum(['started', 'step', 'completed', 'expired', 'cancelled', 'active']).meta({
  id: 'FunnelStage',
  description:
    'All that began; those that have reached the target of a step; and of all, what they came to by now: completed, over before it was reached, given up, or still open. Others may be added.',
  example: 'started',
});

/** How many of those who began a mission on one day have come to one stage. */
export const FunnelRow = z
  .object({
    day: CivilDate.meta({ description: 'The day on which they began, whenever that was reported.' }),
    mission: Id.meta({ example: 'weekly-five' }),
    version: Version.meta({ description: 'The version of the mission that they are on.' }),
    stage: FunnelStage,
    step: z
      .int()
      .nullable()
      .meta({ description: 'Which step they reached, from 0; null of other stages.', example: 0 }),
    players: count('How many have come to it by now: each time that one player began counts.'),
  })
  .meta({ id: 'FunnelRow', description: 'How many of those who began a mission on one day have come to one stage.' });

/** What one source of rewards gave on one day. */
export const RewardRow = z
  .object({
    day,
    source: z.string().meta({
      description:
        '`rule`, `mission`, `level` (of a track), `streak`, `prize` (of a leaderboard or league), `grant` (by hand); more may come.',
      example: 'rule',
    }),
    id: Id.meta({ description: 'Which one; `hand` of what was given by hand.', example: 'xp-per-lesson' }),
    kind: z.string().meta({
      description:
        '`currency`, with experience as an amount of the currency of its track; `badge`, `streakFreeze`, `item`.',
      example: 'currency',
    }),
    of: Id.meta({ description: 'Which currency, badge, streak or item.', example: 'xp' }),
    amount: Amount.meta({ description: 'What it gave.' }),
    times: count('How often.'),
  })
  .meta({ id: 'RewardRow', description: 'What one source of rewards gave of one thing on one day.' });

/** What came into being of a currency, and went, on one day. */
export const EconomyRow = z
  .object({
    day,
    currency: Id.meta({ example: 'xp' }),
    minted: Amount.meta({ description: 'What came into wallets from the workspace.' }),
    burned: Amount.meta({ description: 'What was spent, expired, or was taken back.', example: 20 }),
    received: Amount.meta({
      description: 'What came from other players, less what went to them: over all players, 0 of each transfer.',
      example: 0,
    }),
    outstanding: Amount.meta({
      description: 'What the players had at the end of the day, held amounts included, less what they owed.',
    }),
  })
  .meta({ id: 'EconomyRow', description: 'What came into being of a currency, and went, on one day.' });

/** How many players have a run of one length. */
export const StreakRow = z
  .object({
    day: CivilDate.meta({ description: 'The last day of the run so far, where the player counts days.' }),
    streak: Id.meta({ example: 'daily' }),
    length: count('How long the run is.'),
    players: count('How many players have such a latest run.'),
  })
  .meta({ id: 'StreakRow', description: 'How many players have a latest run of one length that reaches to one day.' });

/** Who moved their score on a board on one day. */
export const LeaderboardRow = z
  .object({ day, leaderboard: Id.meta({ example: 'lessons' }), players: count('Players whose score moved.') })
  .meta({ id: 'LeaderboardRow', description: 'How many players moved their score on a board on one day.' });

/** The users of a workspace on one day. */
export const UserRow = z
  .object({ day, created: count('Users who were created.'), active })
  .meta({ id: 'UserRow', description: 'How many users came to be on one day, and were active.' });

export const OverviewReport = report('OverviewReport', 'Each day of a workspace.', OverviewRow);
export const MissionReport = report('MissionReport', 'Missions, from start to completion, by day.', MissionRow);
export const FunnelReport = report('FunnelReport', 'Missions, step by step, by the day of the start.', FunnelRow);
export const RewardReport = report('RewardReport', 'What each rule and mission cost, by day.', RewardRow);
export const EconomyReport = report('EconomyReport', 'What was minted, burned and is outstanding, by day.', EconomyRow);
export const StreakReport = report('StreakReport', 'How long the latest runs of streaks are.', StreakRow);
export const LeaderboardReport = report('LeaderboardReport', 'Who takes part in leaderboards, by day.', LeaderboardRow);
export const UserReport = report('UserReport', 'New and active users, by day.', UserRow);
