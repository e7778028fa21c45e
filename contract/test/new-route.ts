import * as z from 'zod';
import { c, contract } from '../src/index.ts';
import { PageQuery, page } from '../src/shared/page.ts';

const Sticker = z
  .object({ id: z.string(), secret: z.boolean() })
  .meta({ id: 'Sticker', description: 'A mark of what a player did.' });

/** The contract and one route more, `dashboard.stickers.list`, which is declared nowhere but here. */
export function contractWith(metadata: unknown) {
  const stickers = c.router(
    {
      list: {
        method: 'GET',
        path: '/stickers',
        summary: 'List stickers',
        description: 'The stickers of the workspace.',
        query: PageQuery,
        responses: { 200: page('StickerPage', Sticker) },
        metadata,
      },
    },
    { pathPrefix: '/dashboard/v1' },
  );
  return { ...contract, dashboard: { ...contract.dashboard, stickers } };
}
