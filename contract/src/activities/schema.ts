import * as z from 'zod';
import { authoredFields, definitionFields, newFields } from '../definitions/schema.ts';
import { DefinitionId, Id } from '../shared/ids.ts';

const fields = {
  ...authoredFields,
  playersMaySend: z
    .boolean()
    .default(false)
    .meta({ description: "Whether a player's own client may send it; otherwise only backends." }),
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
  .strictObject(fields)
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
