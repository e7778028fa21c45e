import * as z from 'zod';
import { definitionRoutes } from '../definitions/routes.ts';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { CatalogItem, CatalogItemCreate, CatalogItemUpdate, CatalogStock, CodeReceipt, CodeUpload } from './schema.ts';

/** The shapes of catalogue items. */
export const catalogItemKind = {
  name: 'CatalogItem',
  one: 'catalogue item',
  many: 'catalogue items',
  resource: 'catalog-items',
  item: CatalogItem,
  create: CatalogItemCreate,
  update: CatalogItemUpdate,
} as const;

const pathParams = z.strictObject({ id: Id });

export const catalogItems = {
  ...definitionRoutes(catalogItemKind),
  ...c.router({
    stock: {
      method: 'GET',
      path: '/catalog-items/:id/stock',
      pathParams,
      summary: 'Count what is left of a catalogue item',
      description: 'How many are sold or held, and how many are left.',
      responses: { 200: CatalogStock },
      metadata: reads('dashboard', 'catalog-items', { rate: 'bulk', concerns: 'nobody' }),
    },
    addCodes: {
      method: 'POST',
      path: '/catalog-items/:id/codes',
      pathParams,
      summary: 'Upload codes',
      description:
        'Adds up to 500 codes to the pool of a catalogue item. A code is given once, where the item comes with codes; one that is there already is left as it is. Nobody reads them back but who gets them.',
      body: CodeUpload,
      responses: { 200: CodeReceipt },
      metadata: changes('dashboard', 'catalog-items', 'author', { rate: 'bulk', concerns: 'nobody' }),
    },
  }),
};
