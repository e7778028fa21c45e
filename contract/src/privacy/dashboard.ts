import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery } from '../shared/page.ts';
import { User } from '../users/schema.ts';
import {
  Consent,
  ConsentChange,
  ConsentPage,
  PersonExport,
  PrivacyRequest,
  PrivacyRequestPage,
  PurposeId,
} from './schema.ts';

/*
 * Machines need no scope of its own for this: Cognito gives a client 50 at the most, and whoever keeps users in Laurel keeps
 * their rights as well; what was asked for about people is read by whoever reads records. Operators need the permission.
 */
const ofUser = z.strictObject({ id: Id });

export const privacy = c.router({
  requests: {
    method: 'GET',
    path: '/privacy/requests',
    summary: 'List requests about personal data',
    description:
      'What was asked for about users: exports, erasures with their receipts, restrictions; the latest first.',
    query: PageQuery.extend({
      kind: z
        .enum(['export', 'erasure', 'restriction', 'release'])
        .optional()
        .meta({ description: 'Requests of this kind alone.' }),
      user: Id.optional().meta({ description: 'About this user alone, whom it may be who was erased.' }),
    }),
    responses: { 200: PrivacyRequestPage },
    metadata: reads('dashboard', 'privacy', { level: 'operate', scope: 'audit-records:read' }),
  },
  request: {
    method: 'GET',
    path: '/privacy/requests/:id',
    pathParams: ofUser,
    summary: 'Get one request about personal data',
    description: 'One request, with its receipt once it is completed.',
    responses: { 200: PrivacyRequest },
    metadata: reads('dashboard', 'privacy', { level: 'operate', scope: 'audit-records:read' }),
  },
  export: {
    method: 'POST',
    path: '/users/:id/export',
    pathParams: ofUser,
    summary: 'Export all that is held on a user',
    description: 'Answers with everything that is held under the user, as JSON, for them to have.',
    body: c.noBody(),
    responses: { 201: PersonExport },
    metadata: changes('dashboard', 'privacy', 'administer', {
      concerns: { user: '/params/id' },
      idempotency: 'fresh',
      rate: 'bulk',
      scope: 'users:write',
    }),
  },
  erase: {
    method: 'POST',
    path: '/users/:id/erase',
    pathParams: ofUser,
    summary: 'Erase a user',
    description:
      'For ever: destroys the key of the user, without which nothing of what was sealed for them can be read anywhere, and removes their records. What sums and ranks are made of stays, without a word of them. Asking again answers the same. Their id never comes back; whoever comes under the same external id is another user.',
    body: c.noBody(),
    responses: { 201: PrivacyRequest },
    metadata: changes('dashboard', 'privacy', 'administer', {
      concerns: { user: '/params/id' },
      idempotency: 'fresh',
      rate: 'bulk',
      scope: 'users:write',
    }),
  },
  restrict: {
    method: 'POST',
    path: '/users/:id/restrict',
    pathParams: ofUser,
    summary: "Restrict the processing of a user's data",
    description:
      'Nothing of the user is processed, and nothing is lost: events, acts and tokens of theirs are refused until the restriction is lifted. What happened meanwhile can be told afterwards, with the time at which it occurred.',
    body: c.noBody(),
    responses: { 200: User },
    metadata: changes('dashboard', 'privacy', 'administer', { concerns: { user: '/params/id' }, scope: 'users:write' }),
  },
  release: {
    method: 'POST',
    path: '/users/:id/release',
    pathParams: ofUser,
    summary: 'Lift a restriction',
    description: 'The user plays again, as if nothing had been asked.',
    body: c.noBody(),
    responses: { 200: User },
    metadata: changes('dashboard', 'privacy', 'administer', { concerns: { user: '/params/id' }, scope: 'users:write' }),
  },
  consents: {
    method: 'GET',
    path: '/users/:id/consents',
    pathParams: ofUser,
    summary: "List a user's consents",
    description: 'Every purpose of the workspace, and whether the user agrees to it.',
    query: PageQuery,
    responses: { 200: ConsentPage },
    metadata: reads('dashboard', 'users', { concerns: { user: '/params/id' } }),
  },
  consent: {
    method: 'PUT',
    path: '/users/:id/consents/:purpose',
    pathParams: ofUser.extend({ purpose: PurposeId }),
    summary: "Record a user's consent",
    description: 'Records what the user has decided elsewhere.',
    body: ConsentChange,
    responses: { 200: Consent },
    metadata: changes('dashboard', 'consents', 'operate', {
      concerns: { user: '/params/id' },
      idempotency: 'safe',
      scope: 'users:write',
    }),
  },
});
