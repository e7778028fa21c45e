import * as z from 'zod';
import { RoleId } from '../roles/schema.ts';
import { Id } from '../shared/ids.ts';
import { Tags } from '../shared/tags.ts';
import { Label } from '../shared/text.ts';
import { Instant } from '../shared/time.ts';

/** What a code gives to whoever redeems it. */
export const JoinCodeGift = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('membership'), role: RoleId }),
    z.strictObject({
      kind: z.literal('player'),
      tags: Tags.default([]).meta({ description: 'Tags that the player has besides, from then on.' }),
      team: Id.nullable()
        .default(null)
        .meta({ description: 'A team that the player joins, also a closed or private one.' }),
    }),
  ])
  .meta({
    id: 'JoinCodeGift',
    description:
      'What a code gives: to an operator of the tenant a role in this workspace; to a player tags, by which they are in an audience, and a place in a team.',
    example: { kind: 'player', tags: ['beta'], team: null },
  });
export type JoinCodeGift = z.infer<typeof JoinCodeGift>;

/** What to make a code for. */
export const JoinCodeCreate = z
  .strictObject({
    name: Label,
    gives: JoinCodeGift,
    uses: z.int().min(1).max(1_000_000).nullable().default(null).meta({
      description: 'How many can redeem it; as many as like where it is null.',
    }),
    expiresIn: z
      .int()
      .min(60)
      .max(366 * 24 * 60 * 60)
      .default(30 * 24 * 60 * 60)
      .meta({ description: 'For how many seconds of real time it can be redeemed, at most 366 days.' }),
  })
  .meta({
    id: 'JoinCodeCreate',
    description: 'A new code.',
    example: { name: 'Beta testers', gives: { kind: 'player', tags: ['beta'], team: null }, uses: 100 },
  });
export type JoinCodeCreate = z.infer<typeof JoinCodeCreate>;

/** A code, without the code itself. */
export const JoinCode = z
  .object({
    id: Id,
    name: z.string().meta({ example: 'Beta testers' }),
    gives: JoinCodeGift,
    uses: z.int().nullable().meta({ example: 100 }),
    used: z.int().meta({ example: 0 }),
    status: z.enum(['active', 'used_up', 'revoked', 'expired']),
    createdBy: z.string().meta({ example: 'operator:per_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    createdAt: Instant,
    expiresAt: Instant,
  })
  .meta({ id: 'JoinCode', description: 'A code by which people come in; the code itself is not told again.' });
export type JoinCode = z.infer<typeof JoinCode>;

/** A new code, which is shown this once. */
export const JoinCodeWithCode = z
  .object({
    joinCode: JoinCode,
    code: z.string().meta({ description: 'Shown this once.', example: '8Q2M-7XKD-0R4T-HV9C' }),
  })
  .meta({ id: 'JoinCodeWithCode', description: 'A new code, which is shown this once.' });
export type JoinCodeWithCode = z.infer<typeof JoinCodeWithCode>;

/** Redeems a code. */
export const JoinCodeRedeem = z
  .strictObject({ code: z.string().min(1).max(64) })
  .meta({ id: 'JoinCodeRedeem', description: 'A code as it was given out.', example: { code: '8Q2M-7XKD-0R4T-HV9C' } });
export type JoinCodeRedeem = z.infer<typeof JoinCodeRedeem>;

/** What a player has by a code. */
export const JoinReceipt = z
  .object({
    name: z.string().meta({ example: 'Beta testers' }),
    team: Id.nullable().meta({ description: 'The team that they joined.', example: null }),
  })
  .meta({ id: 'JoinReceipt', description: 'What a player has by a code.' });
export type JoinReceipt = z.infer<typeof JoinReceipt>;
