import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { PageQuery } from '../shared/page.ts';
import { Consent, ConsentChange, ConsentPage, PersonExport, PrivacyRequest, PurposeId } from './schema.ts';

export const privacy = c.router({
  consents: {
    method: 'GET',
    path: '/consents',
    summary: 'List my consents',
    description: 'Every purpose of the workspace, and whether I agree to it.',
    query: PageQuery,
    responses: { 200: ConsentPage },
    metadata: reads('app', 'privacy'),
  },
  consent: {
    method: 'PUT',
    path: '/consents/:purpose',
    pathParams: z.strictObject({ purpose: PurposeId }),
    summary: 'Agree to a purpose, or withdraw',
    description:
      'Who withdraws `leaderboards` is hidden from others on boards; who withdraws `analytics` is counted no more.',
    body: ConsentChange,
    responses: { 200: Consent },
    metadata: changes('app', 'privacy', 'play', { idempotency: 'safe' }),
  },
  export: {
    method: 'POST',
    path: '/privacy/exports',
    summary: 'Export all that is held on me',
    description: 'Answers with everything that is held under me, as JSON.',
    body: c.noBody(),
    responses: { 201: PersonExport },
    metadata: changes('app', 'privacy', 'play', { idempotency: 'fresh', rate: 'bulk' }),
  },
  erase: {
    method: 'POST',
    path: '/privacy/erasures',
    summary: 'Erase me',
    description: 'For ever: my key is destroyed, and my records are removed. My token is refused within 60 seconds.',
    body: c.noBody(),
    responses: { 201: PrivacyRequest },
    metadata: changes('app', 'privacy', 'play', { idempotency: 'fresh', rate: 'bulk' }),
  },
});
