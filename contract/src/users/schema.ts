import * as z from 'zod';
import { Problem } from '../errors.ts';
import { UserConsents } from '../privacy/schema.ts';
import { Progress } from '../progress/schema.ts';
import { Id } from '../shared/ids.ts';
import { Amount, Version } from '../shared/numbers.ts';
import { nameOf, personal } from '../shared/personal.ts';
import { PlainReward } from '../shared/rewards.ts';
import { Tags } from '../shared/tags.ts';
import { Label, Language } from '../shared/text.ts';
import { CivilDate, Instant, PeriodKey, Zone } from '../shared/time.ts';
import { LedgerEntry, Wallet } from '../wallets/schema.ts';
import { UserAttributes, UserAttributesChange } from './attributes.ts';

/** Whether a user plays. */
export const UserStatus = z.enum(['active', 'suspended', 'restricted']).meta({
  id: 'UserStatus',
  description:
    'A suspended user can neither call nor earn. Of a restricted one nothing is processed, as they or the law asked.',
});
export type UserStatus = z.infer<typeof UserStatus>;

/** How a player is shown to other players. */
export const Visibility = z.enum(['public', 'anonymous', 'hidden']).meta({
  id: 'Visibility',
  description:
    'On boards, to other players: by name, by a made-up name, or not at all. Whoever is hidden keeps the rank, and sees it.',
});
export type Visibility = z.infer<typeof Visibility>;

/** What a player may say of themselves. */
export const profileFields = {
  displayName: personal(
    Label.nullable().meta({ description: 'Shown to others; null shows a made-up name.', example: 'Ada' }),
  ),
  language: personal(Language.nullable().meta({ description: "Null takes the workspace's." })),
  zone: personal(Zone.nullable().meta({ description: "Null takes the workspace's." })),
  visibility: Visibility,
};

const changeable = {
  displayName: profileFields.displayName.optional(),
  language: profileFields.language.optional(),
  zone: profileFields.zone.optional(),
  visibility: profileFields.visibility.optional(),
};

/** What to create a user from. */
export const UserCreate = z
  .strictObject({
    id: Id.optional().meta({ description: 'Never a name: it outlives an erasure. Give your own as `externalId`.' }),
    externalId: Id.optional().meta({ description: 'Your own id of the user, unique in the workspace.' }),
    ...changeable,
    attributes: UserAttributes.optional().meta({ description: "Typed by the workspace's `userAttributes`." }),
    tags: Tags.optional(),
  })
  .meta({
    id: 'UserCreate',
    description: 'A new user; no e-mail needed.',
    example: {
      externalId: 'player-7',
      displayName: 'Ada',
      zone: 'Europe/Rome',
      tags: ['vip'],
    },
  });
export type UserCreate = z.infer<typeof UserCreate>;

const attributesChange = UserAttributesChange.optional();

/** What can be changed of a user. */
export const UserUpdate = z
  .strictObject({
    ...changeable,
    status: z.enum(['active', 'suspended']).optional(),
    attributes: attributesChange,
    tags: Tags.optional().meta({ description: 'All tags anew.' }),
  })
  .meta({
    id: 'UserUpdate',
    description: 'What to change of a user; what is missing stays.',
    example: { displayName: 'Ada', status: 'active' },
  });
export type UserUpdate = z.infer<typeof UserUpdate>;

/** What players can change of themselves. */
export const MeUpdate = z.strictObject({ ...changeable, attributes: attributesChange }).meta({
  id: 'MeUpdate',
  description: 'What to change of me; what is missing stays.',
  example: { displayName: 'Ada', zone: 'Europe/Rome' },
});
export type MeUpdate = z.infer<typeof MeUpdate>;

/** The tags that a user is to have. */
export const UserTags = z
  .strictObject({ tags: Tags })
  .meta({ id: 'UserTags', description: 'All tags of a user.', example: { tags: ['vip'] } });
export type UserTags = z.infer<typeof UserTags>;

/** The tags that a user has. */
export const UserTagList = z
  .object({ userId: Id, tags: Tags, version: Version.meta({ description: "The user's." }) })
  .meta({ id: 'UserTagList', description: 'All tags of a user.' });
export type UserTagList = z.infer<typeof UserTagList>;

