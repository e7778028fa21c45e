import * as z from 'zod';
import { c, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { CohortQuery, LeagueCohort, PlayerLeague } from './schema.ts';

export const leagues = c.router({
  list: {
    method: 'GET',
    path: '/leagues',
    summary: 'List leagues',
    description: 'The leagues at work, and my tier in each.',
    query: PageQuery,
    responses: { 200: page('PlayerLeaguePage', PlayerLeague) },
    metadata: reads('app', 'leagues'),
  },
  cohort: {
    method: 'GET',
    path: '/leagues/:id/cohort',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Get my cohort',
    description: 'Those I play against in a week, from the top; no lines where I have not scored in it.',
    query: CohortQuery,
    responses: { 200: LeagueCohort },
    metadata: reads('app', 'leagues'),
  },
});
