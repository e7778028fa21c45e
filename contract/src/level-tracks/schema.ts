import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Id } from '../shared/ids.ts';
import { Amount, PositiveAmount } from '../shared/numbers.ts';
import { Rewards } from '../shared/rewards.ts';
import { LocalizedText } from '../shared/text.ts';

/** The most levels of a track. */
export const MAX_LEVELS = 500;

const rising = (amounts: readonly number[]): boolean =>
  amounts.every((amount, index) => index === 0 || amount > (amounts[index - 1] ?? 0));

const step = PositiveAmount.meta({ description: 'What level 2 takes.' });
const levels = z.int().min(2).max(MAX_LEVELS).meta({ description: 'How many levels there are.', example: 50 });

/** What each level takes: one amount after the other, or a curve. Everybody starts at level 1, which takes nothing. */
export const LevelCurve = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('thresholds'),
      thresholds: z
        .array(PositiveAmount)
        .min(1)
        .max(MAX_LEVELS - 1)
        .refine(rising, 'each level must take more than the one before')
        .meta({ description: 'The whole amount that level 2 takes, then level 3, and so on; each more than before.' }),
    }),
    z.strictObject({ kind: z.literal('linear'), step, levels }),
    z.strictObject({
      kind: z.literal('quadratic'),
      step,
      growth: PositiveAmount.meta({ description: 'How much more each level takes than the one before it.' }),
      levels,
    }),
    z.strictObject({
      kind: z.literal('exponential'),
      step,
      percent: z
        .int()
        .min(100)
        .max(1000)
        .meta({ description: 'Each level takes so many percent of what the one before it took.', example: 120 }),
      levels,
    }),
  ])
  .meta({
    id: 'LevelCurve',
    description:
      'What the levels take. From one level to the next: `linear` the same each time; `quadratic` `growth` more each time; `exponential` `step × (percent / 100)^n`, exact and rounded down. `thresholds` lists whole amounts instead.',
    example: { kind: 'quadratic', step: 100, growth: 50, levels: 50 },
  });
export type LevelCurve = z.infer<typeof LevelCurve>;

/** What is special about one level. */
export const LevelNote = z
  .strictObject({
    level: z.int().min(1).max(MAX_LEVELS),
    name: LocalizedText.optional(),
    rewards: Rewards.optional().meta({ description: 'Given the first time that a player reaches the level.' }),
  })
  .meta({
    id: 'LevelNote',
    description: 'The name of a level, and what reaching it gives.',
    example: { level: 10, name: { en: 'Veteran' }, rewards: [{ kind: 'currency', currency: 'xp', amount: 100 }] },
  });
export type LevelNote = z.infer<typeof LevelNote>;

const fields = {
  ...authoredFields,
  currency: Id.meta({ description: 'The currency whose amount decides the level.', example: 'xp' }),
  curve: LevelCurve,
  levels: z
    .array(LevelNote)
    .max(MAX_LEVELS)
    .refine((all) => new Set(all.map(({ level }) => level)).size === all.length, 'a level stands here twice')
    .default([])
    .meta({ description: 'Names and rewards, for the levels that have any.' }),
  goesDown: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether a player whose amount falls loses levels; else a level is kept for ever.' }),
};

/** What to create a level track from. */
export const LevelTrackCreate = z.strictObject({ ...newFields, ...fields }).meta({
  id: 'LevelTrackCreate',
  description: 'A new level track.',
  example: {
    id: 'rank',
    name: { en: 'Rank' },
    currency: 'xp',
    curve: { kind: 'quadratic', step: 100, growth: 50, levels: 50 },
    levels: [{ level: 10, name: { en: 'Veteran' } }],
  },
});
export type LevelTrackCreate = z.infer<typeof LevelTrackCreate>;

/** What a level track can be changed to. */
export const LevelTrackUpdate = z
  .strictObject({ ...changeFields, ...fields })
  .meta({ id: 'LevelTrackUpdate', description: 'What a level track becomes.' });
export type LevelTrackUpdate = z.infer<typeof LevelTrackUpdate>;

/** Levels that players climb by an amount of a currency. */
export const LevelTrack = z
  .object({
    ...definitionFields,
    ...fields,
    levels: z.array(LevelNote),
    goesDown: z.boolean(),
  })
  .meta({ id: 'LevelTrack', description: 'Levels that players climb by an amount of a currency.' });
export type LevelTrack = z.infer<typeof LevelTrack>;

/** Where a player stands on a track. */
export const PlayerLevel = z
  .object({
    track: Id.meta({ example: 'rank' }),
    name: z.string().meta({ example: 'Rank' }),
    currency: Id.meta({ example: 'xp' }),
    level: z.int().meta({ description: '1 at the start.', example: 3 }),
    levelName: z.string().nullable().meta({ description: 'Null where the level has none.', example: 'Veteran' }),
    levels: z.int().meta({ description: 'How many levels there are.', example: 50 }),
    amount: Amount.meta({ description: 'What I have of the currency.' }),
    threshold: Amount.meta({ description: 'What my level takes.' }),
    next: z
      .object({ level: z.int(), threshold: Amount, left: Amount })
      .meta({ id: 'PlayerLevelNext', description: 'The level to come, what it takes, and how much is left to it.' })
      .nullable()
      .meta({ description: 'Null on the last level.' }),
  })
  .meta({ id: 'PlayerLevel', description: 'Where I stand on a level track.' });
export type PlayerLevel = z.infer<typeof PlayerLevel>;
