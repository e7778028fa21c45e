import { c, reads } from '../route.ts';
import { Workspace } from './schema.ts';

export const workspace = c.router({
  get: {
    method: 'GET',
    path: '/workspace',
    summary: 'Get this workspace',
    description: 'The workspace that the token is for.',
    responses: { 200: Workspace },
    metadata: reads('dashboard', 'workspace'),
  },
});
