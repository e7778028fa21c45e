import * as z from 'zod';
import { c, reads } from '../route.ts';

/** Whether the platform works. */
export const Health = z
  .object({
    status: z.literal('ok'),
    version: z.string().meta({ example: '0.1.0' }),
    cell: z.string().meta({ example: 'eu' }),
  })
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
