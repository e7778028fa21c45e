import * as z from 'zod';
import { c, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { BadgeCredential } from './credential.ts';
import { PlayerBadge, PlayerBadgeState } from './schema.ts';

const params = z.strictObject({ id: Id });

export const badges = c.router({
  list: {
    method: 'GET',
    path: '/badges',
    summary: 'List my badges',
    description: 'Those I earned and those I can earn, with progress, by id. Secret ones appear once they are earned.',
    query: PageQuery.extend({ state: PlayerBadgeState.optional() }),
    responses: { 200: page('PlayerBadgePage', PlayerBadge) },
    metadata: reads('app', 'badges'),
  },
  get: {
    method: 'GET',
    path: '/badges/:id',
    pathParams: params,
    summary: 'Get one of my badges',
    description: 'One badge with my progress. A secret one that I have not earned is not there.',
    responses: { 200: PlayerBadge },
    metadata: reads('app', 'badges'),
  },
  credential: {
    method: 'GET',
    path: '/badges/:id/credential',
    pathParams: params,
    summary: 'Get the credential of one of my badges',
    description:
      'An Open Badges 3.0 credential for the highest tier that I reached, which anybody can verify without asking Laurel. A badge that I have not earned, or that was revoked, has none.',
    responses: { 200: BadgeCredential },
    metadata: reads('app', 'badges', { rate: 'credential' }),
  },
});
