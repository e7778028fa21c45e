import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { DefinitionId, Id } from '../shared/ids.ts';
import { Tags } from '../shared/tags.ts';
import { Cadence, DefinitionZone } from '../shared/time.ts';

/** What an activity says of one attribute of its events. */
export const AttributeDeclaration = z
  .strictObject({
    type: z
      .enum(['string', 'integer', 'number', 'boolean'])
      .meta({ description: '`integer` is a whole number, `number` any.' }),
    required: z
      .boolean()
      .optional()
      .meta({ description: 'Whether every event must have it; false where it is missing.' }),
  })
  .meta({
    id: 'AttributeDeclaration',
    description: 'What an attribute of an event must be.',
    example: { type: 'integer', required: true },
  });
export type AttributeDeclaration = z.infer<typeof AttributeDeclaration>;

/** The attributes that events of an activity may have, by name. */
export const AttributeDeclarations = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'use a letter, then up to 63 letters, digits or _')
      .refine((name) => !(name in {}), 'this name is reserved: choose another'),
    AttributeDeclaration,
  )
  .refine((attributes) => Object.keys(attributes).length <= 50, 'at most 50 attributes')
  .meta({
    id: 'AttributeDeclarations',
    description: 'The attributes that events may have, by name. Once there are any, others are refused.',
    example: { score: { type: 'integer', required: true }, course: { type: 'string' } },
  });
export type AttributeDeclarations = z.infer<typeof AttributeDeclarations>;

/** How many events of an activity count for a player in a period. */
export const ActivityLimit = z
  .strictObject({
    every: z
      .enum([...Cadence.options, 'ever'])
      .meta({ description: 'A day, an ISO week or a month, or all time.', example: 'day' }),
    zone: DefinitionZone.default('user').meta({ description: 'Where days, weeks and months are counted.' }),
    count: z.int().min(1).max(1_000_000).meta({ description: 'How many events of a player count in it.', example: 10 }),
  })
  .meta({ id: 'ActivityLimit', description: 'How many events of an activity count for a player in a period.' });
export type ActivityLimit = z.infer<typeof ActivityLimit>;

/** The most limits of an activity. */
export const MAX_LIMITS = 4;

/** All limits of an activity. */
export const ActivityLimits = z
  .array(ActivityLimit)
  .min(1)
  .max(MAX_LIMITS)
  .refine(
    (limits) => new Set(limits.map(({ every, zone }) => `${every} ${zone}`)).size === limits.length,
    'one limit for a period and zone',
  )
  .meta({
    id: 'ActivityLimits',
    description:
      'How many events count for a player. One that is over a limit, by when events happened, is accepted, kept and marked `limited`, and earns and moves nothing; it takes up no other limit either. An event that comes late, or is undone, may change which ones are over.',
    example: [{ every: 'day', zone: 'user', count: 10 }],
  });
export type ActivityLimits = z.infer<typeof ActivityLimits>;

const fields = {
  ...authoredFields,
  playersMaySend: z
    .boolean()
    .default(false)
    .meta({ description: "Whether a player's own client may send it; otherwise only backends." }),
  tags: Tags.optional().meta({ description: 'Labels by which rules can speak of several activities at once.' }),
  attributes: AttributeDeclarations.optional().meta({
    description: 'What its events may say beside their value; anything, where nothing is declared.',
  }),
  limits: ActivityLimits.optional(),
};

/** What to create an activity from; its id is the key that events name. */
export const ActivityCreate = z
  .strictObject({
    ...newFields,
    id: DefinitionId.meta({ description: 'The key that events name.', example: 'lesson.completed' }),
    ...fields,
  })
  .meta({
    id: 'ActivityCreate',
    description: 'A new activity.',
    example: { id: 'lesson.completed', name: { en: 'Lesson completed' } },
  });
export type ActivityCreate = z.infer<typeof ActivityCreate>;

/** What an activity can be changed to. */
export const ActivityUpdate = z
  .strictObject({ ...changeFields, ...fields })
  .meta({ id: 'ActivityUpdate', description: 'What an activity becomes.' });
export type ActivityUpdate = z.infer<typeof ActivityUpdate>;

/** Something that players do and that events report. */
export const Activity = z
  .object({ ...definitionFields, ...fields, playersMaySend: z.boolean() })
  .meta({ id: 'Activity', description: 'Something that players do and that events report.' });
export type Activity = z.infer<typeof Activity>;

/** An activity as a player sees it. */
export const PlayerActivity = z
  .object({
    id: Id,
    name: z.string().meta({ example: 'Lesson completed' }),
    description: z.string().optional().meta({ example: 'Sent when a lesson ends.' }),
  })
  .meta({ id: 'PlayerActivity', description: "An activity that the player's client may send." });
export type PlayerActivity = z.infer<typeof PlayerActivity>;
