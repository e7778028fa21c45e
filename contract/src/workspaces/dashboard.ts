import { c, changes, reads } from '../route.ts';
import { Workspace, WorkspaceUpdate } from './schema.ts';

export const workspace = c.router({
  get: {
    method: 'GET',
    path: '/workspace',
    summary: 'Get this workspace',
    description: 'The workspace that the token is for.',
    responses: { 200: Workspace },
    metadata: reads('dashboard', 'workspace', { etag: true, concerns: 'nobody' }),
  },
  update: {
    method: 'PATCH',
    path: '/workspace',
    summary: 'Change this workspace',
    description:
      'Changes what the body names, with the ETag that was read as If-Match. Users keep values of attributes that are no longer declared, or are of another type now, but nothing sees them; a declaration that a published condition needs cannot go.',
    body: WorkspaceUpdate,
    responses: { 200: Workspace },
    metadata: changes('dashboard', 'workspace', 'administer', { idempotency: 'safe', etag: true }),
  },
});
