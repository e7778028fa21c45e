import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import {
  ConfigApplyRequest,
  ConfigDocument,
  ConfigPartList,
  ConfigPlan,
  ConfigPlanRequest,
  ConfigResult,
} from './schema.ts';

export const config = c.router({
  export: {
    method: 'GET',
    path: '/config/export',
    summary: 'Export all definitions',
    description:
      'All definitions that are at work, and what is declared of users, as one document in one order: equal workspaces have equal documents. Webhooks are in it for whoever may read webhooks, since a URL may hold what opens it.',
    query: z.strictObject({ parts: ConfigPartList.optional() }),
    responses: { 200: ConfigDocument },
    metadata: reads('dashboard', 'config', { concerns: 'nobody' }),
  },
  plan: {
    method: 'POST',
    path: '/config/plan',
    summary: 'Plan a configuration',
    description:
      'Compares this workspace with a document: what would be created, changed field by field, and archived. What could not be applied is refused here as it would be there. A document with webhooks is for whoever may read webhooks. Nothing is changed.',
    body: ConfigPlanRequest,
    responses: { 200: ConfigPlan },
    metadata: reads('dashboard', 'config', { rate: 'bulk', concerns: 'nobody' }),
  },
  apply: {
    method: 'POST',
    path: '/config/apply',
    summary: 'Apply a configuration',
    description:
      'Makes this workspace what a document says, all at once: players see all of it or none. Refused as `outdated` where the workspace changed since the plan; a document that changes nothing any more is never refused. Whoever changes webhooks or what is declared of users by it must be one who may change those. A webhook that is new here has a secret of its own, which `rotateSecret` replaces by one that is shown.',
    body: ConfigApplyRequest,
    responses: { 200: ConfigResult },
    metadata: changes('dashboard', 'config', 'author', { rate: 'bulk', concerns: 'nobody' }),
  },
});
