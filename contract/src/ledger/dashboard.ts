import { c, reads } from '../route.ts';
import { PageQuery, page } from '../shared/page.ts';
import { LedgerProof } from './schema.ts';

export const ledger = c.router({
  proof: {
    method: 'GET',
    path: '/ledger/proof',
    summary: 'Prove that the ledger is balanced',
    description: 'Adds up every leg of every currency. Each sum must be zero.',
    query: PageQuery,
    responses: { 200: page('LedgerProofPage', LedgerProof) },
    metadata: reads('dashboard', 'ledger', { rate: 'bulk' }),
  },
});
