import type { Contract } from '@laurel/contract';
import type { CurrencyUpdate } from '@laurel/contract/currencies/schema';
import type { Handlers } from './call.ts';
import { definitionHandlers } from './definitions.ts';

export const currencies: Handlers<Contract['dashboard']['currencies']> = definitionHandlers({
  kind: 'currencies',
  idKind: 'currency',
  build: (body: CurrencyUpdate, managed) => ({ ...body, ...managed }),
  references: () => [],
});
