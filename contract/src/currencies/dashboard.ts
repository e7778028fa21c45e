import { definitionRoutes } from '../definitions/routes.ts';
import { Currency, CurrencyCreate, CurrencyUpdate } from './schema.ts';

export const currencies = definitionRoutes({
  name: 'Currency',
  one: 'currency',
  many: 'currencies',
  resource: 'currencies',
  item: Currency,
  create: CurrencyCreate,
  update: CurrencyUpdate,
});
