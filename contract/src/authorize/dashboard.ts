import { c, reads } from '../route.ts';
import { AuthorizeExplain, AuthorizeExplanation, CallerPermissions } from './schema.ts';

const metadata = reads('dashboard', 'me', { concerns: 'nobody' });

export const authorize = c.router({
  explain: {
    method: 'POST',
    path: '/authorize/explain',
    summary: 'Explain a permission',
    description:
      'Whether somebody may do something, by which policy, and what stands against it. Everybody asks for themselves; for others, whoever may read roles and is bound by no condition.',
    body: AuthorizeExplain,
    responses: { 200: AuthorizeExplanation },
    metadata,
  },
});

export const callerPermissions = c.router({
  permissions: {
    method: 'GET',
    path: '/me/permissions',
    summary: 'List my permissions',
    description:
      'All that the caller may do here, and under which conditions: what a console shows, and what it hides.',
    responses: { 200: CallerPermissions },
    metadata,
  },
});
