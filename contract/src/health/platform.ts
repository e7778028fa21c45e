import * as z from 'zod';
import { c, reads } from '../route.ts';

/** Whether the platform works. */
export const Health = z
  .object({ status: z.literal('ok'), version: z.string(), cell: z.string() })
  .meta({ id: 'Health', description: 'The platform works: its table answered.' });
export type Health = z.infer<typeof Health>;

export const health = c.router({
  get: {
    method: 'GET',
    path: '/health',
    summary: 'Check the health',
    description: 'Reads from the table; 503 where that fails.',
    responses: { 200: Health },
    metadata: reads('platform', 'health', { level: 'read' }),
  },
});
