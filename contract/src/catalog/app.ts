import * as z from 'zod';
import { PlayerRedemption } from '../redemptions/schema.ts';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery } from '../shared/page.ts';
import { PlayerCatalogItem, PlayerCatalogPage } from './schema.ts';

const pathParams = z.strictObject({ id: Id.meta({ example: 'sticker' }) });

export const catalog = c.router({
  list: {
    method: 'GET',
    path: '/catalog',
    summary: 'List what I can get',
    description: 'The catalogue items that are for me, now, by id: also those that are sold out.',
    query: PageQuery,
    responses: { 200: PlayerCatalogPage },
    metadata: reads('app', 'catalog'),
  },
  get: {
    method: 'GET',
    path: '/catalog/:id',
    pathParams,
    summary: 'Get a catalogue item',
    description: 'One catalogue item that is for me, now.',
    responses: { 200: PlayerCatalogItem },
    metadata: reads('app', 'catalog'),
  },
  redeem: {
    method: 'POST',
    path: '/catalog/:id/redeem',
    pathParams,
    summary: 'Redeem a catalogue item',
    description:
      'Pays its price and gets one: at once, or held until an operator fulfils it. The last one is never sold twice. Send an Idempotency-Key, so that a repeat buys once.',
    body: c.noBody(),
    responses: { 201: PlayerRedemption },
    metadata: changes('app', 'catalog', 'play'),
  },
});
