import * as z from 'zod';
import { c, changes, opens, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import {
  Acceptance,
  Invitation,
  InvitationAccept,
  InvitationCreate,
  InvitationResend,
  InvitationWithToken,
} from './schema.ts';

const params = z.strictObject({ id: Id });
const credential = { rate: 'credential', idempotency: 'fresh' } as const;

export const invitations = c.router({
  list: {
    method: 'GET',
    path: '/invitations',
    summary: 'List invitations',
    description: 'The invitations into this workspace, the oldest first; without their tokens.',
    query: PageQuery,
    responses: { 200: page('InvitationPage', Invitation) },
    metadata: reads('dashboard', 'invitations', { level: 'administer' }),
  },
  create: {
    method: 'POST',
    path: '/invitations',
    summary: 'Invite somebody',
    description:
      'Keeps a seat for them until it is accepted, revoked or expired. Nobody gives a role above their own, or one in a workspace where they could not.',
    body: InvitationCreate,
    responses: { 201: InvitationWithToken },
    metadata: changes('dashboard', 'invitations', 'administer', credential),
  },
  accept: {
    method: 'POST',
    path: '/invitations/accept',
    summary: 'Accept an invitation',
    description:
      'Asks for no access token: the token of the invitation proves that the mailbox is theirs. It is good for once. Whether it is unknown, used, revoked or expired is not told.',
    body: InvitationAccept,
    responses: { 201: Acceptance },
    metadata: opens('dashboard', 'invitations', 'accept'),
  },
  get: {
    method: 'GET',
    path: '/invitations/:id',
    pathParams: params,
    summary: 'Get an invitation',
    description: 'An invitation into this workspace, without its token.',
    responses: { 200: Invitation },
    metadata: reads('dashboard', 'invitations', { level: 'administer' }),
  },
  resend: {
    method: 'POST',
    path: '/invitations/:id/resend',
    pathParams: params,
    summary: 'Send an invitation once more',
    description: 'With a new token, which makes the one before worthless, and a new time; also one that has expired.',
    body: InvitationResend,
    responses: { 201: InvitationWithToken },
    metadata: changes('dashboard', 'invitations', 'administer', credential),
  },
  revoke: {
    method: 'POST',
    path: '/invitations/:id/revoke',
    pathParams: params,
    summary: 'Revoke an invitation',
    description: 'Its token is worthless from then on, and its seat free. Revoking twice is revoking once.',
    body: c.noBody(),
    responses: { 200: Invitation },
    metadata: changes('dashboard', 'invitations', 'administer'),
  },
});
