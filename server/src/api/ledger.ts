import type { Contract } from '@laurel/contract';
import { sumLegs } from '../store/ledger.ts';
import { type Handlers, listingOf, pageOf, reachOf } from './call.ts';

/** How many currencies one call adds up at most: each is read leg by leg. */
const CURRENCIES_A_CALL = 5;

export const ledger: Handlers<Contract['dashboard']['ledger']> = {
  async proof(call) {
    const { definitions } = await call.platform.rulebooks(call.scope);
    const { limit, after } = reachOf(call, null);
    const reach = { limit: Math.min(limit, CURRENCIES_A_CALL), after };
    const list = listingOf(definitions.currencies, reach, (currency) => currency.id);
    const items = await Promise.all(
      list.items.map(async ({ id }) => {
        const { legs, sum, outstanding } = await sumLegs(call.platform.table, call.scope, id);
        return { currency: id, legs, sum: Number(sum), outstanding: Number(outstanding), balanced: sum === 0n };
      }),
    );
    return { body: pageOf(call, null, { ...list, items }, (proof) => proof) };
  },
};
