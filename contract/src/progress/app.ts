import * as z from 'zod';
import { c, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery } from '../shared/page.ts';
import { Progress, ProgressMovePage, ProgressPage, ProgressQuery } from './schema.ts';

export const progress = c.router({
  list: {
    method: 'GET',
    path: '/progress',
    summary: 'List my progress',
    description: 'My progress in all missions and periods, by mission and then by period.',
    query: ProgressQuery,
    responses: { 200: ProgressPage },
    metadata: reads('app', 'progress'),
  },
  get: {
    method: 'GET',
    path: '/progress/:id',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Get one progress of mine',
    description: 'One progress of mine.',
    responses: { 200: Progress },
    metadata: reads('app', 'progress'),
  },
  log: {
    method: 'GET',
    path: '/progress/:id/log',
    pathParams: z.strictObject({ id: Id }),
    summary: 'List what moved a progress of mine',
    description: 'What moved it, in the order in which it occurred, by what is known now.',
    query: PageQuery,
    responses: { 200: ProgressMovePage },
    metadata: reads('app', 'progress'),
  },
});
