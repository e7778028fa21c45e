import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Audience } from '../leaderboards/schema.ts';
import { Id } from '../shared/ids.ts';
import { MAX_AMOUNT, PositiveAmount } from '../shared/numbers.ts';
import { page } from '../shared/page.ts';
import { Instant } from '../shared/time.ts';

/** An amount of a currency that something costs. */
export const Price = z
  .strictObject({ currency: Id, amount: PositiveAmount })
  .meta({ id: 'Price', description: 'An amount that something costs.', example: { currency: 'xp', amount: 1 } });
export type Price = z.infer<typeof Price>;

/** All that something costs. */
export const Prices = z
  .array(Price)
  .min(1)
  .max(5)
  .refine((prices) => new Set(prices.map(({ currency }) => currency)).size === prices.length, 'each currency once');

const fields = {
  ...authoredFields,
  price: Prices.meta({ description: 'All of it is paid together.' }),
  stock: z.int().min(0).max(MAX_AMOUNT).optional().meta({
    description: 'How many there are in all, those that are sold included; any number where it is missing.',
    example: 100,
  }),
  perPlayer: z.int().min(1).max(1_000_000).optional().meta({
    description:
      'How many one player can have; those that were cancelled or expired do not count. Those that were given as rewards do, but it keeps no reward back.',
    example: 1,
  }),
  validFrom: Instant.optional().meta({ description: 'Nobody gets it before.' }),
  validUntil: Instant.optional().meta({ description: 'Nobody gets it at this moment or later.' }),
  audience: Audience.optional().meta({
    description:
      'Who can buy it: a segment, or whom an expression over `user`, `player` and `now` holds for; everybody where it is missing.',
    example: { expression: 'user.language == "en"' },
  }),
  codes: z.boolean().optional().meta({
    description: 'Whether each comes with a code of its own, from a pool that is uploaded; no code, no sale.',
    example: false,
  }),
  fulfilment: z.enum(['manual', 'automatic']).default('manual').meta({
    description: '`manual` holds the price until an operator fulfils it; `automatic` takes it at once.',
  }),
  fulfilWithinHours: z.int().min(1).max(8760).default(168).meta({
    description: 'How long a price is held at most: then it goes back.',
    example: 168,
  }),
};

/** What to create a catalogue item from. */
export const CatalogItemCreate = z.strictObject({ ...newFields, ...fields }).meta({
  id: 'CatalogItemCreate',
  description: 'A new catalogue item.',
  example: { id: 'sticker', name: { en: 'Sticker' }, price: [{ currency: 'xp', amount: 1 }], stock: 1000 },
});
export type CatalogItemCreate = z.infer<typeof CatalogItemCreate>;

/** What a catalogue item can be changed to. */
export const CatalogItemUpdate = z
  .strictObject({ ...changeFields, ...fields })
  .meta({ id: 'CatalogItemUpdate', description: 'What a catalogue item becomes.' });
export type CatalogItemUpdate = z.infer<typeof CatalogItemUpdate>;

/** Something that players get for what they earned. */
export const CatalogItem = z
  .object({
    ...definitionFields,
    ...fields,
    fulfilment: z.enum(['manual', 'automatic']),
    fulfilWithinHours: z.int(),
  })
  .meta({ id: 'CatalogItem', description: 'Something that players get for what they earned.' });
export type CatalogItem = z.infer<typeof CatalogItem>;

/** The most codes that one call uploads. */
export const MAX_CODES = 500;

/** Codes for a pool. */
export const CodeUpload = z
  .strictObject({
    codes: z
      .array(
        z
          .string()
          .regex(/^[\x21-\x7E]{1,200}$/, 'use 1 to 200 printable ASCII characters without spaces')
          .meta({ example: 'SAVE-10-4711' }),
      )
      .min(1)
      .max(MAX_CODES),
  })
  .meta({
    id: 'CodeUpload',
    description: 'Up to 500 codes; each is given to one player only.',
    example: { codes: ['SAVE-10-4711'] },
  });

/** What became of uploaded codes. */
export const CodeReceipt = z
  .object({
    added: z.int().meta({ example: 1 }),
    known: z.int().meta({ description: 'Those that were in the pool before, given away or not.', example: 0 }),
  })
  .meta({ id: 'CodeReceipt', description: 'What became of uploaded codes. They are not shown again.' });

/** How much is left of a catalogue item. */
export const CatalogStock = z
  .object({
    item: Id.meta({ example: 'sticker' }),
    stock: z.int().nullable().meta({ description: 'How many there are in all; null for any number.', example: 100 }),
    taken: z.int().meta({ description: 'How many are sold or held.', example: 3 }),
    left: z.int().nullable().meta({ example: 97 }),
    freeCodes: z
      .int()
      .nullable()
      .meta({ description: 'Codes that nobody has; null where it has none.', example: null }),
  })
  .meta({ id: 'CatalogStock', description: 'How much is left of a catalogue item.' });

/** A catalogue item as a player sees it. */
export const PlayerCatalogItem = z
  .object({
    id: Id.meta({ example: 'sticker' }),
    name: z.string(),
    description: z.string().nullable(),
    price: z.array(Price),
    left: z.int().nullable().meta({ description: 'How many are left; null for any number.', example: 97 }),
    perPlayer: z.int().nullable(),
    mine: z.int().meta({ description: 'How many of it I have or wait for.', example: 0 }),
    validUntil: Instant.nullable(),
  })
  .meta({ id: 'PlayerCatalogItem', description: 'Something that I can get for what I earned.' });
export type PlayerCatalogItem = z.infer<typeof PlayerCatalogItem>;

/** A player's catalogue, page by page. */
export const PlayerCatalogPage = page('PlayerCatalogPage', PlayerCatalogItem);
