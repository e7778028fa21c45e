import { c, changes } from '../route.ts';
import { JoinCodeRedeem, JoinReceipt } from './schema.ts';

export const joinCodes = c.router({
  redeem: {
    method: 'POST',
    path: '/join-codes/redeem',
    summary: 'Redeem a join code',
    description:
      'Gives what the code is for: a place in an audience, or in a team. Redeeming it again changes nothing. Guessing is slowed down, and what is wrong with a code is not told.',
    body: JoinCodeRedeem,
    responses: { 200: JoinReceipt },
    metadata: changes('app', 'join-codes', 'play', { rate: 'credential' }),
  },
});
