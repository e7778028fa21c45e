import type { AppRouter } from '@ts-rest/core';
import type * as z from 'zod';
import { type Generator, jsonText } from './artefacts.ts';
import {
  answersOf,
  bodyOf,
  type DeclaredRoute,
  declaredRoutes,
  demandsIfMatch,
  paramsOf,
  queryOf,
  resourceOf,
} from './declared-route.ts';
import { exampleOf } from './example.ts';
import { idExamplesOf, kindOf } from './id-examples.ts';
import { type Schemas, schemasOf } from './openapi/schemas.ts';

/** An example of one call: what is asked and what is answered. */
export interface Mock {
  readonly request: {
    readonly method: string;
    /** The path as the contract writes it: `/app/v1/missions/:id`. */
    readonly path: string;
    readonly params?: unknown;
    /** The parameters that cannot be left out, and those with a default. */
    readonly query?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
}

/** Example calls by the route's name: `app.missions.list`. */
export type Mocks = Readonly<Record<string, Mock>>;

function part(key: 'params' | 'body', schema: z.ZodType | undefined, schemas: Schemas, owner = '') {
  if (schema === undefined) return {};
  return { [key]: exampleOf(schemas.input(schema), schemas, { owner, field: '' }) };
}

function queryPart(schema: z.ZodType | undefined, schemas: Schemas) {
  if (schema === undefined) return {};
  const { properties = {}, required = [] } = schemas.input(schema);
  const needed = Object.entries(properties).filter(
    ([name, given]) => required.includes(name) || ('default' in given && given.default !== undefined),
  );
  const values = needed.map(([field, given]) => [field, exampleOf(given, schemas, { owner: '', field })]);
  return { query: Object.fromEntries(values) };
}

function mockOf(placed: DeclaredRoute, schemas: Schemas): Mock {
  const { route, meta } = placed;
  const [answer] = answersOf(placed);
  if (answer === undefined) throw new Error(`${placed.name} has no answer.`);
  const etag = '"v1"';
  return {
    request: {
      method: route.method,
      path: route.path,
      ...part('params', paramsOf(placed), schemas, kindOf(schemas.ids, resourceOf(placed))),
      ...queryPart(queryOf(placed), schemas),
      ...(demandsIfMatch(placed) ? { headers: { 'if-match': etag } } : {}),
      ...part('body', bodyOf(placed), schemas),
    },
    response: {
      status: answer.status,
      ...(meta.etag === true ? { headers: { etag } } : {}),
      ...(answer.schema === undefined
        ? {}
        : { body: exampleOf(schemas.output(answer.schema), schemas, { owner: '', field: '' }) }),
    },
  };
}

/** An example call of every route. */
export function mocksOf(contract: AppRouter): Mocks {
  const all = declaredRoutes(contract);
  const ids = idExamplesOf(all);
  const byContext = Map.groupBy(all, ({ context }) => context);
  const mocks = [...byContext.values()].flatMap((routes) => {
    const schemas = schemasOf(routes, ids);
    return routes.map((placed) => [placed.name, mockOf(placed, schemas)] as const);
  });
  return Object.fromEntries(mocks);
}

/** `contract/generated/mocks.json`. */
export const mocks: Generator = {
  name: 'mocks',
  folders: [],
  generate: (contract) => ({ 'contract/generated/mocks.json': jsonText(mocksOf(contract)) }),
};
