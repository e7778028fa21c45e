import * as z from 'zod';
import { definitionRoutes } from '../definitions/routes.ts';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { Badge, BadgeAward, BadgeAwardCreate, BadgeCreate, BadgeRevoke, BadgeUpdate } from './schema.ts';

/** The shapes of badges. */
export const badgeKind = {
  name: 'Badge',
  one: 'badge',
  many: 'badges',
  resource: 'badges',
  item: Badge,
  create: BadgeCreate,
  update: BadgeUpdate,
} as const;

export const badges = definitionRoutes(badgeKind);

export const badgeAwards = c.router({
  list: {
    method: 'GET',
    path: '/users/:id/badges',
    pathParams: z.strictObject({ id: Id }),
    summary: "List a player's badges",
    description: 'The badges that one player has, is on the way to, or had, by badge.',
    query: PageQuery,
    responses: { 200: page('BadgeAwardPage', BadgeAward) },
    metadata: reads('dashboard', 'badge-awards', { concerns: { user: '/params/id' } }),
  },
  create: {
    method: 'POST',
    path: '/users/:id/badges',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Award a badge by hand',
    description: 'Counts one award. Send an Idempotency-Key, so that a repeat counts once.',
    body: BadgeAwardCreate,
    responses: { 201: BadgeAward },
    metadata: changes('dashboard', 'badge-awards', 'author', { concerns: { user: '/params/id' } }),
  },
  revoke: {
    method: 'POST',
    path: '/users/:id/badges/:badge/revoke',
    pathParams: z.strictObject({ id: Id, badge: Id }),
    summary: 'Take a badge back',
    description:
      'Takes the badge with all of its tiers, and lists its credentials as revoked. Revoking twice is revoking once.',
    body: BadgeRevoke,
    responses: { 200: BadgeAward },
    metadata: changes('dashboard', 'badge-awards', 'author', { concerns: { user: '/params/id' } }),
  },
});
