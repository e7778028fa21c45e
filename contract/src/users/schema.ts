import * as z from 'zod';
import { Progress } from '../progress/schema.ts';
import { Id } from '../shared/ids.ts';
import { Amount, Version } from '../shared/numbers.ts';
import { Label, Language } from '../shared/text.ts';
import { CivilDate, Instant, PeriodKey, Zone } from '../shared/time.ts';
import { Wallet } from '../wallets/schema.ts';

/** Whether a user plays. */
export const UserStatus = z
  .enum(['active', 'suspended'])
  .meta({ id: 'UserStatus', description: 'A suspended user can neither call nor earn.' });
export type UserStatus = z.infer<typeof UserStatus>;

/** What a player may say of themselves. */
export const profileFields = {
  displayName: Label.nullable().meta({ description: 'Shown to others; null shows a made-up name.', example: 'Ada' }),
  language: Language.nullable().meta({ description: "Null takes the workspace's." }),
  zone: Zone.nullable().meta({ description: "Null takes the workspace's." }),
};

const changeable = {
  displayName: profileFields.displayName.optional(),
  language: profileFields.language.optional(),
  zone: profileFields.zone.optional(),
};

/** What to create a user from. */
export const UserCreate = z
  .strictObject({
    id: Id.optional(),
    externalId: Id.optional().meta({ description: 'Your own id of the user, unique in the workspace.' }),
    ...changeable,
  })
  .meta({
    id: 'UserCreate',
    description: 'A new user; no e-mail needed.',
    example: { externalId: 'player-7', displayName: 'Ada', zone: 'Europe/Rome' },
  });
export type UserCreate = z.infer<typeof UserCreate>;

/** What can be changed of a user. */
export const UserUpdate = z.strictObject({ ...changeable, status: UserStatus.optional() }).meta({
  id: 'UserUpdate',
  description: 'What to change of a user; what is missing stays.',
  example: { displayName: 'Ada', status: 'active' },
});
export type UserUpdate = z.infer<typeof UserUpdate>;

/** What players can change of themselves. */
export const MeUpdate = z.strictObject(changeable).meta({
  id: 'MeUpdate',
  description: 'What to change of me; what is missing stays.',
  example: { displayName: 'Ada', zone: 'Europe/Rome' },
});
export type MeUpdate = z.infer<typeof MeUpdate>;

/** Somebody who plays in one workspace. */
export const User = z
  .object({
    id: Id,
    externalId: Id.nullable().meta({ example: 'player-7' }),
    ...profileFields,
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
        .object({ streak: Id, current: z.int(), longest: z.int(), lastDay: CivilDate.nullable() })
        .meta({ id: 'PlayerSheetStreak', description: "A player's run in one streak." }),
    ),
    scores: z
      .array(
        z
          .object({ leaderboard: Id, period: PeriodKey, score: Amount })
          .meta({ id: 'PlayerSheetScore', description: "A player's score on one leaderboard." }),
      )
      .meta({ description: 'In the current periods.' }),
  })
  .meta({ id: 'PlayerSheet', description: "All of a player's state." });
export type PlayerSheet = z.infer<typeof PlayerSheet>;

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
