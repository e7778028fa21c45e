import { c, changes } from '../route.ts';
import { Transfer, TransferCreate } from './schema.ts';

export const transfers = c.router({
  create: {
    method: 'POST',
    path: '/transfers',
    summary: 'Give to another player',
    description: 'Gives an amount of a currency that is transferable to another player of the workspace, at once.',
    body: TransferCreate,
    responses: { 201: Transfer },
    metadata: changes('app', 'transfers', 'play'),
  },
});
