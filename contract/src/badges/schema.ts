import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Id } from '../shared/ids.ts';
import { Version } from '../shared/numbers.ts';
import { LocalizedText, Text } from '../shared/text.ts';
import { Instant } from '../shared/time.ts';

/** The longest image that a badge may carry in itself, in characters: some 24 KB of PNG. */
export const MAX_IMAGE = 32_768;

/** A picture of the badge: its address, or the picture itself. */
export const BadgeImage = z
  .string()
  .max(MAX_IMAGE)
  .regex(
    /^(?:https:\/\/[^\s"<>\\^`{|}]{1,2000}|data:image\/(?:png|svg\+xml|webp);base64,[A-Za-z0-9+/]+={0,2})$/,
    'use an https URL, or a data URL of a PNG, SVG or WebP in base64',
  )
  .meta({
    id: 'BadgeImage',
    description: 'An `https` URL, or a `data` URL of a PNG, SVG or WebP in base64, of at most 32,768 characters.',
    example: 'https://cdn.example.com/badges/explorer.png',
  });

const TierCount = z.int().min(1).max(1_000_000_000);

/** One step of a badge that is earned again and again. */
export const BadgeTier = z
  .strictObject({
    count: TierCount.meta({ description: 'How often the badge must be awarded to reach the tier.' }),
    name: LocalizedText.optional(),
  })
  .meta({
    id: 'BadgeTier',
    description: 'A step of a badge, reached when it was awarded so often.',
    example: { count: 5, name: { en: 'Silver' } },
  });
export type BadgeTier = z.infer<typeof BadgeTier>;

const rising = (tiers: readonly { readonly count: number }[]): boolean =>
  tiers.every(({ count }, index) => index === 0 || count > (tiers[index - 1]?.count ?? 0));

const fields = {
  ...authoredFields,
  image: BadgeImage.optional(),
  criteria: LocalizedText.meta({ description: 'What it takes to earn it; stands in the credential too.' }),
  tiers: z
    .array(BadgeTier)
    .min(1)
    .max(20)
    .refine(rising, 'each tier must take more than the one before')
    .default([{ count: 1 }])
    .meta({
      description: 'From the lowest; the badge is earned with the first. Each takes more awards than the one before.',
    }),
  secret: z.boolean().default(false).meta({ description: 'Whether players see it only once they earned it.' }),
  repeatable: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether awards go on counting after the last tier; else they count up to it.' }),
};

/** What to create a badge from. */
export const BadgeCreate = z.strictObject({ ...newFields, ...fields }).meta({
  id: 'BadgeCreate',
  description: 'A new badge.',
  example: {
    id: 'explorer',
    name: { en: 'Explorer', it: 'Esploratore' },
    description: { en: 'For those who look around.' },
    image: 'https://cdn.example.com/badges/explorer.png',
    criteria: { en: 'Finish a lesson outside of your own course.' },
    tiers: [
      { count: 1, name: { en: 'Bronze' } },
      { count: 5, name: { en: 'Silver' } },
    ],
  },
});
export type BadgeCreate = z.infer<typeof BadgeCreate>;

/** What a badge can be changed to. */
export const BadgeUpdate = z
  .strictObject({ ...changeFields, ...fields })
  .meta({ id: 'BadgeUpdate', description: 'What a badge becomes.' });
export type BadgeUpdate = z.infer<typeof BadgeUpdate>;

/** A sign of something achieved. */
export const Badge = z
  .object({
    ...definitionFields,
    ...fields,
    tiers: z.array(BadgeTier),
    secret: z.boolean(),
    repeatable: z.boolean(),
  })
  .meta({ id: 'Badge', description: 'A sign of something achieved, in one tier or more.' });
export type Badge = z.infer<typeof Badge>;

/** A tier as a player sees it. */
export const PlayerBadgeTier = z
  .object({
    tier: z.int().meta({ description: '1 for the lowest.', example: 1 }),
    name: z.string().nullable().meta({ example: 'Bronze' }),
    count: z.int().meta({ description: 'How many awards it takes.', example: 1 }),
    reachedAt: Instant.nullable().meta({ description: 'Null until it is reached.' }),
  })
  .meta({ id: 'PlayerBadgeTier', description: 'A tier of a badge, and when I reached it.' });
export type PlayerBadgeTier = z.infer<typeof PlayerBadgeTier>;

/** A badge and how far a player is in it. */
export const PlayerBadge = z
  .object({
    id: Id.meta({ example: 'explorer' }),
    name: z.string().meta({ example: 'Explorer' }),
    description: z.string().nullable(),
    image: z.string().nullable(),
    criteria: z.string().meta({ example: 'Finish a lesson outside of your own course.' }),
    secret: z.boolean(),
    earned: z.boolean().meta({ description: 'Whether the first tier is reached.' }),
    awardedAt: Instant.nullable().meta({ description: 'When the first tier was reached.' }),
    count: z.int().meta({ description: 'How often it was awarded.', example: 1 }),
    tier: z.int().meta({ description: 'The highest tier reached; 0 before the first.', example: 1 }),
    tiers: z.array(PlayerBadgeTier),
    next: z
      .object({ tier: z.int(), count: z.int(), left: z.int() })
      .meta({ id: 'PlayerBadgeNext', description: 'A tier to come, and how many awards are left to it.' })
      .nullable()
      .meta({ description: 'The next tier; null after the last.' }),
  })
  .meta({ id: 'PlayerBadge', description: 'A badge, and how far I am in it.' });
export type PlayerBadge = z.infer<typeof PlayerBadge>;

/** Which badges to list. */
export const PlayerBadgeState = z
  .enum(['earned', 'locked'])
  .meta({ id: 'PlayerBadgeState', description: '`earned` have reached their first tier; `locked` have not.' });

/** Why somebody gives or takes a badge. */
const Reason = Text.meta({ description: 'Kept with the badge.', example: 'Helped at the open day.' });

/** What an operator awards. */
export const BadgeAwardCreate = z.strictObject({ badge: Id, reason: Reason }).meta({
  id: 'BadgeAwardCreate',
  description: 'A badge to award by hand.',
  example: { badge: 'explorer', reason: 'Helped at the open day.' },
});
export type BadgeAwardCreate = z.infer<typeof BadgeAwardCreate>;

/** Why an operator takes a badge back. */
export const BadgeRevoke = z.strictObject({ reason: Reason }).meta({
  id: 'BadgeRevoke',
  description: 'Why a badge is taken back.',
  example: { reason: 'Awarded by mistake.' },
});
export type BadgeRevoke = z.infer<typeof BadgeRevoke>;

/** A badge that a player has, is on the way to, or had. */
export const BadgeAward = z
  .object({
    userId: Id,
    badge: Id.meta({ example: 'explorer' }),
    version: Version.meta({ description: "The version of the badge that the player's count goes by." }),
    count: z.int(),
    tier: z.int(),
    reachedAt: z.array(Instant).meta({ description: 'When each tier was reached, the lowest first.' }),
    revokedAt: Instant.nullable().meta({ description: 'When it was taken back, if nothing was awarded since.' }),
    lastChange: z
      .object({ kind: z.enum(['awarded', 'revoked']), by: z.string(), reason: z.string(), at: Instant })
      .meta({
        id: 'BadgeChange',
        description: 'Who gave or took a badge by hand, and why.',
        example: {
          kind: 'awarded',
          by: 'operator:ada',
          reason: 'Helped at the open day.',
          at: '2026-11-24T09:30:00.000Z',
        },
      })
      .nullable()
      .meta({ description: 'What was last done by hand.' }),
  })
  .meta({ id: 'BadgeAward', description: 'A badge as a player has it.' });
export type BadgeAward = z.infer<typeof BadgeAward>;