/** Somebody who plays in one workspace. */
export const User = z
  .object({
    id: nameOf('user', Id),
    externalId: personal(Id.nullable().meta({ example: 'player-7' })),
    ...profileFields,
    attributes: personal(UserAttributes),
    tags: personal(Tags),
    consents: UserConsents,
    status: UserStatus,
    version: Version,
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'User', description: 'Somebody who plays in one workspace.' });
export type User = z.infer<typeof User>;

/** All of a player's state, in one answer. */
export const PlayerSheet = z
  .object({
    user: User,
    wallets: z.array(Wallet),
    progress: z.array(Progress).meta({ description: 'In the current periods.' }),
    streaks: z.array(
      z
        .object({ streak: Id, current: z.int(), longest: z.int(), lastDay: CivilDate.nullable(), freezes: z.int() })
        .meta({ id: 'PlayerSheetStreak', description: "A player's run in one streak." }),
    ),
    scores: z
      .array(
        z
          .object({ leaderboard: Id, period: PeriodKey, score: Amount })
          .meta({ id: 'PlayerSheetScore', description: "A player's score on one leaderboard." }),
      )
      .meta({ description: 'In the current periods.' }),
    badges: z
      .array(
        z
          .object({
            badge: Id.meta({ example: 'explorer' }),
            count: z.int(),
            tier: z.int().meta({ description: 'The highest tier reached; 0 before the first.' }),
          })
          .meta({ id: 'PlayerSheetBadge', description: 'How far a player is in one badge.' }),
      )
      .meta({ description: 'Those that were awarded at all.' }),
    levels: z
      .array(
        z
          .object({ track: Id.meta({ example: 'rank' }), level: z.int() })
          .meta({ id: 'PlayerSheetLevel', description: "A player's level on one track." }),
      )
      .meta({ description: 'On the tracks at work.' }),
  })
  .meta({ id: 'PlayerSheet', description: "All of a player's state." });
export type PlayerSheet = z.infer<typeof PlayerSheet>;

/** The most users that one batch creates. */
export const MAX_USERS = 100;

/** Up to 100 new users. */
export const UserCreateBatch = z
  .strictObject({ users: z.array(UserCreate).min(1).max(MAX_USERS) })
  .meta({ id: 'UserCreateBatch', description: 'Up to 100 new users; one bad item does not fail the rest.' });
export type UserCreateBatch = z.infer<typeof UserCreateBatch>;

/** The answer to one user of a batch. */
export const UserBatchItem = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('created'), user: User }),
    z.object({ status: z.literal('rejected'), problem: Problem }),
  ])
  .meta({ id: 'UserBatchItem', description: 'The answer to one user of a batch.' });
export type UserBatchItem = z.infer<typeof UserBatchItem>;

/** The answers to a batch of users, in its order. */
export const UserBatchReceipt = z
  .object({ created: z.int(), rejected: z.int(), items: z.array(UserBatchItem) })
  .meta({ id: 'UserBatchReceipt', description: 'The answers to a batch of users, in its order.' });
export type UserBatchReceipt = z.infer<typeof UserBatchReceipt>;

/** Something that is given by hand. */
export const GrantCreate = z
  .strictObject({
    rewards: z
      .array(PlainReward)
      .min(1)
      .max(10)
      .meta({ description: 'All of it is given, or nothing. Amounts are held against no earning caps.' }),
    note: Label.meta({ description: 'Why; it stays in the ledger.' }),
  })
  .meta({
    id: 'GrantCreate',
    description: 'Something that is given by hand.',
    example: { rewards: [{ kind: 'currency', currency: 'xp', amount: 50 }], note: 'Sorry for the outage' },
  });
export type GrantCreate = z.infer<typeof GrantCreate>;

/** What was given by hand. */
export const Grant = z
  .object({ userId: Id, note: z.string(), ledger: z.array(LedgerEntry) })
  .meta({ id: 'Grant', description: 'What was given by hand, as it stands in the ledger.' });
export type Grant = z.infer<typeof Grant>;

/** A token for a player's client. */
export const PlayerToken = z
  .object({
    accessToken: z.string().meta({ example: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c3JfMDEifQ.c2lnbmF0dXJl' }),
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().meta({ description: 'Seconds.', example: 900 }),
    userId: Id,
  })
  .meta({ id: 'PlayerToken', description: "A short-lived token for a player's client." });
export type PlayerToken = z.infer<typeof PlayerToken>;
