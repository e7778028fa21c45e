import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { Amount, PositiveAmount } from '../shared/numbers.ts';
import { CivilDate, Instant, PeriodKey } from '../shared/time.ts';

const count = z.int().min(0);
const progress = { progressId: Id, mission: Id, period: PeriodKey };
const redemption = { redemptionId: Id, item: Id };
const run = { streak: Id, run: count.meta({ description: 'How long the run is now.' }) };

const given = {
  source: z.string().meta({ description: 'What was rewarded: `rule`, `mission`, `streak`, `level`…', example: 'rule' }),
  sourceId: Id.meta({ description: 'Which one.', example: 'xp-per-lesson' }),
  kind: z.string().meta({ description: 'What was given: `currency`, `badge`, `item`, `freeze`…', example: 'currency' }),
  of: Id.meta({ description: 'Of which currency, which badge, which item.', example: 'xp' }),
  amount: PositiveAmount,
};

/** One row: a type, what it means, and the shape of its data. */
function happening<T extends string, S extends z.ZodRawShape>(type: T, meaning: string, shape: S) {
  const name = type.replace(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return z
    .object({
      id: Id.meta({ description: 'The same each time this is told: tell repeats by it.' }),
      type: z.literal(type),
      occurredAt: Instant.meta({ description: 'When it happened, in the time of the game.' }),
      workspace: z.string().meta({ description: "The workspace's slug.", example: 'main' }),
      userId: Id.nullable().meta({ description: 'Whom it is about; null where it is about nobody alone.' }),
      data: z.object(shape).meta({ id: `${name}Data`, description: `What \`${type}\` says.` }),
    })
    .meta({ id: `${name}Happening`, description: meaning });
}

/**
 * The one table of what the outside can hear of. A row here is all that a new type needs; types are never renamed, and
 * their data only ever grow. No data hold what a person wrote or is called by: ids alone.
 */
const table = [
  happening('event.counted', 'An event was counted.', {
    eventId: Id,
    activity: Id,
    value: z.int(),
    limited: z
      .boolean()
      .meta({ description: 'Whether it is over a limit of its activity, and moves nothing.', example: false }),
  }),
  happening('event.limited', 'Another event, late or undone, put this one over a limit, or brought it back.', {
    eventId: Id,
    activity: Id,
    limited: z.boolean().meta({ description: 'Whether it is over a limit now.', example: true }),
  }),
  happening('event.voided', 'An event was undone.', { eventId: Id, activity: Id }),
  happening('mission.joined', 'A player took a mission on.', progress),
  happening('mission.progressed', 'A mission moved on.', { ...progress, amount: Amount, target: Amount }),
  happening('mission.completed', 'A mission was completed.', progress),
  happening('mission.reverted', 'A completion was taken back: what had completed the mission was undone.', progress),
  happening(
    'mission.expired',
    'A mission ended before it was completed. What comes late may still complete it.',
    progress,
  ),
  happening('reward.granted', 'Something was given.', given),
  happening('reward.claimed', 'A reward that waited was taken.', given),
  happening('reward.expired', 'A reward that waited was not taken in time.', given),
  happening('reward.reverted', 'Something that was given was taken back.', given),
  happening('badge.awarded', 'A badge was awarded.', {
    badge: Id,
    count: count.meta({ description: 'How often by now.' }),
  }),
  happening('badge.revoked', 'A badge was taken back.', {
    badge: Id,
    count: count.meta({ description: 'How often it is left.' }),
  }),
  happening('level.reached', 'A player went up.', { track: Id, level: count }),
  happening('level.lost', 'A player went down.', { track: Id, level: count.meta({ description: 'The level now.' }) }),
  happening('streak.extended', 'A streak grew by a period.', { ...run, longest: count }),
  happening('streak.milestone', 'A streak reached a milestone.', { ...run, milestone: count }),
  happening('streak.broken', 'A run ended.', { streak: Id, run: count.meta({ description: 'How long the run was.' }) }),
  happening('streak.frozen', 'A freeze held a run together.', { ...run, day: CivilDate, freezesLeft: count }),
  happening('streak.repaired', 'A broken run was restored.', run),
  happening('wallet.changed', 'A wallet holds another amount.', {
    currency: Id,
    change: Amount,
    available: Amount.meta({ description: 'What can be spent now.' }),
  }),
  happening('redemption.created', 'A player redeemed an item.', redemption),
  happening('redemption.fulfilled', 'A redemption was fulfilled.', redemption),
  happening('redemption.cancelled', 'A redemption was cancelled, and its price given back.', redemption),
  happening('redemption.expired', 'A redemption ran out.', redemption),
  happening('leaderboard.closed', 'A period of a leaderboard was settled.', { leaderboard: Id, period: PeriodKey }),
  happening('league.settled', 'A week of a league was settled.', { league: Id, period: PeriodKey }),
  happening('user.created', 'A user was created.', { version: z.int().min(1) }),
  happening('user.updated', "A user's profile was changed.", { version: z.int().min(1) }),
  happening('user.erased', 'A user was erased: forget them too.', { requestId: Id }),
  happening('team.joined', 'A player joined a team.', { team: Id }),
  happening('team.left', 'A player left a team.', { team: Id }),
  happening('webhook.disabled', 'A webhook was disabled, since its deliveries kept failing.', {
    webhookId: Id,
    failingSince: Instant,
  }),
  happening('webhook.test', 'Nothing happened: somebody tries a webhook.', { webhookId: Id }),
] as const;

/** A type of happening, such as `mission.completed`. */
export type HappeningType = z.infer<(typeof table)[number]>['type'];

/** Every type, in the order of the table. */
export const happeningTypes: readonly HappeningType[] = table.map(({ shape }) => shape.type.value);

/** A type of happening that somebody asks for. */
export const HappeningTypeName = z
  .enum(happeningTypes)
  .meta({ id: 'HappeningTypeName', description: 'A type of happening.', example: 'mission.completed' });

/** Something that happened, as the outside is told of it. */
export const Happening = z.discriminatedUnion('type', table).meta({
  id: 'Happening',
  description: 'Something that happened. Expect types that are not listed yet, and pass over them.',
});
export type Happening = z.infer<typeof Happening>;

/** A happening of one type. */
export type HappeningOf<T extends HappeningType> = Extract<Happening, { type: T }>;

/** What is yet without an id and a place: what a happening of any type says. */
export type Fact = { [T in HappeningType]: Pick<HappeningOf<T>, 'type' | 'occurredAt' | 'data'> }[HappeningType];
