import { definitionRoutes } from '../definitions/routes.ts';
import { Currency, CurrencyCreate, CurrencyUpdate } from './schema.ts';

/** The shapes of currencies. */
export const currencyKind = {
  name: 'Currency',
  one: 'currency',
  many: 'currencies',
  resource: 'currencies',
  item: Currency,
  create: CurrencyCreate,
  update: CurrencyUpdate,
} as const;

export const currencies = definitionRoutes(currencyKind);
