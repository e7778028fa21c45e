import { declaredRoutes } from '../generate/declared-route.ts';
import { openApiDocuments } from '../generate/openapi.ts';
import { contract, routesOf } from '../src/index.ts';

/** Every route of the contract, as vitest's `each` takes it: by name. */
export const placedRoutes = routesOf(contract).map((placed) => [placed.name, placed] as const);

/** The same, each with its metadata. */
export const routes = declaredRoutes(contract).map((placed) => [placed.name, placed] as const);

/** The OpenAPI documents of the contract. */
export const documents = openApiDocuments(contract);
