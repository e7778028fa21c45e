import * as z from 'zod';
import { c, contract } from '../src/index.ts';
import { PageQuery, page } from '../src/shared/page.ts';

const Badge = z
  .object({ id: z.string(), secret: z.boolean() })
  .meta({ id: 'Badge', description: 'A mark of what a player did.' });

/** The contract and one route more, `dashboard.badges.list`, which is declared nowhere but here. */
export function contractWith(metadata: unknown) {
  const badges = c.router(
    {
      list: {
        method: 'GET',
        path: '/badges',
        summary: 'List badges',
        description: 'The badges of the workspace.',
        query: PageQuery,
        responses: { 200: page('BadgePage', Badge) },
        metadata,
      },
    },
    { pathPrefix: '/dashboard/v1' },
  );
  return { ...contract, dashboard: { ...contract.dashboard, badges } };
}
