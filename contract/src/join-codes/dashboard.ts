import * as z from 'zod';
import { Membership } from '../members/schema.ts';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { JoinCode, JoinCodeCreate, JoinCodeRedeem, JoinCodeWithCode } from './schema.ts';

const params = z.strictObject({ id: Id });

export const joinCodes = c.router({
  list: {
    method: 'GET',
    path: '/join-codes',
    summary: 'List join codes',
    description: 'The codes of this workspace, the oldest first; without the codes themselves.',
    query: PageQuery,
    responses: { 200: page('JoinCodePage', JoinCode) },
    metadata: reads('dashboard', 'join-codes', { level: 'administer' }),
  },
  create: {
    method: 'POST',
    path: '/join-codes',
    summary: 'Create a join code',
    description: 'Nobody gives a role above their own by it.',
    body: JoinCodeCreate,
    responses: { 201: JoinCodeWithCode },
    metadata: changes('dashboard', 'join-codes', 'administer', { rate: 'credential', idempotency: 'fresh' }),
  },
  redeem: {
    method: 'POST',
    path: '/join-codes/redeem',
    summary: 'Redeem a join code',
    description:
      'For an operator who has the code of another workspace of the tenant: they work there too from then on. A machine works in one workspace. Guessing is slowed down, and what is wrong with a code is not told.',
    body: JoinCodeRedeem,
    responses: { 200: Membership },
    metadata: changes('dashboard', 'join-codes', 'operate', {
      action: 'dashboard:join-codes.redeem',
      rate: 'credential',
    }),
  },
  get: {
    method: 'GET',
    path: '/join-codes/:id',
    pathParams: params,
    summary: 'Get a join code',
    description: 'A code of this workspace, without the code itself.',
    responses: { 200: JoinCode },
    metadata: reads('dashboard', 'join-codes', { level: 'administer' }),
  },
  revoke: {
    method: 'POST',
    path: '/join-codes/:id/revoke',
    pathParams: params,
    summary: 'Revoke a join code',
    description: 'Nobody can redeem it any more; those who did keep what they have. Revoking twice is revoking once.',
    body: c.noBody(),
    responses: { 200: JoinCode },
    metadata: changes('dashboard', 'join-codes', 'administer'),
  },
});
