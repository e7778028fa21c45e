import { contract, type PlacedRoute, routesOf } from '@laurel/contract';
import fc from 'fast-check';
import { type Furnished, fillPath } from '../support/examples.ts';
import type { Parcel } from '../support/platform.ts';
import { type Site, sitesOf } from '../support/sites.ts';
import { hostileHeaders, hostileText, hostileValue, wholeBodies } from './mutations.ts';

/** A request that is wrong in one place, but for which it is the example of its route. */
export interface HostileRequest {
  readonly placed: PlacedRoute;
  /** What is wrong, for people. */
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly parcel: Parcel;
}

/** How a request is made of the example that a workspace has for it. */
interface Recipe {
  readonly placed: PlacedRoute;
  readonly what: string;
  readonly make: (furnished: Furnished) => Omit<HostileRequest, 'placed' | 'what'>;
}

/** A tenant that routes of the platform may do anything to. */
export const PREY = { tenant: 'prey', workspace: 'main' };

function paramsOf(placed: PlacedRoute, furnished: Furnished): Readonly<Record<string, string>> {
  return placed.context === 'platform' ? PREY : furnished.paramsOf(placed);
}

interface Example {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object | undefined;
}

function exampleOf(placed: PlacedRoute, furnished: Furnished): Example {
  const { method, path, headers, body } = furnished.exampleOf(placed);
  const query = path.split('?')[1] ?? '';
  return { method, path: fillPath(placed.route.path, paramsOf(placed, furnished)), query, headers, body };
}

const full = (path: string, query: string) => (query === '' ? path : `${path}?${query}`);

/** Stands where a JSON text is put in the place of a value. */
const HERE = '\u2603 here \u2603';

function sites(placed: PlacedRoute, furnished: Furnished): readonly Site[] {
  const { query, body } = exampleOf(placed, furnished);
  return sitesOf(placed, {
    params: paramsOf(placed, furnished),
    query: Object.fromEntries(new URLSearchParams(query)),
    body,
  });
}

function inBody(placed: PlacedRoute, site: Site, text: string): Recipe['make'] {
  return (furnished) => {
    const { method, path, query, headers } = exampleOf(placed, furnished);
    const built = JSON.stringify(furnished.rename(site.build(HERE)));
    // The name of a field can only be a text.
    const isName = site.steps.at(-1) === '{key}';
    const body = built.replace(JSON.stringify(HERE), () =>
      isName && !text.startsWith('"') ? `"${text.length}"` : text,
    );
    return { method, path: full(path, query), parcel: { body, headers } };
  };
}

function inQuery(placed: PlacedRoute, name: string, text: string): Recipe['make'] {
  return (furnished) => {
    const { method, path, query, headers, body } = exampleOf(placed, furnished);
    const changed = new URLSearchParams(query);
    changed.append(name, text);
    return { method, path: full(path, `${changed}`), parcel: { headers, ...(body === undefined ? {} : { body }) } };
  };
}

function inPath(placed: PlacedRoute, name: string, text: string): Recipe['make'] {
  return (furnished) => {
    const { method, query, headers, body } = exampleOf(placed, furnished);
    const params = { ...paramsOf(placed, furnished), [name]: text.toWellFormed() };
    const path = fillPath(placed.route.path, params);
    return { method, path: full(path, query), parcel: { headers, ...(body === undefined ? {} : { body }) } };
  };
}

function whole(placed: PlacedRoute, at: number): Recipe {
  const [what = '', change = (body: string) => body, own = {}] = wholeBodies[at % wholeBodies.length] ?? [];
  const make: Recipe['make'] = (furnished) => {
    const { method, path, query, headers, body = {} } = exampleOf(placed, furnished);
    const changed = change(JSON.stringify(body));
    return { method, path: full(path, query), parcel: { body: changed, headers: { ...headers, ...own } } };
  };
  return { placed, what: `a body that is ${what}`, make };
}

function withHeaders(placed: PlacedRoute, at: number): Recipe {
  const own = hostileHeaders[at % hostileHeaders.length] ?? {};
  const make: Recipe['make'] = (furnished) => {
    const { method, path, query, headers, body } = exampleOf(placed, furnished);
    const parcel = { headers: { ...headers, ...own }, ...(body === undefined ? {} : { body }) };
    return { method, path: full(path, query), parcel };
  };
  return { placed, what: `the header ${Object.keys(own).join()}`, make };
}

const QUERIES = ['unexpected', '__proto__', 'limit', 'limit[]', 'cursor', 'redirect', 'tenant', 'X'.repeat(3000)];
const METHODS = ['TRACE', 'PATCH', 'PUT', 'DELETE', 'PROPFIND', 'HEAD'];
const TAILS = ['/', ';x', '//', '/%2e%2e', '%00', '%2f', '/..', '?', '%', '%ff', '#x'.replace('#', '%23')];

function elsewhere(placed: PlacedRoute, at: number): Recipe {
  const tail = TAILS[at % TAILS.length] ?? '';
  const method = METHODS[at % METHODS.length] ?? 'TRACE';
  const isMethod = at % 2 === 0;
  const make: Recipe['make'] = (furnished) => {
    const example = exampleOf(placed, furnished);
    const { headers } = example;
    if (isMethod) return { method, path: example.path, parcel: { headers, body: '[]' } };
    return { method: example.method, path: `${example.path}${tail}`, parcel: { headers, body: '[]' } };
  };
  return { placed, what: isMethod ? `the method ${method}` : `a path that ends with ${tail}`, make };
}

/** Requests of every route, each wrong in one place. */
export function hostileRequests(furnished: Furnished): fc.Arbitrary<Recipe> {
  const routes = routesOf(contract).map((placed) => ({ placed, sites: sites(placed, furnished) }));
  return fc
    .record({
      route: fc.constantFrom(...routes),
      at: fc.nat(100_000),
      kind: fc.constantFrom('value', 'value', 'value', 'value', 'query', 'path', 'body', 'headers', 'elsewhere'),
      value: hostileValue,
      text: hostileText,
    })
    .map(({ route: { placed, sites: all }, at, kind, value, text }): Recipe => {
      const inside = all.filter(({ part, steps }) => part === 'body' && steps.length > 0);
      const site = inside[at % Math.max(inside.length, 1)];
      const params = all.filter(({ part, steps }) => part === 'params' && steps.length > 0);
      const param = params[at % Math.max(params.length, 1)]?.steps.join('.');
      const queries = [
        ...all.filter(({ part, steps }) => part === 'query' && steps.length > 0).map(({ steps }) => steps.join('.')),
        ...QUERIES,
      ];
      const query = queries[at % queries.length] ?? 'limit';
      const says = (where: string, said: string) => `${where}: ${said.slice(0, 80)}`;
      if (kind === 'value' && site !== undefined)
        return { placed, what: says(`/${site.steps.join('/')}`, value), make: inBody(placed, site, value) };
      if (kind === 'path' && param !== undefined)
        return { placed, what: says(`:${param}`, JSON.stringify(text)), make: inPath(placed, param, text) };
      if (kind === 'body' && placed.route.method !== 'GET') return whole(placed, at);
      if (kind === 'headers') return withHeaders(placed, at);
      if (kind === 'elsewhere') return elsewhere(placed, at);
      return { placed, what: says(`?${query.slice(0, 20)}`, JSON.stringify(text)), make: inQuery(placed, query, text) };
    });
}

/** A recipe, made of what a workspace has now. */
export function requestOf({ placed, what, make }: Recipe, furnished: Furnished): HostileRequest {
  return { placed, what, ...make(furnished) };
}
