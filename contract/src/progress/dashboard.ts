import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery } from '../shared/page.ts';
import { Progress, ProgressAssign, ProgressCancel, ProgressMovePage } from './schema.ts';

export const progress = c.router({
  assign: {
    method: 'POST',
    path: '/progress',
    summary: 'Assign a mission to a user',
    description:
      'Starts their progress in the current period, however the mission starts otherwise. One that is running stays as it is, unless a target is given: then it is refused.',
    body: ProgressAssign,
    responses: { 201: Progress },
    metadata: changes('dashboard', 'progress', 'operate', { concerns: { user: '/user' } }),
  },
  cancel: {
    method: 'POST',
    path: '/progress/:id/cancel',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Cancel a progress of a user',
    description: 'Events move it no more. Cancelling twice is cancelling once; what is completed stays so.',
    body: ProgressCancel,
    responses: { 200: Progress },
    metadata: changes('dashboard', 'progress', 'operate', { concerns: { user: '/user' } }),
  },
  log: {
    method: 'GET',
    path: '/users/:user/progress/:id/log',
    pathParams: z.strictObject({ user: Id, id: Id }),
    summary: 'List what moved a progress of a user',
    description: 'What moved it, in the order in which it occurred, by what is known now.',
    query: PageQuery,
    responses: { 200: ProgressMovePage },
    metadata: reads('dashboard', 'progress', { concerns: { user: '/params/user' } }),
  },
});
