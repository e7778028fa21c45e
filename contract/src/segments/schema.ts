import * as z from 'zod';
import { authoredFields, changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Id } from '../shared/ids.ts';

/** A condition in CEL over a user alone. */
export const UserCondition = z.string().trim().min(1).max(2000).meta({
  id: 'UserCondition',
  description:
    'True or false, in CEL, over `user` alone: `id`, `language`, `zone`, `attributes` as the workspace declares them, and `tags`, a list.',
  example: '"vip" in user.tags',
});
export type UserCondition = z.infer<typeof UserCondition>;

const fields = { ...authoredFields, condition: UserCondition };

/** What to create a segment from. */
export const SegmentCreate = z.strictObject({ ...newFields, ...fields }).meta({
  id: 'SegmentCreate',
  description: 'A new segment.',
  example: { id: 'vips', name: { en: 'VIPs' }, condition: '"vip" in user.tags' },
});
export type SegmentCreate = z.infer<typeof SegmentCreate>;

/** What a segment can be changed to. */
export const SegmentUpdate = z
  .strictObject({ ...changeFields, ...fields })
  .meta({ id: 'SegmentUpdate', description: 'What a segment becomes.' });
export type SegmentUpdate = z.infer<typeof SegmentUpdate>;

/** Users, by what is true of them. */
export const Segment = z
  .object({ ...definitionFields, ...fields })
  .meta({ id: 'Segment', description: 'Users, by what is true of them.' });
export type Segment = z.infer<typeof Segment>;

/** How many users a segment has. */
export const SegmentSize = z
  .object({
    segment: Id,
    size: z.int().meta({ description: 'How many of the users that were looked at are in it.', example: 12 }),
    scanned: z.int().meta({ description: 'How many users were looked at, the oldest first.', example: 340 }),
    complete: z
      .boolean()
      .meta({ description: 'Whether those were all; if not, the segment has `size` users or more.', example: true }),
  })
  .meta({ id: 'SegmentSize', description: 'How many users a segment has.' });
export type SegmentSize = z.infer<typeof SegmentSize>;
