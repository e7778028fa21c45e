import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { Amount, Version } from '../shared/numbers.ts';
import { page } from '../shared/page.ts';
import { RewardSource } from '../shared/rewards.ts';
import { Label } from '../shared/text.ts';
import { Instant } from '../shared/time.ts';

/** What became of a redemption. */
export const RedemptionState = z.enum(['held', 'fulfilled', 'cancelled', 'expired']).meta({
  id: 'RedemptionState',
  description: '`held` waits, with its price set aside; `fulfilled` is paid; the others gave the price back.',
});
export type RedemptionState = z.infer<typeof RedemptionState>;

const fields = {
  id: Id,
  item: Id.meta({ example: 'sticker' }),
  itemVersion: Version,
  userId: Id,
  state: RedemptionState,
  price: z
    .array(
      z.object({ currency: Id, amount: Amount }).meta({ id: 'PaidPrice', description: 'An amount that was paid.' }),
    )
    .meta({ description: 'Nothing, where it was given as a reward.' }),
  source: RewardSource.nullable().meta({
    description: 'What it was given for; null where the player asked for it.',
    example: null,
  }),
  note: z.string().nullable().meta({ description: 'What the operator said who settled it.', example: null }),
  redeemedAt: Instant,
  expiresAt: Instant.nullable().meta({ description: 'When it lapses if nobody fulfils it.' }),
  settledAt: Instant.nullable(),
};

/** A redemption, as operators see it: without the code. */
export const Redemption = z.object(fields).meta({
  id: 'Redemption',
  description: 'A catalogue item that a player asked for or was given. Its code is theirs alone.',
});
export type Redemption = z.infer<typeof Redemption>;

/** A redemption, as the player sees it. */
export const PlayerRedemption = z
  .object({
    ...fields,
    code: z.string().nullable().meta({ description: 'The code, once it is fulfilled.', example: null }),
  })
  .meta({ id: 'PlayerRedemption', description: 'A catalogue item that I asked for or was given.' });
export type PlayerRedemption = z.infer<typeof PlayerRedemption>;

/** Redemptions, page by page. */
export const RedemptionPage = page('RedemptionPage', Redemption);
export const PlayerRedemptionPage = page('PlayerRedemptionPage', PlayerRedemption);

/** How a redemption is settled. */
export const RedemptionSettle = z
  .strictObject({
    note: Label.optional().meta({ description: 'For the record and the player.', example: 'Sent by post' }),
  })
  .meta({ id: 'RedemptionSettle', description: 'How a redemption is settled.', example: { note: 'Sent by post' } });
