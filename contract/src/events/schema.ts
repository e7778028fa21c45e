import * as z from 'zod';
import { Problem } from '../errors.ts';
import { Progress } from '../progress/schema.ts';
import { Id } from '../shared/ids.ts';
import { Amount, Version } from '../shared/numbers.ts';
import { openEnum } from '../shared/open-enum.ts';
import { page } from '../shared/page.ts';
import { nameOf, personal } from '../shared/personal.ts';
import { givenReward, RewardSource } from '../shared/rewards.ts';
import { Text } from '../shared/text.ts';
import { CivilDate, Instant, PeriodKey } from '../shared/time.ts';
import { LedgerEntry, LedgerReason } from '../wallets/schema.ts';
import { ruleKinds, traceCodeList, traceCodes } from './trace.ts';

/** The largest `value` of an event. */
export const MAX_VALUE = 1_000_000_000;

/** How many events one batch takes. */
export const MAX_BATCH = 500;

const Reason = openEnum(traceCodeList).meta({
  id: 'ReasonCode',
  description: `Why a rule fired or did not. Codes are never renamed; more may be added.\n\n${traceCodeList
    .map((code) => `- \`${code}\`: ${traceCodes[code]}`)
    .join('\n')}`,
  example: 'trigger_matched',
});

/** Facts about an event: at most 50, by plain names. */
export const Attributes = z
  .record(
    z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'use a letter, then up to 63 letters, digits or _'),
    z.union([z.string().max(1000), z.number(), z.boolean()]),
  )
  .refine((attributes) => Object.keys(attributes).length <= 50, 'at most 50 attributes')
  .meta({
    id: 'Attributes',
    description: 'Facts about an event, by name.',
    example: { course: 'rust-101', score: 92 },
  });
export type Attributes = z.infer<typeof Attributes>;

const given = {
  id: Id.optional().meta({
    description:
      'Your own id makes the event count exactly once, however often it is sent. Laurel makes one where it is missing.',
  }),
  activity: Id,
  occurredAt: Instant.optional().meta({
    description: 'When it happened; now where it is missing. At most five minutes ahead, any time back.',
  }),
  value: z.int().min(0).max(MAX_VALUE).optional().meta({ description: 'How much of it; 1 where it is missing.' }),
  attributes: Attributes.optional(),
};

const dryRun = z.boolean().optional().meta({ description: 'True: answer with the effects, and store nothing.' });

const whose = {
  userId: Id.optional(),
  externalUserId: Id.optional().meta({ description: 'Your own id of the user; instead of `userId`.' }),
};

/** An event of the player who calls. */
export const EventTrack = z.strictObject({ ...given, dryRun }).meta({
  id: 'EventTrack',
  description: 'Something that the player did.',
  example: { id: 'evt-2026-0001', activity: 'lesson.completed' },
});
export type EventTrack = z.infer<typeof EventTrack>;

const BatchEvent = z.strictObject(given).meta({
  id: 'BatchEvent',
  description: 'One of many things that the player did.',
  example: { id: 'evt-2026-0001', activity: 'lesson.completed' },
});

/** Up to 500 events of the player who calls. */
export const EventTrackBatch = z.strictObject({ events: z.array(BatchEvent).min(1).max(MAX_BATCH), dryRun }).meta({
  id: 'EventTrackBatch',
  description: 'Up to 500 events; one bad item does not fail the rest.',
  example: { events: [{ id: 'evt-2026-0001', activity: 'lesson.completed' }] },
});
export type EventTrackBatch = z.infer<typeof EventTrackBatch>;

/** An event of a named user. */
export const UserEventTrack = z.strictObject({ ...given, ...whose, dryRun }).meta({
  id: 'UserEventTrack',
  description: 'Something that a user did.',
  example: { id: 'evt-2026-0001', externalUserId: 'player-7', activity: 'lesson.completed' },
});
export type UserEventTrack = z.infer<typeof UserEventTrack>;

const UserBatchEvent = z.strictObject({ ...given, ...whose }).meta({
  id: 'UserBatchEvent',
  description: 'One of many things that a user did.',
  example: { id: 'evt-2026-0001', externalUserId: 'player-7', activity: 'lesson.completed' },
});

/** Up to 500 events of named users. */
export const UserEventTrackBatch = z
  .strictObject({
    events: z.array(UserBatchEvent).min(1).max(MAX_BATCH),
    dryRun,
  })
  .meta({
    id: 'UserEventTrackBatch',
    description: 'Up to 500 events, ordered for each player; one bad item does not fail the rest.',
    example: { events: [{ id: 'evt-2026-0001', externalUserId: 'player-7', activity: 'lesson.completed' }] },
  });
export type UserEventTrackBatch = z.infer<typeof UserEventTrackBatch>;

/** An event as it was recorded. */
export const Event = z
  .object({
    id: nameOf('event', Id),
    activity: Id,
    userId: nameOf('user', Id),
    occurredAt: Instant,
    receivedAt: Instant,
    value: z.int(),
    attributes: personal(Attributes),
    voidedAt: Instant.nullable().meta({
      description: 'Since when it counts no more; null as long as it counts.',
      example: null,
    }),
    limited: z.boolean().meta({
      description:
        'Whether it is over a limit of its activity, and so earned and moved nothing. Another event that comes late, or is undone, may change that.',
      example: false,
    }),
  })
  .meta({ id: 'Event', description: 'An event as it was recorded.' });
export type Event = z.infer<typeof Event>;

/** Recorded events, page by page. */
export const EventPage = page('EventPage', Event);

/** Something that was given, or that is to be claimed. */
export const GrantedReward = givenReward({
  source: RewardSource,
  claim: z
    .object({ id: Id.meta({ example: 'rwd_5c1b1d0c7a8e4f2b9d3a6e7f' }), expiresAt: Instant })
    .nullable()
    .meta({
      description: 'By which id, and until when, the player has to claim it; null where it was given at once.',
      example: null,
    }),
}).meta({ id: 'GrantedReward', description: 'Something that was given, or is to be claimed, and what for.' });
export type GrantedReward = z.infer<typeof GrantedReward>;

/** A reward that was not given. */
export const WithheldReward = z
  .object({
    rule: Id.optional().meta({
      description: 'The reward rule that matched and gave nothing; missing where something else promised it.',
      example: 'xp-per-lesson',
    }),
    source: RewardSource.optional().meta({
      description: 'What promised it, where that is no rule: of all that it gives, this alone is withheld.',
    }),
    why: Reason,
  })
  .meta({ id: 'WithheldReward', description: 'Something that was promised and not given, and why.' });
export type WithheldReward = z.infer<typeof WithheldReward>;
/** Something that was earned beyond what a currency allows. */
export const ClippedReward = z
  .object({
    currency: Id,
    asked: Amount.meta({ description: 'What was earned.' }),
    given: Amount.meta({ description: 'What of it was given.' }),
    by: openEnum(['day', 'week', 'month', 'maximum']).meta({
      description:
        'What held the rest back: the cap of this period, or the most that a wallet holds. Others may be added.',
      example: 'day',
    }),
    limit: Amount,
  })
  .meta({ id: 'ClippedReward', description: 'Something that was earned and not given in full.' });

/** How an event moved a streak. */
export const StreakEffect = z
  .object({
    streak: Id,
    day: CivilDate.meta({ example: '2026-11-24' }),
    run: z.int().meta({ description: 'Periods that count in the run that the day is part of now.' }),
    longest: z.int(),
  })
  .meta({ id: 'StreakEffect', description: 'How an event moved a streak.' });
export type StreakEffect = z.infer<typeof StreakEffect>;

/** How an event moved a score. */
export const ScoreEffect = z
  .object({
    leaderboard: Id,
    period: PeriodKey,
    added: Amount,
    score: Amount,
    team: Id.optional().meta({
      description: 'On boards of teams: the team that it counts for. The score is what this player has given to it.',
    }),
  })
  .meta({ id: 'ScoreEffect', description: 'How an event moved a score.' });
export type ScoreEffect = z.infer<typeof ScoreEffect>;

/** All that an event brought about. */
export const Effects = z
  .object({
    progress: z.array(Progress).meta({ description: 'Progress that moved.' }),
    missionsCompleted: z.array(
      z
        .object({ mission: Id, period: PeriodKey })
        .meta({ id: 'MissionCompletion', description: 'A mission that was completed, and in which period.' }),
    ),
    rewards: z.array(GrantedReward),
    withheld: z.array(WithheldReward).meta({
      description:
        'Reward rules that matched and gave nothing: `cap_reached`, `cooling_down`, `budget_exhausted`, `sold_out`, `not_offered`, `gives_nothing`; and items of missions and levels that could not be given.',
    }),
    clipped: z.array(ClippedReward).meta({ description: 'What was earned and could not be given, or not all of it.' }),
    ledger: z.array(LedgerEntry).meta({ description: "Movements in the player's wallets." }),
    streaks: z.array(StreakEffect),
    scores: z.array(ScoreEffect),
    badges: z
      .array(
        z
          .object({ badge: Id.meta({ example: 'explorer' }), tier: z.int().meta({ example: 1 }) })
          .meta({ id: 'BadgeEffect', description: 'A tier of a badge that was reached.' }),
      )
      .meta({ description: 'Badges that were earned, tier by tier.' }),
    levels: z
      .array(
        z
          .object({
            track: Id.meta({ example: 'rank' }),
            level: z.int().meta({ example: 2 }),
            change: z.enum(['reached', 'lost']),
          })
          .meta({ id: 'LevelEffect', description: 'A level that was reached or lost.' }),
      )
      .meta({ description: 'Levels that were reached or lost, in order.' }),
  })
  .meta({ id: 'Effects', description: 'All that an event brought about.' });
export type Effects = z.infer<typeof Effects>;

/** An event and what it brought about. Sent again, the same id has the same answer. */
export const EventReceipt = z
  .object({ event: Event, effects: Effects })
  .meta({ id: 'EventReceipt', description: 'An event and what it brought about.' });
export type EventReceipt = z.infer<typeof EventReceipt>;

/** The answer to one item of a batch. */
export const BatchItem = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('accepted'), receipt: EventReceipt }),
    z.object({ status: z.literal('rejected'), problem: Problem }),
  ])
  .meta({ id: 'BatchItem', description: 'The answer to one item of a batch.' });
export type BatchItem = z.infer<typeof BatchItem>;

/** The answers to a batch, in its order. */
export const BatchReceipt = z
  .object({ accepted: z.int(), rejected: z.int().meta({ example: 0 }), items: z.array(BatchItem) })
  .meta({ id: 'BatchReceipt', description: 'The answers to a batch, in its order.' });
export type BatchReceipt = z.infer<typeof BatchReceipt>;

/** Why an event is taken back. */
export const EventVoid = z
  .strictObject({ note: Text.meta({ description: 'Why, for the record.', example: 'Sent by mistake' }) })
  .meta({ id: 'EventVoid', description: 'Why an event is taken back.', example: { note: 'Sent by mistake' } });
export type EventVoid = z.infer<typeof EventVoid>;

/** What voiding an event undid. */
export const VoidReceipt = z
  .object({
    event: Event,
    note: Text,
    by: z.string().meta({ description: 'Who voided it first.', example: 'operator:ada' }),
    ledger: z.array(LedgerEntry).meta({ description: "Movements in the player's wallets that the void made." }),
  })
  .meta({ id: 'VoidReceipt', description: 'What voiding an event undid. Voiding twice is one void.' });
export type VoidReceipt = z.infer<typeof VoidReceipt>;

/** How one rule took an event. */
export const RuleExplanation = z
  .object({
    kind: openEnum(ruleKinds).meta({
      description: 'What kind of rule it is. Kinds may be added.',
      example: 'rewardRule',
    }),
    id: Id.meta({ example: 'xp-per-lesson' }),
    version: Version,
    fired: z.boolean(),
    why: Reason,
    values: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .meta({ description: 'The values that decided it.', example: { activity: 'lesson.completed' } }),
  })
  .meta({ id: 'RuleExplanation', description: 'How one rule took an event.' });
export type RuleExplanation = z.infer<typeof RuleExplanation>;

/** Why an event brought about what it did. */
export const EventExplanation = z
  .object({
    event: Event,
    rulesetVersion: z.int().meta({ description: 'The ruleset that decided it, and decides it for ever.', example: 7 }),
    rules: z
      .array(RuleExplanation)
      .meta({ description: 'Every rule that was considered, in the order in which it was.' }),
    granted: z
      .array(
        z
          .object({ currency: Id, amount: Amount, reason: LedgerReason })
          .meta({ id: 'GrantedAmount', description: 'An amount, and what for.' }),
      )
      .meta({ description: 'What the event gives by what is known now; a late or voided event may have changed it.' }),
  })
  .meta({ id: 'EventExplanation', description: 'Why an event brought about what it did.' });
export type EventExplanation = z.infer<typeof EventExplanation>;
