import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery } from '../shared/page.ts';
import { Redemption, RedemptionPage, RedemptionSettle, RedemptionState } from './schema.ts';

const pathParams = z.strictObject({ id: Id });

export const redemptions = c.router({
  list: {
    method: 'GET',
    path: '/redemptions',
    summary: 'List redemptions',
    description: 'What players asked for or were given, the latest first. Codes are not shown.',
    query: PageQuery.extend({ userId: Id.optional(), item: Id.optional(), state: RedemptionState.optional() }),
    responses: { 200: RedemptionPage },
    metadata: reads('dashboard', 'redemptions', { concerns: { user: '/query/userId' } }),
  },
  get: {
    method: 'GET',
    path: '/redemptions/:id',
    pathParams,
    summary: 'Get a redemption',
    description: 'One thing that a player asked for.',
    responses: { 200: Redemption },
    metadata: reads('dashboard', 'redemptions'),
  },
  fulfil: {
    method: 'POST',
    path: '/redemptions/:id/fulfil',
    pathParams,
    summary: 'Fulfil a redemption',
    description: 'Takes the price that is held, and shows the player the code where there is one.',
    body: RedemptionSettle,
    responses: { 200: Redemption },
    metadata: changes('dashboard', 'redemptions', 'operate'),
  },
  cancel: {
    method: 'POST',
    path: '/redemptions/:id/cancel',
    pathParams,
    summary: 'Cancel a redemption',
    description:
      'Gives back the price that is held, and puts the item back into stock. One that was paid is cancelled by reversing what paid for it, its `capture` or `redemption` among the transactions of the ledger.',
    body: RedemptionSettle,
    responses: { 200: Redemption },
    metadata: changes('dashboard', 'redemptions', 'operate'),
  },
});
