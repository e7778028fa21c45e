import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { contract, type PlacedRoute, type RouteMeta, routesOf } from '@laurel/contract';

const require = createRequire(import.meta.url);

/** A parameter of an operation, or a reference to one of the document's. */
type Parameter =
  | { readonly $ref: string }
  | { readonly name: string; readonly in: 'path' | 'query' | 'header' | 'cookie'; readonly required?: boolean };

/** A generated OpenAPI document, as far as a gateway is made from it. */
export interface OpenApiDocument {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters: readonly Parameter[] }>>>>;
  readonly components: { readonly parameters?: Readonly<Record<string, Parameter>> };
}

/** Every route of the contract. */
export const routes: readonly PlacedRoute[] = routesOf(contract);

/** The metadata of the route that an operation of a document was made from. */
function metaOf(method: string, path: string): RouteMeta | undefined {
  const isIt = ({ route }: PlacedRoute) =>
    route.method === method.toUpperCase() && route.path.replace(/:(\w+)/g, '{$1}') === path;
  return routes.find(isIt)?.meta;
}

/** Whether a route of the contract is answered with a stream. */
export function isStream(method: string, path: string): boolean {
  return metaOf(method, path)?.stream === true;
}

/** Whether a route of the contract asks for no access token. */
export function isOpen(method: string, path: string): boolean {
  return metaOf(method, path)?.open === true;
}

/** The generated documents: one for each context of the contract. */
export function openApiDocuments(): readonly OpenApiDocument[] {
  return [...new Set(routes.map(({ context }) => context))].map((context) =>
    JSON.parse(readFileSync(require.resolve(`@laurel/contract/openapi/${context}.json`), 'utf8')),
  );
}

/** Every OAuth scope that a route asks for, with what it is for; the platform's own are marked. */
export function scopesOfContract(): readonly { name: string; description: string; platform: boolean }[] {
  const asking = Map.groupBy(
    routes.filter(({ meta }) => meta !== undefined),
    ({ meta }) => meta?.scope ?? '',
  );
  return [...asking]
    .map(([name, all]) => ({
      name,
      description: `For ${all.map((route) => route.name).join(', ')}.`.slice(0, 256),
      platform: all.every(({ context }) => context === 'platform'),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
