import * as z from 'zod';

/** How much of a list to answer with, and from where. */
export const PageQuery = z.strictObject({
  limit: z.coerce
    .number<number>()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: 'How many items at most, 1 to 200.' }),
  cursor: z
    .string()
    .max(2048)
    .optional()
    .meta({ description: '`nextCursor` of the page before; it fits this list and these filters only.' }),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** One page of a list; `nextCursor` is null on the last. */
export function page<T extends z.ZodType>(id: string, item: T) {
  return z
    .object({
      items: z.array(item),
      nextCursor: z
        .string()
        .nullable()
        .meta({ description: 'Give it as `cursor` to read on; null at the end.', example: null }),
    })
    .meta({ id, description: 'One page of a list.' });
}
