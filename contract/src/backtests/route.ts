import * as z from 'zod';
import type { DefinitionKind } from '../definitions/routes.ts';
import { reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { Backtest, BacktestQuery, backtestFields, namesOne, ONE_OF } from './schema.ts';

const params = z.strictObject({ id: Id });

/** The route that tries a kind of definition on the past. */
export function backtestRoute<Name extends string, Item extends z.ZodType, Create extends z.ZodType>(
  kind: DefinitionKind<Name, Item, Create>,
) {
  const { name, one, resource } = kind;
  const definition = kind.create
    .optional()
    .meta({ description: `The ${one} itself, saved or not; its id is ignored.` });
  const body = z
    .strictObject({ ...backtestFields, definition })
    .refine(namesOne, ONE_OF)
    .meta({
      id: `${name}Backtest`,
      description: `Which form of the ${one} is tried, and on which part of the past.`,
      example: {
        from: '2026-11-01T00:00:00.000Z',
        to: '2026-12-01T00:00:00.000Z',
        version: 1,
      },
    });
  return {
    method: 'POST',
    path: `/${resource}/:id/backtest`,
    pathParams: params,
    summary: `Back-test a ${one}`,
    description: `Folds what players did in an interval once more, as if the ${one} had been at work since the interval began, and tells what would have come about beside what did. Looks at \`limit\` players a call, and at fewer where they did very much: read on while there is a \`nextCursor\`. Budgets and caps over all players hold over all calls together: they are handed out player by player, in the order in which those are looked at, a tried rule's own from the beginning. Nothing is written.`,
    query: BacktestQuery,
    body,
    responses: { 200: Backtest },
    metadata: reads('dashboard', resource, {
      action: `dashboard:${resource}.backtest`,
      level: 'author',
      rate: 'bulk',
    }),
  } as const;
}
